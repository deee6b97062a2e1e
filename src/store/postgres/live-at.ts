import type { Fragment } from './connect.ts';
import type { Sql, TransactionSql } from './sql.ts';

/**
 * Whether what ends at `end` is live by the clock of the snapshot that asks, a text with all its digits: see `utcText`. A
 * statement without a snapshot is its own, and goes by the time at which it began.
 */
export function liveAt(sql: Sql | TransactionSql, end: Fragment, now?: string): Fragment {
  const instant = now === undefined ? sql`statement_timestamp()` : sql`${now}::text::timestamptz`;
  return sql`(${end} is null or ${end} > ${instant})`;
}
