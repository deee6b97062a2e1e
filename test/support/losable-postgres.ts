import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { signalProcess } from '../../src/server/embedded-postgres/end-process.ts';
import { processStart } from '../../src/server/embedded-postgres/process-start.ts';
import { startEmbeddedPostgres } from '../../src/server/embedded-postgres.ts';

/** A PostgreSQL of its own, which can be lost. */
export interface LosablePostgres {
  /** As its superuser. */
  readonly url: string;
  /** Ends it as a machine without power does. */
  kill(): Promise<void>;
  /** From now on none of its processes does anything, as on a machine that is starved or being moved. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it on new data, or on those that one before it has left there. */
export async function startLosablePostgres(dataDirectory: string): Promise<LosablePostgres> {
  const { url, stop } = await startEmbeddedPostgres({ dataDirectory });
  const pid = Number.parseInt(await readFile(join(dataDirectory, 'data', 'postmaster.pid'), 'utf8'), 10);
  const signalAll = async (signal: 'SIGSTOP' | 'SIGCONT') => {
    for (const one of [pid, ...(await childrenOf(pid))]) signalProcess(one, signal);
  };
  return {
    url,
    pause: () => signalAll('SIGSTOP'),
    resume: () => signalAll('SIGCONT'),
    kill: async () => {
      signalProcess(pid, 'SIGKILL');
      while (processStart(pid) !== undefined) await sleep(5);
      await stop();
    },
    stop,
  };
}

async function childrenOf(pid: number): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  const processes = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return processes.flatMap(([own, parent]) => (own !== undefined && parent === pid ? [own] : []));
}
