import type { KeptOutcome } from '../write-transaction.ts';
import { rowsOf, type TransactionSql } from './connect.ts';

/** The outcome of the first success with this key; undefined when there was none. */
export async function findOutcome(sql: TransactionSql, actor: string, key: string): Promise<KeptOutcome | undefined> {
  const [row] = rowsOf(
    await sql<{ request_hash: string; revision: number; outcome: unknown }[]>`
      select request_hash, revision, outcome from idempotency where actor = ${actor} and key = ${key}`,
  );
  return row && { requestHash: row.request_hash, revision: row.revision, outcome: row.outcome };
}
