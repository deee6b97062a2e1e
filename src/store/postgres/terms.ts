import type { Model } from '../../model/model.ts';
import type { TermKind, Terms, TermTable } from '../terms.ts';
import { rowsOf } from './connect.ts';
import type { RowOf } from './row-of.ts';
import type { Sql, TransactionSql } from './sql.ts';
import type { term } from './tables.ts';

export async function readTerms(sql: Sql | TransactionSql): Promise<Terms> {
  const rows = rowsOf(await sql<TermRow[]>`select kind, number, name from term`);
  return { type: tableOf(rows, 'type'), relation: tableOf(rows, 'relation'), condition: tableOf(rows, 'condition') };
}

/** Gives a number to every name of the model that has none; the caller holds the store's lock. */
export async function addTerms(sql: TransactionSql, model: Model): Promise<void> {
  await addOfKind(sql, 'type', [...model.types.keys()]);
  const relations = [...model.types.values()].flatMap((type) => [...type.relations.keys()]);
  await addOfKind(sql, 'relation', [...new Set(relations)]);
  await addOfKind(sql, 'condition', [...model.conditions.keys()]);
}

/** Each name is looked up for itself: `not exists` would be a join, which may hold every name against all there are. */
async function addOfKind(sql: TransactionSql, kind: TermKind, names: readonly string[]): Promise<void> {
  await sql`
    insert into term (kind, number, name)
    select ${kind}, (select coalesce(max(number), 0) from term where kind = ${kind}) + row_number() over (), given.name
    from unnest(${[...names]}::text[]) as given(name)
    where (select true from term where term.kind = ${kind} and term.name = given.name) is null`;
}

type TermRow = RowOf<typeof term>;

function tableOf<Name extends string>(rows: readonly TermRow[], kind: TermKind): TermTable<Name> {
  const numbers = new Map<string, number>();
  const names = new Map<number, Name>();
  for (const row of rows) {
    if (row.kind !== kind) continue;
    numbers.set(row.name, row.number);
    names.set(row.number, row.name as Name);
  }
  return { numberOf: (name) => numbers.get(name), nameOf: (number) => names.get(number) };
}
