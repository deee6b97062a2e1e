import type { RelationshipCursor, RelationshipFilter, RelationshipPage } from '../relationship-page.ts';
import type { StoredRelationship } from '../stored-relationship.ts';
import { type Fragment, rowsOf } from './connect.ts';
import { thereAt } from './live-at.ts';
import { objectOfPacked, relationOfPacked } from './packed-subject.ts';
import { candidatesOf } from './relationship-candidates.ts';
import { keyIn, type RelationshipKeyColumns } from './relationship-key.ts';
import { type RelationshipRow, storedRelationshipOf } from './relationship-row.ts';
import type { Sql, TransactionSql } from './sql.ts';
import { joinTerm } from './term-joins.ts';

/** Relationships that are looked at for one page before it is cut short. */
export const maxExaminedRelationships = 10_000;

/**
 * One page of relationships without those that have expired, in an order that is stable and depends on the filter.
 *
 * An index gives the candidates in its order, at most `maxExamined` of them; what is left of the filter is asked of each. The
 * last of so many is read as well, whether it matches or not: in the same statement, so that nothing comes in between.
 */
export async function readRelationships(
  sql: TransactionSql,
  filter: RelationshipFilter,
  first: number,
  after: RelationshipCursor | undefined,
  maxExamined = maxExaminedRelationships,
): Promise<RelationshipPage> {
  const { rows: candidates, matches, order } = candidatesOf(sql, filter, after, maxExamined);
  const page = sql`
    select * from (
      select candidate.*, ${matches} as matches, row_number() over (order by ${order}) as position
      from (${candidates}) candidate
    ) examined
    where matches or position = ${maxExamined}
    order by ${order}
    limit ${first + 1}`;
  const rows = rowsOf(
    await sql<ExaminedRow[]>`
      ${selectRelationship(sql)}, e.object as object_key, e.relation as relation_key, e.subject as subject_key,
        e.matches, e.position
      ${fromRelationship(sql, sql`(${page}) e`)}
      order by e.position`,
  );
  const found = rows.filter(({ matches }) => matches === true);
  const relationships = found.slice(0, first).map((row) => ({
    relationship: storedRelationshipOf(row),
    cursor: keyIn(row),
  }));
  const last = relationships.at(-1)?.cursor;
  if (found.length > first) return { relationships, hasMore: true, last, isCutShort: false };
  const end = rows.find(({ position }) => position === maxExamined);
  if (end === undefined) return { relationships, hasMore: false, last, isCutShort: false };
  return { relationships, hasMore: true, last: keyIn(end), isCutShort: found.length < first };
}

interface ExaminedRow extends RelationshipRow, RelationshipKeyColumns {
  readonly matches: boolean | null;
  /** Which of the candidates it is, from 1 on. */
  readonly position: number;
}

/** The relationships with these keys that are there at an instant, and which of the keys each one has. */
export async function readRelationshipsAt(
  sql: TransactionSql,
  keys: { readonly object: number[]; readonly relation: number[]; readonly subject: number[] },
  at: string,
): Promise<readonly { readonly relationship: StoredRelationship; readonly position: number }[]> {
  const rows = rowsOf(
    await sql<(RelationshipRow & { position: number })[]>`
      ${selectRelationship(sql)}, e.position::int4 as position
      ${fromRelationship(sql, sql`(select q.position, e.* ${relationshipsAt(sql, keys)}) e`)}
      where ${thereAt(sql, sql`e`, at)}
      order by e.position`,
  );
  return rows.map((row) => ({ relationship: storedRelationshipOf(row), position: row.position - 1 }));
}

/**
 * The rows `e` with these keys. Each is looked up by its key: left to itself, a plan that was made for a small table would
 * hold every key against every row, which takes minutes for thousands of keys.
 */
export function relationshipsAt(
  sql: Sql | TransactionSql,
  keys: { readonly object: number[]; readonly relation: number[]; readonly subject: number[] },
) {
  return sql`
    from unnest(${keys.object}::int8[], ${keys.relation}::int2[], ${keys.subject}::int8[])
      with ordinality as q (object, relation, subject, position)
    cross join lateral (
      select r.ctid, r.* from relationship r
      where r.object = q.object and r.relation = q.relation and r.subject = q.subject
      offset 0
    ) e`;
}

export function selectRelationship(sql: Sql | TransactionSql) {
  return sql`
    select object_term.name as object_type, object.name as object_name, relation_term.name as relation,
      subject_term.name as subject_type, subject_object.name as subject_name,
      subject_relation.name as subject_relation, condition_term.name as condition, e.context,
      e.starts_at, e.expires_at, e.created_at, e.created_by`;
}

/** The names of `edges`, which are `e`. All are joined from the left: nobody begins with a name, and no edge is lost. */
export function fromRelationship(sql: Sql | TransactionSql, edges: Fragment) {
  return sql`
    from ${edges}
    left join object on object.id = e.object
    left join object subject_object on subject_object.id = ${objectOfPacked(sql, sql`e.subject`)}
    ${joinTerm(sql, 'object_term', 'type', sql`object.type`)}
    ${joinTerm(sql, 'relation_term', 'relation', sql`e.relation`)}
    ${joinTerm(sql, 'subject_term', 'type', sql`e.subject_type`)}
    ${joinTerm(sql, 'subject_relation', 'relation', relationOfPacked(sql, sql`e.subject`))}
    ${joinTerm(sql, 'condition_term', 'condition', sql`e.condition`)}`;
}
