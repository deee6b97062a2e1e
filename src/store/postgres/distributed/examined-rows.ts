import { formatSubjectRef } from '../../../model/subject-ref.ts';
import type { RelationshipCursor, RelationshipFilter } from '../../relationship-page.ts';
import { type Fragment, rowsOf } from '../connect.ts';
import { thereAt } from '../live-at.ts';
import type { RelationshipKey } from '../relationship-key.ts';
import type { TransactionSql } from '../sql.ts';
import { type RelationshipColumns, relationshipColumns } from './relationship-columns.ts';

/** A filter in the numbers of the store; undefined where it does not say. */
export interface FilterNumbers {
  readonly type: number | undefined;
  readonly object: number | undefined;
  readonly relation: number | undefined;
  readonly subject: number | undefined;
  readonly condition: number | undefined;
  /** All relations that there are, where object and subject are said and the relation is not: so each is looked for by its key. */
  readonly anyRelation: readonly number[] | undefined;
}

/** What is looked for, and from where on. */
export interface Search {
  readonly filter: RelationshipFilter;
  readonly numbers: FilterNumbers;
  /** What has ended by then is left out. */
  readonly now: string;
  readonly after: RelationshipCursor | undefined;
  readonly limit: number;
  /** So many relationships, and objects without any, are looked at at most. */
  readonly maxExamined: number;
}

/** At most as many rows as were looked for. */
export interface Found {
  readonly rows: readonly RelationshipColumns[];
  /** Where to go on, where the search ended before all was looked at; undefined at the end. */
  readonly end: RelationshipCursor | undefined;
}

/** A row that was looked at, and whether it is as the filter says. */
export interface ExaminedRow extends RelationshipColumns {
  readonly matches: boolean | null;
}

/** Each server gives its next ones, and they are put together; all that is asked of them beside their keys is asked of each. */
export const rowsAtOnce = 1000;

interface Place {
  readonly after: RelationshipCursor | undefined;
  readonly limit: number;
}

/** The next rows in their order: by the key, or by the subject where that is said and the object is not. */
export async function readNextRows(
  sql: TransactionSql,
  search: Search,
  { after, limit }: Place,
): Promise<readonly ExaminedRow[]> {
  const { object, relation, subject, anyRelation } = search.numbers;
  const isBySubject = object === undefined && subject !== undefined;
  const order = isBySubject ? sql`e.subject, e.relation, e.object` : sql`e.object, e.relation, e.subject`;
  const [first, last] = isBySubject ? [after?.subject, after?.object] : [after?.object, after?.subject];
  const isOfRelation = relation !== undefined && (object !== undefined || subject !== undefined);
  return rowsOf(
    await sql<ExaminedRow[]>`
      select ${relationshipColumns(sql)}, ${matches(sql, search)} as matches from relationship e
      where (${order}) > (${first ?? -1}::int8, ${after?.relation ?? 0}::int2, ${last ?? 0}::int8)
        ${object === undefined ? sql`` : sql`and e.object = ${object}::int8`}
        ${isOfRelation ? sql`and e.relation = ${relation}::int2` : sql``}
        ${anyRelation === undefined ? sql`` : sql`and e.relation = any(${[...anyRelation]}::int2[])`}
        ${subject === undefined ? sql`` : sql`and e.subject = ${subject}::int8`}
      order by ${order}
      limit ${limit}::int8`,
  );
}

/** Some rows of several objects, in no order. */
export async function readSomeRows(
  sql: TransactionSql,
  search: Search,
  objects: readonly number[],
  limit: number,
): Promise<readonly ExaminedRow[]> {
  const { relation } = search.numbers;
  return rowsOf(
    await sql<ExaminedRow[]>`
      select ${relationshipColumns(sql)}, ${matches(sql, search)} as matches from relationship e
      where e.object = any(${[...objects]}::int8[])
        ${relation === undefined ? sql`` : sql`and e.relation = ${relation}::int2`}
      limit ${limit}::int8`,
  );
}

/** What no index knows. */
function matches(sql: TransactionSql, { filter, numbers, now }: Search): Fragment {
  const author = filter.createdBy && formatSubjectRef(filter.createdBy);
  const end = filter.expiresBefore?.toISOString();
  const { relation, condition } = numbers;
  return sql`
    ${thereAt(sql, sql`e`, now)}
    ${relation === undefined ? sql`` : sql`and e.relation = ${relation}::int2`}
    ${condition === undefined ? sql`` : sql`and e.condition = ${condition}::int2`}
    ${author === undefined ? sql`` : sql`and e.created_by = ${author}::text`}
    ${end === undefined ? sql`` : sql`and e.expires_at < ${end}::text::timestamptz`}`;
}

export function cursorOf({ object, relation, subject }: RelationshipKey): RelationshipCursor {
  return { object, relation, subject };
}
