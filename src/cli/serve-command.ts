import { existsSync } from 'node:fs';
import { parse, print as printDocument } from 'graphql';
import type { Config } from '../server/config.ts';
import { createLog } from '../server/create-log.ts';
import type { DevelopmentCaller } from '../server/development/development.ts';
import type { McpConfig } from '../server/mcp/mcp-config.ts';
import { readVersion } from '../server/read-version.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { commandLine } from './command-line.ts';
import { describeFailure } from './describe-failure.ts';
import { exampleFileName, readExample, seedExample } from './example.ts';

export interface ServeOptions {
  /** A folder with an example, for a first look; ignored outside development. */
  readonly example: string | undefined;
}

/** Starts the server, says how to try it, and stops it when the process is told to end; throws what it cannot go on after. */
export async function serve(config: Config, options: ServeOptions, print: (line: string) => void): Promise<never> {
  const isDevelopment = config.mode === 'development';
  const folder = options.example ?? (existsSync(exampleFileName) ? '.' : undefined);
  const example = isDevelopment && folder !== undefined ? await readExample(folder) : undefined;
  const server = await startServer(config, {
    onProgress: print,
    ...(example && { developmentClaims: example.claims, developmentCallers: example.callers }),
    prepare: async (postern) => {
      if (example !== undefined) await seedExample(postern, example, print);
    },
  });
  stopOnSignal(server, print);
  if (server.issuer !== undefined) await introduce(server, example?.callers ?? [], print);
  print(`Postern is ready at ${server.url}${isDevelopment ? '' : ` as version ${readVersion()}.`}`);
  if (config.mcp !== undefined) print(describeAgentsDoor(config.mcp));
  if (server.metricsUrl !== undefined) print(`Metrics are at ${server.metricsUrl}`);
  if (!(await mayHaveModel(server))) {
    print(`No model is active yet. Next: ${commandLine('model publish PATH --activate')}`);
  }
  const problem = await server.failed;
  await server.stop();
  throw problem;
}

function describeAgentsDoor({ url, mode }: McpConfig): string {
  return `Agents ask at ${url}, for ${mode === 'read' ? 'reading only' : 'reading and proposing'} (POSTERN_MCP is "${mode}").`;
}

/** A server that is ready stays so, whatever becomes of the database at this moment: it is asked for a hint only. */
async function mayHaveModel({ postern }: RunningServer): Promise<boolean> {
  return postern.store.readModel(undefined).then(
    (model) => model !== undefined,
    () => true,
  );
}

/** In production, where programs read what a server says: each line is one of the log, the last one as well. */
export async function serveLogged(config: () => Config): Promise<void> {
  const log = createLog('info');
  try {
    await serve(config(), { example: undefined }, (sentence) => log.info(sentence));
  } catch (error) {
    createLog('info', 'stderr').fatal(describeFailure(error));
    process.exitCode = 1;
  }
}

async function introduce(
  { issuer, url, hasIde }: RunningServer,
  callers: readonly DevelopmentCaller[],
  print: (line: string) => void,
) {
  const tokens = await Promise.all(callers.map(async ({ subject }) => (await issuer?.sign(subject)) ?? ''));
  if (callers.length > 0) print('Who to try it as, each with a token that is good for 12 hours:\n');
  for (const [index, { subject, note }] of callers.entries()) {
    print(`  ${subject}: ${note}`);
    print(`  ${subject}  ${tokens[index]}\n`);
  }
  const [first] = callers;
  print(`${first === undefined ? 'A token for anybody' : 'For anybody else'}: ${commandLine('token user:ann')}\n`);
  if (first !== undefined) print(`Ask as ${first.subject}:\n\n${curl(url, first.query, tokens[0] ?? '')}\n`);
  const filledIn = first === undefined ? '' : ': callers, tokens and queries are filled in there';
  print(`The console, for people: ${new URL('/console', url).href}\n`);
  if (hasIde) print(`GraphQL in a browser: ${new URL('/', url).href}${filledIn}\n`);
}

function curl(url: string, query: string, token: string): string {
  const body = JSON.stringify({ query: printed(query) }).replaceAll("'", "'\\''");
  return `curl ${url} -H 'content-type: application/json' \\\n  -H 'authorization: Bearer ${token}' \\\n  -d '${body}'`;
}

/** On one line, and without comments, which would reach to its end. */
function printed(query: string): string {
  return printDocument(parse(query)).replaceAll(/\n\s*/g, ' ');
}

/** The first signal lets running requests finish; the second one does not. */
function stopOnSignal(server: RunningServer, print: (line: string) => void): void {
  let isStopping = false;
  const end = (signal: NodeJS.Signals) => {
    if (isStopping) process.exit(1);
    isStopping = true;
    print(`Received ${signal}; stopping.`);
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        print(`Stopping failed: ${error instanceof Error ? error.message : String(error)}`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}
