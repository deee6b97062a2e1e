import postgres from 'postgres';
import { parentOfSameName, treeUsedMs } from './process-times.ts';

/** Reads the processor time of all processes of a database server; each time undefined where it runs on another machine. */
export async function databaseCpuOf(url: string): Promise<() => Promise<number | undefined>> {
  const sql = postgres(url, { max: 1 });
  try {
    const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const postmaster = row === undefined ? undefined : await parentOfSameName(row.pid, 'postgres');
    return async () => (postmaster === undefined ? undefined : treeUsedMs(postmaster));
  } finally {
    await sql.end();
  }
}
