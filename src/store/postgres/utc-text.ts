import type postgres from 'postgres';
import type { Sql, TransactionSql } from './sql.ts';

/**
 * An instant as RFC 3339 with all the digits that the database has; a `Date` would lose the last three. It goes back as
 * `::text::timestamptz`: of a parameter that is a `timestamptz` itself, the driver would make a `Date`.
 */
export function utcText(sql: Sql | TransactionSql, instant: postgres.Fragment): postgres.Fragment {
  return sql`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
