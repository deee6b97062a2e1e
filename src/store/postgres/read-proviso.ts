import type { Proviso } from '../replica/stored-edge.ts';
import type { Fragment } from './connect.ts';
import type { Sql, TransactionSql } from './sql.ts';

/** An instant as microseconds, in a number that a double holds exactly for the next two hundred years; what is infinite stays so. */
export function sqlMicros(sql: Sql | TransactionSql, instant: Fragment): Fragment {
  return sql`(extract(epoch from ${instant}) * 1000000)::float8`;
}

/** Condition, context, beginning and end of a row, as JSON has them. */
export type ProvisoColumns = readonly [
  condition: number | null,
  context: string | null,
  starts: number | string | null,
  expires: number | string | null,
];

/** Undefined for a row that always counts. JSON has the infinite as text. */
export function provisoOf([condition, context, starts, expires]: ProvisoColumns): Proviso | undefined {
  if (condition === null && starts === null && expires === null) return undefined;
  return {
    condition: condition ?? undefined,
    context: context ?? undefined,
    startsAt: starts === null ? Number.NEGATIVE_INFINITY : Number(starts),
    expiresAt: expires === null ? Number.POSITIVE_INFINITY : Number(expires),
  };
}
