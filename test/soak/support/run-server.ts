import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { SoakServerReady } from './soak-server.ts';

export interface RunServerOptions {
  readonly databaseUrl: string;
  readonly folder: string;
  /** Fills the database. */
  readonly storeFile?: string;
  readonly workers?: number;
}

export interface SoakServer extends SoakServerReady {
  readonly process: ChildProcess;
  /** Ends it as it is to be ended; how long that took, and the code. */
  stop(): Promise<{ readonly ms: number; readonly code: number | null }>;
}

const file = fileURLToPath(new URL('./soak-server.ts', import.meta.url));

export const soakSubjects = ['service:ops', 'user:olga', 'user:eve', 'user:u1', 'user:u2', 'user:u3'];

export async function runServer({
  databaseUrl,
  folder,
  storeFile,
  workers = 2,
}: RunServerOptions): Promise<SoakServer> {
  const { PATH = '', HOME = '' } = process.env;
  const child = fork(file, [folder, storeFile ?? '', ...soakSubjects], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      PATH,
      HOME,
      DATABASE_URL: databaseUrl,
      PORT: '0',
      POSTERN_LOG_LEVEL: 'silent',
      POSTERN_WORKERS: String(workers),
      POSTERN_METRICS_ADDRESS: `127.0.0.1:${await freePort()}`,
      POSTERN_CALLER_ALLOWANCE: '1000000',
      POSTERN_SERVICE_ALLOWANCE: '1000000',
      POSTERN_DRAIN_MS: '1000',
    },
  });
  const failed = once(child, 'exit').then(([code]) => Promise.reject(new Error(`The server ended with ${code}.`)));
  failed.catch(() => undefined);
  const [ready] = (await Promise.race([once(child, 'message'), failed])) as [SoakServerReady];
  const stop = async () => {
    const start = performance.now();
    const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : [child.exitCode];
    child.kill('SIGTERM');
    const [code] = await ended;
    return { ms: performance.now() - start, code: code as number | null };
  };
  return { ...ready, process: child, stop };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
