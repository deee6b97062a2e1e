import { type AuthzenSettings, actionStyles, idEncodings } from '../../authzen/authzen-settings.ts';
import { isRecord } from '../../base/canonical-json.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { quote, textProblem } from '../../base/text-problem.ts';
import { maxRelationNameBytes } from '../../model/names.ts';
import { combineResults } from '../config/combine-results.ts';
import { type Environment, quoteSetting, readChoice, variable } from '../config/environment.ts';
import { parseJsonSetting } from '../config/json-setting.ts';
import type { Mode } from '../config/mode.ts';
import { readOrigin } from '../config/read-origin.ts';
import type { TokenClass } from '../identity/token-class.ts';

/** What lets others ask by AuthZEN. */
export interface AuthzenConfig {
  /** `POSTERN_AUTHZEN_URL`: where they find this server, as an origin: `https://access.example`. What is told of addresses is made of it alone. */
  readonly origin: string;
  /** `POSTERN_AUTHZEN_ACTIONS`, `POSTERN_AUTHZEN_ALIASES` and `POSTERN_AUTHZEN_ID_ENCODING`. */
  readonly settings: AuthzenSettings;
}

const urlName = 'POSTERN_AUTHZEN_URL';
const aliasesName = 'POSTERN_AUTHZEN_ALIASES';
const others = ['POSTERN_AUTHZEN_ACTIONS', aliasesName, 'POSTERN_AUTHZEN_ID_ENCODING'] as const;

/** Undefined without an address: then there is no such door. */
export function readAuthzenConfig(
  environment: Environment,
  mode: Mode,
  classes: readonly TokenClass[] = [],
): Result<AuthzenConfig | undefined, readonly string[]> {
  const url = variable(environment, urlName);
  if (url === undefined) {
    const alone = others.filter((name) => variable(environment, name) !== undefined);
    return alone.length === 0 ? ok(undefined) : failed(alone.map((name) => `${name} needs ${urlName} beside it.`));
  }
  return combineResults<AuthzenConfig>({
    origin: readOrigin(urlName, url, mode),
    settings: readSettings(environment, classes),
  });
}

function readSettings(
  environment: Environment,
  classes: readonly TokenClass[],
): Result<AuthzenSettings, readonly string[]> {
  return combineResults<AuthzenSettings>({
    actions: readChoice(environment, 'POSTERN_AUTHZEN_ACTIONS', actionStyles, 'full'),
    aliases: readAliases(variable(environment, aliasesName)),
    idEncoding: readChoice(environment, 'POSTERN_AUTHZEN_ID_ENCODING', idEncodings, 'none'),
    claimTypes: ok(new Set(classes.flatMap(encodedTypes))),
  });
}

/** The types of which the tokens of a class encode the ids. */
function encodedTypes({ actor, ...callers }: TokenClass): readonly string[] {
  return [callers, ...(actor ? [actor] : [])].flatMap(({ subjectType, subjectEncoding }) =>
    subjectEncoding === 'percent' ? [subjectType] : [],
  );
}

/** Whether the model has what they stand for is for the model to say. */
function readAliases(text: string | undefined): Result<ReadonlyMap<string, string>, readonly string[]> {
  if (text === undefined) return ok(new Map());
  const parsed = parseJsonSetting(aliasesName, text);
  if (!parsed.ok) return parsed;
  if (!isRecord(parsed.value)) return failed([`${aliasesName} ${quoteSetting(text)} is not an object.`]);
  const aliases = new Map<string, string>();
  const problems: string[] = [];
  for (const [action, relation] of Object.entries(parsed.value)) {
    const wrong = typeof relation === 'string' ? textProblem(relation, maxRelationNameBytes) : 'is not text';
    if (wrong !== undefined) problems.push(`${aliasesName}: what ${quote(action)} stands for ${wrong}.`);
    else aliases.set(action, String(relation));
  }
  return problems.length === 0 ? ok(aliases) : failed(problems);
}
