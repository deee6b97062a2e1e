import type { TermKind } from '../terms.ts';
import type { Fragment } from './connect.ts';
import type { Sql, TransactionSql } from './sql.ts';

/**
 * The term with a number, joined to each row from the left. It is looked up for itself: a planner that has never counted the
 * names takes them for ten, and would hold each row against all that models ever had.
 */
export function joinTerm(sql: Sql | TransactionSql, as: string, kind: TermKind, number: Fragment) {
  return sql`
    left join lateral (select name from term where kind = ${kind} and term.number = ${number} offset 0) ${sql(as)} on true`;
}

/** The same for a term with a name. */
export function joinTermNamed(sql: Sql | TransactionSql, as: string, kind: TermKind, name: Fragment) {
  return sql`
    left join lateral (select number from term where kind = ${kind} and term.name = ${name} offset 0) ${sql(as)} on true`;
}
