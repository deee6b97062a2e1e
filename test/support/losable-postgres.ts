import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { signalProcess } from '../../src/server/embedded-postgres/end-process.ts';
import { processStart } from '../../src/server/embedded-postgres/process-start.ts';
import { startEmbeddedPostgres } from '../../src/server/embedded-postgres.ts';

/** A PostgreSQL of its own, which can be lost. */
export interface LosablePostgres {
  /** As its superuser. */
  readonly url: string;
  /** Ends it as a machine without power does. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it on new data, or on those that one before it has left there. */
export async function startLosablePostgres(dataDirectory: string): Promise<LosablePostgres> {
  const { url, stop } = await startEmbeddedPostgres({ dataDirectory });
  const pid = Number.parseInt(await readFile(join(dataDirectory, 'data', 'postmaster.pid'), 'utf8'), 10);
  return {
    url,
    kill: async () => {
      signalProcess(pid, 'SIGKILL');
      while (processStart(pid) !== undefined) await sleep(5);
      await stop();
    },
    stop,
  };
}
