import { and, eq } from 'drizzle-orm';
import { markOf } from '../../model/history-mark.ts';
import type { KeptOutcome } from '../write-transaction.ts';
import { runQuery } from './run-query.ts';
import type { TransactionSql } from './sql.ts';
import { idempotency } from './tables.ts';

/** The outcome of the first success with this key; undefined when there was none. */
export async function findOutcome(sql: TransactionSql, actor: string, key: string): Promise<KeptOutcome | undefined> {
  const { requestHash, revision, event, hash, outcome } = idempotency;
  const [row] = await runQuery(sql, (queries) =>
    queries
      .select({ requestHash, revision, event, hash, outcome })
      .from(idempotency)
      .where(and(eq(idempotency.actor, actor), eq(idempotency.key, key))),
  );
  return row && { ...row, mark: markOf(row.event, row.hash) };
}
