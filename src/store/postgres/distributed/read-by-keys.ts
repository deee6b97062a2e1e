import { type Fragment, rowsOf } from '../connect.ts';
import { sentTogether } from '../sent-together.ts';
import type { TransactionSql } from '../sql.ts';
import { type Box, boxesOf, type EdgeKey } from './boxes.ts';
import { pieces } from './values.ts';

/**
 * What a statement says of the rows `e`. Made in each statement: whatever of `sql` throws in between would leave the statement before
 * it to nobody.
 */
export interface OfRows {
  readonly columns: (sql: TransactionSql) => Fragment;
  readonly condition: (sql: TransactionSql) => Fragment;
  readonly end?: (sql: TransactionSql) => Fragment;
}

/** More of them, and one statement that has all keys costs less, though it goes to every server. */
const mostBoxes = 8;

/**
 * The statements that read the relationships with these keys, and no others, as every key is looked for in an index as a whole.
 *
 * Few boxes are read by lists, so that only the servers are asked that have the objects. Many are read by a join with the keys, and then
 * no list of the objects may stand beside it: each row would be held against each item, or whole ranges be read for it.
 */
export function statementsByKeys<Row extends object>(
  sql: TransactionSql,
  keys: readonly EdgeKey[],
  what: OfRows,
): readonly (() => Promise<readonly Row[]>)[] {
  const boxes = boxesOf(keys);
  if (boxes.length <= mostBoxes) return boxes.map((box) => () => readBox<Row>(sql, box, what));
  return pieces(keys).map((piece) => () => readJoined<Row>(sql, piece, what));
}

/** All of them, sent at once. */
export async function readByKeys<Row extends object>(
  sql: TransactionSql,
  keys: readonly EdgeKey[],
  what: OfRows,
): Promise<readonly Row[]> {
  const found = await sentTogether(statementsByKeys<Row>(sql, keys, what).map((read) => read()));
  return found.flat();
}

async function readBox<Row extends object>(
  sql: TransactionSql,
  box: Box,
  { columns, condition, end = nothing }: OfRows,
): Promise<readonly Row[]> {
  return rowsOf(
    await sql<Row[]>`
      select ${columns(sql)} from relationship e where ${inBox(sql, box)} and ${condition(sql)} ${end(sql)}`,
  );
}

async function readJoined<Row extends object>(
  sql: TransactionSql,
  keys: readonly EdgeKey[],
  { columns, condition, end = nothing }: OfRows,
): Promise<readonly Row[]> {
  const subjects = keys.flatMap(({ subject }) => subject ?? []);
  return rowsOf(
    await sql<Row[]>`
      select ${columns(sql)}
      from unnest(
        ${keys.map(({ object }) => object)}::int8[], ${keys.map(({ relation }) => relation)}::int2[], ${subjects}::int8[]
      ) as q (object, relation, subject)
      join relationship e on e.object = q.object and e.relation = q.relation
        ${subjects.length === 0 ? sql`` : sql`and e.subject = q.subject`}
      where ${condition(sql)} ${end(sql)}`,
  );
}

const nothing = (sql: TransactionSql) => sql``;

/** Whether the row `e` is in a box. */
export function inBox(sql: TransactionSql, { object, relation, subject }: Box): Fragment {
  return sql`
    ${among(sql, sql`e.object`, object)} and ${amongRelations(sql, relation)}
    ${subject.length === 0 ? sql`` : sql`and ${among(sql, sql`e.subject`, subject)}`}`;
}

/** One that is alone leaves the rows in the order of their index. */
function among(sql: TransactionSql, column: Fragment, numbers: readonly number[]): Fragment {
  const [first] = numbers;
  return numbers.length === 1 && first !== undefined
    ? sql`${column} = ${first}::int8`
    : sql`${column} = any(${[...numbers]}::int8[])`;
}

function amongRelations(sql: TransactionSql, numbers: readonly number[]): Fragment {
  const [first] = numbers;
  return numbers.length === 1 && first !== undefined
    ? sql`e.relation = ${first}::int2`
    : sql`e.relation = any(${[...numbers]}::int2[])`;
}
