import { invariant } from '../../../base/invariant.ts';
import type { ObjectRef } from '../../../model/object-ref.ts';
import { rowsOf } from '../connect.ts';
import type { LastEvent } from '../last-event.ts';
import type { GivenNumber, NumberedObject, ObjectColumns } from '../object-numbers.ts';
import { type Header, type StateColumns, stateColumns } from '../read-header.ts';
import { sentTogether } from '../sent-together.ts';
import type { TransactionSql } from '../sql.ts';
import { TermNumbers } from '../term-numbers.ts';
import { pieces, valuesOf } from './values.ts';

/** The names of objects, which every server has a copy of; the names of their types are on one server, so they are looked up apart. */

export async function readHeader(
  sql: TransactionSql,
  objects: readonly ObjectRef[],
  then: LastEvent | undefined,
): Promise<Header> {
  const [rows, nodes] = await sentTogether([
    sql<StateColumns[]>`select ${stateColumns(sql, then)} from store`,
    readNodes(sql, objects),
  ]);
  const [state] = rowsOf(rows);
  invariant(state !== undefined, 'the table "store" has its row');
  return { ...state, nodes };
}

/** The numbers of objects, in their order; null for one that has none. */
export async function readNodes(
  sql: TransactionSql,
  objects: readonly ObjectRef[],
): Promise<readonly (number | null)[]> {
  if (objects.length === 0) return [];
  const terms = new TermNumbers(sql);
  await terms.find([...new Set(objects.map(({ type }) => type))].map((name) => ({ kind: 'type', name })));
  const typed = objects.flatMap(({ type, id }, index) => {
    const number = terms.numberOf('type', type);
    return number === undefined ? [] : [{ index, type: number, id }];
  });
  const nodes: (number | null)[] = objects.map(() => null);
  if (typed.length === 0) return nodes;
  const rows = rowsOf(
    await sql<{ position: number; id: number }[]>`
      select q.position::int4 as position, o.id
      from unnest(${typed.map(({ type }) => type)}::int2[], ${typed.map(({ id }): string => id)}::text[])
        with ordinality as q (type, name, position)
      join object o on o.type = q.type and o.name = q.name`,
  );
  for (const { position, id } of rows) {
    const asked = typed[position - 1];
    invariant(asked !== undefined, 'the database numbers only objects that it was asked for');
    nodes[asked.index] = id;
  }
  return nodes;
}

export async function findNumbers(
  sql: TransactionSql,
  { types, names }: ObjectColumns,
): Promise<readonly NumberedObject[]> {
  return rowsOf(
    await sql<NumberedObject[]>`
      select o.type, o.name, o.id
      from unnest(${types}::int2[], ${names}::text[]) as q (type, name)
      join object o on o.type = q.type and o.name = q.name`,
  );
}

/** Looked up and then added, by two statements: a part of a statement that writes may be no part of one that reads. */
export async function numberObjects(
  sql: TransactionSql,
  { types, names }: ObjectColumns,
): Promise<readonly GivenNumber[]> {
  const found = await findNumbers(sql, { types, names });
  const known = new Map(
    [...Map.groupBy(found, ({ type }) => type)].map(([type, some]) => [type, new Set(some.map(({ name }) => name))]),
  );
  const open = names.flatMap((name, index) => {
    const type = types[index];
    return type === undefined || known.get(type)?.has(name) ? [] : [[type, name] as const];
  });
  const added: NumberedObject[] = [];
  for (const piece of pieces(open)) {
    const { text, parameters } = valuesOf(['int2', 'text'], piece);
    const statement = `insert into object (type, name) values ${text} returning type, name, id`;
    added.push(...rowsOf(await sql.unsafe<NumberedObject[]>(statement, parameters)));
  }
  return [...found.map((one) => ({ ...one, is_added: false })), ...added.map((one) => ({ ...one, is_added: true }))];
}
