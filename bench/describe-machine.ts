import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import postgres from 'postgres';
import type { Machine } from './report.ts';

/** What numbers have to be read with: those of two machines cannot be compared. */
export async function describeMachine(databaseUrl: string): Promise<Machine> {
  const sql = postgres(databaseUrl, { max: 1 });
  const [row] = await sql<{ version: string }[]>`
    select current_setting('server_version') || ', shared_buffers ' || current_setting('shared_buffers') as version`;
  await sql.end();
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.versions.node,
    postgres: row?.version ?? 'unknown',
  };
}
