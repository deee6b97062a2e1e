import type { Fragment } from './connect.ts';
import type { Sql, TransactionSql } from './sql.ts';

/** The clock of a snapshot, as texts with all digits: see `utcText`. */
export interface SnapshotClock {
  readonly now: string;
  /** What begins up to this instant has begun: now, or `infinity` for whoever asks as if everything had. */
  readonly begunBy: string;
}

/** Whether a row of relationships counts by the clock of the snapshot that asks. */
export function liveAt(sql: Sql | TransactionSql, row: Fragment, { now, begunBy }: SnapshotClock): Fragment {
  return sql`(${row}.starts_at is null or ${row}.starts_at <= ${begunBy}::text::timestamptz) and ${thereAt(sql, row, now)}`;
}

/**
 * Whether it is there, so that it can be listed, found and taken away: it may count, or begin later. A statement without a snapshot is
 * its own, and goes by the time at which it began.
 */
export function thereAt(sql: Sql | TransactionSql, row: Fragment, now?: string): Fragment {
  const instant = now === undefined ? sql`statement_timestamp()` : sql`${now}::text::timestamptz`;
  return sql`(${row}.expires_at is null or ${row}.expires_at > ${instant})`;
}
