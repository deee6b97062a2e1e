import type { KnownHashes } from '../history-line.ts';
import { rowsOf } from './connect.ts';
import type { TransactionSql } from './sql.ts';

/** The hashes of those of the events that there are, and were. */
export async function readHashes(sql: TransactionSql, events: readonly number[]): Promise<KnownHashes> {
  if (events.length === 0) return new Map();
  const rows = await sql<{ id: number; hash: string | null }[]>`
    select id, hash from (
      select asked.id, anchor.event as removed_to, coalesce(
        (select hash from audit_event where audit_event.id = asked.id),
        case when anchor.event = asked.id and anchor.hash <> '' then anchor.hash end
      ) as hash
      from unnest(${[...events]}::int8[]) asked (id) cross join audit_anchor anchor
    ) known
    where hash is not null or id between 1 and removed_to`;
  return new Map(rowsOf(rows).map(({ id, hash }) => [id, hash]));
}
