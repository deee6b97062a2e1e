import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { treeUsedMs } from './process-times.ts';
import type { Issuer } from './start-issuer.ts';

/** A server as it is deployed, in processes of its own. */
export interface BenchServer {
  /** Where it answers GraphQL. */
  readonly url: string;
  /** Milliseconds of processor time so far; undefined where the system does not tell. */
  cpuUsed(): Promise<number | undefined>;
  stop(): Promise<void>;
}

/** The checkout that this file belongs to. */
export const ownCheckout = fileURLToPath(new URL('..', import.meta.url));

export interface ServerOptions {
  /** Whose server: any revision that has the command `serve`. */
  readonly checkout: string;
  readonly databaseUrl: string;
  readonly issuer: Pick<Issuer, 'environment'>;
  readonly environment?: Readonly<Record<string, string>>;
}

export async function startServer(options: ServerOptions): Promise<BenchServer> {
  // Whatever it keeps, it keeps here.
  const folder = await mkdtemp(join(tmpdir(), 'postern-serve-'));
  const child = runPostern(options, ['serve'], folder);
  const url = await readAddress(child).catch(async (error: unknown) => {
    child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  const { pid } = child;
  return {
    url,
    cpuUsed: async () => (pid === undefined ? undefined : treeUsedMs(pid)),
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A command of a checkout's own. */
export function runPostern(options: ServerOptions, command: readonly string[], folder: string) {
  return spawn(process.execPath, [...profiling(), join(options.checkout, 'src/main.ts'), ...command], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environmentOf(options),
  });
}

/** As deployed, with limits that no bench meets, and nothing that this process happens to have. */
export function environmentOf({ databaseUrl, issuer, environment }: Omit<ServerOptions, 'checkout'>) {
  return {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    PORT: '0',
    POSTERN_HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    POSTERN_LOG_LEVEL: 'error',
    POSTERN_REQUEST_TIMEOUT_MS: '60000',
    POSTERN_CALLER_ALLOWANCE: '100000000',
    POSTERN_SERVICE_ALLOWANCE: '100000000',
    ...issuer.environment,
    ...environment,
  };
}

/** `node --cpu-prof bench/main.ts` profiles the server as well; the files are written where the bench was started. */
function profiling(): readonly string[] {
  const wanted = process.execArgv.filter((argument) => argument.startsWith('--cpu-prof'));
  return wanted.length === 0 ? [] : [...wanted, `--cpu-prof-dir=${process.cwd()}`];
}

/** What it prints when it is ready; an end before that is an error with its last words. */
function readAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (piece: Buffer) => {
      said = (said + piece.toString()).slice(-10_000);
      // A sentence in older revisions, and in a line of JSON since.
      const [, url] = /Postern is ready at (http[^\s"]+)/.exec(said) ?? [];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`The server ended with ${String(code)} before it was ready:\n${said}`)),
    );
  });
}
