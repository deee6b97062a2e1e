import type { ObjectRef } from '../model/object-ref.ts';
import type { SubjectRef } from '../model/subject-ref.ts';
import { rowsOf, type Sql, type TransactionSql } from './connect.ts';
import { type RelationshipRow, type StoredRelationship, storedRelationshipOf } from './stored-relationship.ts';
import { firstSetSubject } from './tables.ts';

/** Which relationships to read; every field that is given must match. */
export interface RelationshipFilter {
  readonly objectType?: string | undefined;
  readonly object?: ObjectRef | undefined;
  readonly relation?: string | undefined;
  readonly subject?: SubjectRef | undefined;
}

/** A place in the order of all relationships: the key of the last one that was read. */
export interface RelationshipCursor {
  readonly object: number;
  readonly relation: number;
  readonly subject: number;
}

export interface RelationshipPage {
  readonly relationships: readonly { readonly relationship: StoredRelationship; readonly cursor: RelationshipCursor }[];
  readonly hasNextPage: boolean;
}

/** Relationships in the order of their keys, without those that have expired; at most `first`. */
export async function readRelationships(
  sql: Sql | TransactionSql,
  filter: RelationshipFilter,
  first: number,
  after: RelationshipCursor = { object: 0, relation: 0, subject: 0 },
): Promise<RelationshipPage> {
  const rows = rowsOf(
    await sql<(RelationshipRow & CursorRow)[]>`
      ${selectRelationship(sql)},
        e.object as object_key, e.relation as relation_key, e.subject as subject_key
      ${fromRelationship(sql)}
      where (e.object, e.relation, e.subject) > (${after.object}::int8, ${after.relation}::int2, ${after.subject}::int8)
        and (e.expires_at is null or e.expires_at > now())
        ${whereFilter(sql, filter)}
      order by e.object, e.relation, e.subject
      limit ${first + 1}`,
  );
  return {
    relationships: rows.slice(0, first).map((row) => ({
      relationship: storedRelationshipOf(row),
      cursor: { object: row.object_key, relation: row.relation_key, subject: row.subject_key },
    })),
    hasNextPage: rows.length > first,
  };
}

/** The relationships with these keys that are live at an instant, and which of the keys each one has. */
export async function readRelationshipsAt(
  sql: TransactionSql,
  keys: { readonly object: number[]; readonly relation: number[]; readonly subject: number[] },
  at: string,
): Promise<readonly { readonly relationship: StoredRelationship; readonly position: number }[]> {
  const rows = rowsOf(
    await sql<(RelationshipRow & { position: number })[]>`
      ${selectRelationship(sql)}, e.position::int4 as position
      ${fromRelationship(sql, sql`(select q.position, e.* ${relationshipsAt(sql, keys)}) e`)}
      where e.expires_at is null or e.expires_at > ${at}::text::timestamptz
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
      e.expires_at, e.created_at, e.created_by`;
}

/** Every name of the key is joined; what is optional in a subject is joined from the left. */
export function fromRelationship(sql: Sql | TransactionSql, edges = sql`relationship e`) {
  return sql`
    from ${edges}
    join object on object.id = e.object
    join term object_term on object_term.kind = 'type' and object_term.number = object.type
    join term relation_term on relation_term.kind = 'relation' and relation_term.number = e.relation
    join term subject_term on subject_term.kind = 'type' and subject_term.number = e.subject_type
    left join object subject_object on subject_object.id = e.subject % ${firstSetSubject}::int8
    left join term subject_relation
      on subject_relation.kind = 'relation' and subject_relation.number = e.subject / ${firstSetSubject}::int8
    left join term condition_term on condition_term.kind = 'condition' and condition_term.number = e.condition`;
}

interface CursorRow {
  readonly object_key: number;
  readonly relation_key: number;
  readonly subject_key: number;
}

/** Names that nothing has find nothing: the sub-selects are null, and nothing equals null. */
function whereFilter(sql: Sql | TransactionSql, { objectType, object, relation, subject }: RelationshipFilter) {
  return sql`
    ${objectType === undefined ? sql`` : sql`and object_term.name = ${objectType}`}
    ${object === undefined ? sql`` : sql`and e.object = ${objectNumber(sql, object)}`}
    ${relation === undefined ? sql`` : sql`and e.relation = ${termNumber(sql, 'relation', relation)}`}
    ${subject === undefined ? sql`` : sql`and e.subject = ${subjectNumber(sql, subject)}`}`;
}

function objectNumber(sql: Sql | TransactionSql, object: ObjectRef) {
  return sql`(select id from object where type = ${termNumber(sql, 'type', object.type)} and name = ${object.id})`;
}

function subjectNumber(sql: Sql | TransactionSql, subject: SubjectRef) {
  if (subject.kind === 'wildcard') return termNumber(sql, 'type', subject.type);
  if (subject.kind === 'object') return objectNumber(sql, subject.object);
  const relation = termNumber(sql, 'relation', subject.relation);
  return sql`${relation}::int8 * ${firstSetSubject}::int8 + ${objectNumber(sql, subject.object)}`;
}

function termNumber(sql: Sql | TransactionSql, kind: 'type' | 'relation', name: string) {
  return sql`(select number from term where kind = ${kind} and term.name = ${name})`;
}
