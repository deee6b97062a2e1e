import { rowsOf } from '../connect.ts';
import type { RelationshipKey } from '../relationship-key.ts';
import type { TransactionSql } from '../sql.ts';
import { different } from './boxes.ts';
import type { OfRows } from './read-by-keys.ts';
import { readInOrder } from './read-in-order.ts';

type OfTheirRows = Omit<OfRows, 'end'>;

interface Place {
  readonly after: RelationshipKey | undefined;
  readonly limit: number;
}

/** The next relationships to any of the subjects, in the order of subject, relation and object. */
export async function readBySubject<Row extends RelationshipKey>(
  sql: TransactionSql,
  subjects: readonly number[],
  what: OfTheirRows,
  { after, limit }: Place,
): Promise<readonly Row[]> {
  const open = different(subjects).filter((subject) => after === undefined || subject > after.subject);
  const isBegun = after !== undefined && subjects.includes(after.subject);
  const first = isBegun ? await readOf<Row>(sql, after.subject, what, { after, limit }) : [];
  if (first.length === limit) return first;
  const place = { after: undefined, limit: limit - first.length };
  const rest = await readInOrder(
    open,
    place.limit,
    ([one, ...others]) =>
      one === undefined || others.length > 0
        ? readAny<Row>(sql, one === undefined ? others : [one, ...others], what, place.limit)
        : readOf<Row>(sql, one, what, place),
    compare,
  );
  return [...first, ...rest];
}

function compare(one: RelationshipKey, other: RelationshipKey): number {
  return one.subject - other.subject || one.relation - other.relation || one.object - other.object;
}

/** The next ones of one subject, from the head of its range. */
async function readOf<Row extends RelationshipKey>(
  sql: TransactionSql,
  subject: number,
  { columns, condition }: OfTheirRows,
  { after, limit }: Place,
): Promise<readonly Row[]> {
  return rowsOf(
    await sql<Row[]>`
      select ${columns(sql)} from relationship e
      where e.subject = ${subject}::int8
        and (e.subject, e.relation, e.object) > (${subject}::int8, ${after?.relation ?? 0}::int2, ${after?.object ?? 0}::int8)
        and ${condition(sql)}
      order by e.subject, e.relation, e.object
      limit ${limit}::int8`,
  );
}

/** Some of several subjects, in no order. */
async function readAny<Row extends RelationshipKey>(
  sql: TransactionSql,
  subjects: readonly number[],
  { columns, condition }: OfTheirRows,
  limit: number,
): Promise<readonly Row[]> {
  return rowsOf(
    await sql<Row[]>`
      select ${columns(sql)} from relationship e
      where e.subject = any(${[...subjects]}::int8[]) and ${condition(sql)}
      limit ${limit}::int8`,
  );
}
