import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
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
    // Without what a distribution or a cloud calls its own build of it.
    system: `${type()} ${release().split('-')[0]}`,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    node: process.versions.node,
    postgres: row?.version ?? 'unknown',
  };
}
