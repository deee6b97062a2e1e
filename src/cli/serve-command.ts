import type { Config } from '../server/config.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { type Example, readExample, seedExample } from './example.ts';

export interface ServeOptions {
  /** A folder with an example, for a first look; ignored outside development. */
  readonly example: string | undefined;
}

/** Starts the server, says how to try it, and stops it when the process is told to end. */
export async function serve(config: Config, options: ServeOptions, print: (line: string) => void): Promise<void> {
  const isDevelopment = config.mode === 'development';
  const example = isDevelopment && options.example !== undefined ? await readExample(options.example) : undefined;
  const server = await startServer(config, {
    onProgress: print,
    developmentClaims: example?.claims ?? {},
    prepare: async (postern) => {
      if (example !== undefined) await seedExample(postern, example, print);
    },
  });
  stopOnSignal(server, print);
  if (server.issuer !== undefined) await introduce(server, example, print);
  print(`Postern is ready at ${server.url}`);
  if ((await server.postern.store.readModel(undefined)) === undefined) {
    print('No model is active yet. Next: npm run postern -- model publish PATH --activate');
  }
}

async function introduce({ issuer, url }: RunningServer, example: Example | undefined, print: (line: string) => void) {
  const viewers = example?.viewers ?? ['user:dev', 'employee:dev', 'service:dev'];
  print('Tokens for trying it out, good for 12 hours:');
  const tokens: (string | undefined)[] = [];
  for (const viewer of viewers) {
    const token = await issuer?.sign(viewer);
    tokens.push(token);
    print(`  ${viewer}  ${token}`);
  }
  if (example === undefined) return;
  print(`\nAsk as ${viewers[0]}:\n`);
  const body = JSON.stringify({ query: example.query.replaceAll(/\s+/g, ' ').trim() }).replaceAll("'", "'\\''");
  print(
    `curl ${url} -H 'content-type: application/json' \\\n  -H 'authorization: Bearer ${tokens[0]}' \\\n  -d '${body}'\n`,
  );
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
