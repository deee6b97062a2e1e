import { readConfig } from '../src/server/config.ts';
import { startServer } from '../src/server/start-server.ts';
import { createStatementCounter } from './count-statements.ts';
import type { CountingMessage } from './counting-message.ts';

/**
 * The process whose statements are counted: Postern as it is served, except that it sees each of its statements, which takes time.
 * Started by `startCounting` with the environment of a server; ends with the process that started it.
 */
async function serve(): Promise<void> {
  const counter = createStatementCounter();
  const config = readConfig(process.env);
  if (!config.ok) throw new Error(config.problem.join('\n'));
  const server = await startServer(config.value, { onProgress: () => {}, onStatement: counter.onStatement });
  process.once('disconnect', () => void server.stop().then(() => process.exit(0)));
  process.on('message', () => tell({ kind: 'statements', ...counter.take() }));
  tell({ kind: 'ready', url: server.url });
}

function tell(message: CountingMessage): void {
  process.send?.(message);
}

if (process.send === undefined) throw new Error('This is started by the bench.');
await serve();
