import { readConfig } from '../src/server/config.ts';
import { type RunningServer, startServer } from '../src/server/start-server.ts';
import { createStatementCounter } from './count-statements.ts';
import type { ServerAnswer, ServerRequest } from './http-protocol.ts';
import { viewerContext } from './make-pages.ts';

/**
 * The process that is measured over HTTP: Postern as it is served, on development tokens, and a second time to count
 * statements. Started by `openHttpLevel`; ends with the process that started it.
 */
async function serve(databaseUrl: string): Promise<void> {
  const counter = createStatementCounter();
  const server = await start(databaseUrl);
  const counting = await start(databaseUrl, counter.onStatement);
  const stop = async () => {
    await Promise.all([server.stop(), counting.stop()]);
    process.exit(0);
  };
  process.once('disconnect', stop);
  process.on('message', async (request: ServerRequest) => {
    switch (request.kind) {
      case 'sign':
        return answer({ kind: 'tokens', tokens: await signAll(server, request.subjects) });
      case 'cpu': {
        const { user, system } = process.cpuUsage();
        return answer({ kind: 'cpu', usedMs: (user + system) / 1000 });
      }
      case 'statements':
        return answer({ kind: 'statements', ...counter.take() });
    }
  });
  answer({ kind: 'ready', url: server.url, countingUrl: counting.url });
}

function start(databaseUrl: string, onStatement?: (text: string) => void): Promise<RunningServer> {
  const config = readConfig({
    NODE_ENV: 'development',
    PORT: '0',
    DATABASE_URL: databaseUrl,
    POSTERN_LOG_LEVEL: 'error',
    POSTERN_REQUEST_TIMEOUT_MS: '60000',
  });
  if (!config.ok) throw new Error(config.problem.join('\n'));
  return startServer(config.value, {
    onProgress: () => {},
    developmentClaims: Object.fromEntries(viewerContext),
    ...(onStatement && { onStatement }),
  });
}

async function signAll({ issuer }: RunningServer, subjects: readonly string[]): Promise<readonly string[]> {
  if (issuer === undefined) throw new Error('The server signs no tokens.');
  return Promise.all(subjects.map((subject) => issuer.sign(subject)));
}

function answer(message: ServerAnswer): void {
  process.send?.(message);
}

const [, , databaseUrl] = process.argv;
if (databaseUrl === undefined || process.send === undefined) throw new Error('This is started by the bench.');
await serve(databaseUrl);
