import { rowsOf } from './connect.ts';
import type { TransactionSql } from './sql.ts';

/** The hashes of those of the events that there are. */
export async function readHashes(sql: TransactionSql, events: readonly number[]): Promise<ReadonlyMap<number, string>> {
  if (events.length === 0) return new Map();
  const rows = await sql<{ id: number; hash: string }[]>`
    select id, hash from audit_event where id = any(${[...events]}::int8[])`;
  return new Map(rowsOf(rows).map(({ id, hash }) => [id, hash]));
}
