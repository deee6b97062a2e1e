import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../src/server/embedded-postgres.ts';

export interface BenchPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

/** The server of `databaseUrl`, or one of its own that is gone afterwards: durable, because writes are measured too. */
export async function startPostgres(databaseUrl: string | undefined): Promise<BenchPostgres> {
  if (databaseUrl !== undefined) return { url: databaseUrl, stop: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'postern-bench-'));
  const server = await startEmbeddedPostgres({ dataDirectory: join(folder, 'data') });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
