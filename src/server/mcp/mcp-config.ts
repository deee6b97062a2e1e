import { failed, ok, type Result } from '../../base/result.ts';
import { type McpMode, mcpModes } from '../../mcp/mcp-access.ts';
import { type Environment, quoteSetting, readChoice, variable } from '../config/environment.ts';
import type { Mode } from '../config/mode.ts';
import { readOrigin } from '../config/read-origin.ts';
import { placeOfClass, type TokenClass } from '../identity/token-class.ts';

/** What lets agents ask by MCP. */
export interface McpConfig {
  /** `POSTERN_MCP`: what they may do at most. */
  readonly mode: Exclude<McpMode, 'off'>;
  /** `POSTERN_MCP_URL`: where they find this server, as a canonical address: `https://access.example/mcp`. Tokens are for it. */
  readonly url: string;
  /** Whose tokens are taken, as their issuers call themselves; undefined where they are those of development. */
  readonly issuers: readonly string[] | undefined;
}

const modeName = 'POSTERN_MCP';
const urlName = 'POSTERN_MCP_URL';

/** Where agents ask: the one path that there is. */
export const mcpPath = '/mcp';

/** For who asks there all the same. */
export const mcpIsOff = `The door for agents is off here: ${modeName} turns it on, with ${urlName} beside it.`;

/** Undefined where it is off: then there is no such door. */
export function readMcpConfig(
  environment: Environment,
  mode: Mode,
  classes: readonly TokenClass[] | undefined,
): Result<McpConfig | undefined, readonly string[]> {
  const chosen = readChoice(environment, modeName, mcpModes, 'off');
  if (!chosen.ok) return chosen;
  if (chosen.value === 'off') return ok(undefined);
  const text = variable(environment, urlName);
  if (text === undefined) return failed([`${modeName} needs ${urlName} beside it.`]);
  const url = readAddress(text, mode);
  if (!url.ok) return url;
  const problems = (classes ?? []).flatMap((tokenClass, index) => classProblems(tokenClass, index, url.value));
  if (problems.length > 0) return failed(problems);
  const ofDoor = classes?.filter(({ doors }) => doors.has('mcp'));
  const issuers = ofDoor && [...new Set(ofDoor.map(({ issuer }) => issuer))];
  return ok({ mode: chosen.value, url: url.value, issuers });
}

/** An address that is written in one way only, so that issuers and clients mean the same by it. */
function readAddress(text: string, mode: Mode): Result<string, readonly string[]> {
  const problem = `${urlName} ${quoteSetting(text)} is not an address as "https://access.example${mcpPath}".`;
  if (!text.endsWith(mcpPath)) return failed([problem]);
  const origin = readOrigin(urlName, text.slice(0, -mcpPath.length), mode);
  if (!origin.ok) return mode === 'production' && URL.parse(text)?.protocol === 'http:' ? origin : failed([problem]);
  return ok(origin.value + mcpPath);
}

/** Whoever holds a token of an agent could do with it what no tool does, if it were good elsewhere; and one that is meant for others must not be good here. */
function classProblems({ doors, audience }: TokenClass, index: number, url: string): readonly string[] {
  if (!doors.has('mcp')) return [];
  const place = placeOfClass(index);
  return [
    ...(doors.size > 1
      ? [
          `${place} has the door "mcp" beside others: tokens of agents are for nothing else; give it a class of its own.`,
        ]
      : []),
    ...(audience !== url
      ? [
          `${place}.audience ${quoteSetting(audience)} is not ${urlName} ${quoteSetting(url)}, as the door "mcp" requires.`,
        ]
      : []),
  ];
}
