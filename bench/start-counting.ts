import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StatementCount } from './count-statements.ts';
import type { CountingMessage } from './counting-message.ts';
import { environmentOf, type ServerOptions } from './start-server.ts';

/** A server of this checkout that counts what it asks of the database. */
export interface CountingServer {
  readonly url: string;
  /** What was counted since the last call. */
  take(): Promise<StatementCount>;
  stop(): Promise<void>;
}

export async function startCounting(options: Omit<ServerOptions, 'checkout'>): Promise<CountingServer> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-count-'));
  const child = fork(fileURLToPath(new URL('counting-server.ts', import.meta.url)), [], {
    cwd: folder,
    // Statements are seen where there is one worker.
    env: { ...environmentOf(options), POSTERN_WORKERS: '1' },
    execArgv: [],
  });
  const { url } = await nextMessage(child, 'ready');
  return {
    url,
    take: () => {
      child.send('take');
      return nextMessage(child, 'statements');
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The next message of the server; an end of its process is an error and not a silence. */
async function nextMessage<Kind extends CountingMessage['kind']>(child: ChildProcess, kind: Kind) {
  const ended = new AbortController();
  const exit = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`The server ended with ${String(code)}.`);
  });
  exit.catch(() => {});
  try {
    const [message] = (await Promise.race([once(child, 'message', { signal: ended.signal }), exit])) as [
      CountingMessage,
    ];
    if (message.kind !== kind) throw new Error(`The server said "${message.kind}" and not "${kind}".`);
    return message as Extract<CountingMessage, { kind: Kind }>;
  } finally {
    ended.abort();
  }
}
