import type { Edge, GrantFilter, GrantRange, GrantRead, NodeId, Part, Portion } from '../../engine/ports.ts';
import type { Relation } from '../../model/model.ts';
import { type ObjectRef, parseObjectRef } from '../../model/object-ref.ts';
import { parseSubjectRef, type SubjectRef, wildcardOf } from '../../model/subject-ref.ts';
import { firstSetSubject } from '../packed-subject.ts';
import { portionOf } from '../portion-of.ts';
import type { Terms } from '../terms.ts';
import { rowsOf } from './connect.ts';
import { type OriginRow, originOf } from './edge-origin.ts';
import { liveAt, type SnapshotClock, thereAt } from './live-at.ts';
import type { EdgeColumns } from './read-edges.ts';
import type { RowOf } from './row-of.ts';
import type { TransactionSql } from './sql.ts';
import type { object } from './tables.ts';

/** What access reviews read beside the edges of a check: what belongs to objects, and grants with their origins. */

type EdgeOf = (row: EdgeColumns) => Edge | undefined;

/**
 * Parent by parent, in the order of the reverse index, and only as far as the limit.
 *
 * Each object is looked up by its number (`offset 0` keeps the planner to that): where it knows little, it would try all
 * objects of the types for each parent.
 */
export async function readParts(
  sql: TransactionSql,
  { terms, clock, edgeOf }: StatementInputs,
  parents: readonly NodeId[],
  relations: readonly Relation[],
  limit: number,
): Promise<Portion<Part>> {
  const known = relations.flatMap(({ type, name }) => {
    const pair = { type: terms.type.numberOf(type), relation: terms.relation.numberOf(name) };
    return pair.type === undefined || pair.relation === undefined ? [] : [pair];
  });
  const types = known.map(({ type }) => type ?? 0);
  const names = known.map(({ relation }) => relation ?? 0);
  const rows = rowsOf(
    await sql<PartRow[]>`
      select part.*
      from unnest(${[...parents]}::int8[]) with ordinality as p (subject, position)
      cross join lateral (
        select e.object, o.type, o.name, e.relation, e.subject, e.subject_type, e.condition, e.context
        from (
          select * from relationship r
          where subject = p.subject and relation = any(${names}::int2[])
            and ${liveAt(sql, sql`r`, clock)}
          order by relation, object
        ) e
        cross join lateral (select type, name from object where id = e.object offset 0) o
        where (o.type, e.relation) in (select * from unnest(${types}::int2[], ${names}::int2[]))
        order by e.relation, e.object
        limit ${limit + 1}
      ) part
      order by p.position, part.relation, part.object
      limit ${limit + 1}`,
  );
  return portionOf(rows, limit, (row) => partOf(row, terms, edgeOf));
}

/** Undefined for a row with a name that the model never had. */
export function partOf(row: PartRow, terms: Terms, edgeOf: EdgeOf): Part | undefined {
  const type = terms.type.nameOf(row.type);
  const edge = edgeOf(row);
  if (type === undefined || edge === undefined) return undefined;
  return { node: row.object, object: objectOf(`${type}:${row.name}`), edge };
}

/** Each range is a range of the primary key; a page reads only the head of each. What begins later is among them. */
export async function readGrants(
  sql: TransactionSql,
  { terms, clock, edgeOf }: StatementInputs,
  ranges: readonly GrantRange[],
  filter: GrantFilter & { readonly subjectNumber: number | undefined },
  limit: number,
): Promise<GrantRead> {
  const { subjectNumber, expiresBefore, withoutEnd } = filter;
  const before = expiresBefore?.toISOString() ?? null;
  const rows = rowsOf(
    await sql<GrantRow[]>`
      select q.range::int4 as range, g.*, s.name as subject_name
      from unnest(
        ${ranges.map(({ object }) => object)}::int8[],
        ${ranges.map(({ relation }) => terms.relation.numberOf(relation) ?? 0)}::int2[],
        ${ranges.map(({ after }) => after)}::int8[],
        ${ranges.map(({ end }) => end?.toISOString() ?? null)}::timestamptz[]
      ) with ordinality as q (object, relation, after, ends, range)
      cross join lateral (
        select e.object, e.relation, e.subject, e.subject_type, e.condition, e.context,
          e.starts_at, e.expires_at, e.created_at, e.created_by
        from relationship e
        where e.object = q.object and e.relation = q.relation
          and e.subject > q.after and e.subject < ${firstSetSubject}::int8
          ${subjectNumber === undefined ? sql`` : sql`and e.subject = ${subjectNumber}::int8`}
          and ${thereAt(sql, sql`e`, clock.now)}
          and (${before}::timestamptz is null or least(q.ends, e.expires_at) < ${before}::timestamptz)
          and (not ${withoutEnd}::boolean or (q.ends is null and e.expires_at is null))
        order by e.subject
        limit ${limit}
      ) g
      left join object s on s.id = g.subject
      order by q.range, g.subject
      limit ${limit}`,
  );
  return grantReadOf(rows, limit, terms, edgeOf);
}

/** What was read of the ranges, of which at most `limit` rows were asked for. */
export function grantReadOf(rows: readonly GrantRow[], limit: number, terms: Terms, edgeOf: EdgeOf): GrantRead {
  const end = rows.at(-1);
  const last = end === undefined || rows.length < limit ? undefined : { range: end.range - 1, place: end.subject };
  const grants = rows.flatMap((row) => {
    const type = terms.type.nameOf(row.subject_type);
    const edge = edgeOf(row);
    if (type === undefined || edge === undefined) return [];
    const subject = row.subject_name === null ? wildcardOf(type) : subjectOf(`${type}:${row.subject_name}`);
    return [{ range: row.range - 1, edge, place: row.subject, subject, origin: originOf(row) }];
  });
  return { grants, last };
}

/** What the statements of one snapshot have in common. */
export interface StatementInputs {
  readonly terms: Terms;
  readonly clock: SnapshotClock;
  readonly edgeOf: EdgeOf;
}

export interface PartRow extends EdgeColumns, Pick<RowOf<typeof object>, 'type' | 'name'> {}

export interface GrantRow extends EdgeColumns, OriginRow {
  readonly range: number;
  readonly subject_name: RowOf<typeof object>['name'] | null;
}

function subjectOf(text: string): SubjectRef {
  const subject = parseSubjectRef(text);
  if (!subject.ok) throw new Error(`A stored relationship is damaged: ${subject.problem}`);
  return subject.value;
}

function objectOf(text: string): ObjectRef {
  const object = parseObjectRef(text);
  if (!object.ok) throw new Error(`A stored object is damaged: ${object.problem}`);
  return object.value;
}
