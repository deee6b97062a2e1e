import { invariant } from '../../base/invariant.ts';
import type { HistoryPoint, HistoryProof } from '../replica/history-point.ts';
import { rowsOf } from './connect.ts';
import type { TransactionSql } from './sql.ts';

export async function readHistoryProof(sql: TransactionSql, { event }: HistoryPoint): Promise<HistoryProof> {
  const [row] = rowsOf(
    await sql<{ identity: string; hash_then: string | null }[]>`
      select store.identity, ${hashThen(sql, event)} as hash_then from store`,
  );
  invariant(row !== undefined, 'the table "store" has its row');
  return { identity: row.identity, hashThen: row.hash_then ?? undefined };
}

/** The hash of an event, as one value of a statement; null where there is none. */
export function hashThen(sql: TransactionSql, event: number) {
  return sql`(select hash from audit_event where id = ${event})`;
}
