import type {
  Edge,
  EdgeOrigin,
  EdgeSource,
  NamedNode,
  NodeId,
  Portion,
  ReverseEdge,
  ReverseQuery,
  SubjectQuery,
} from '../../engine/ports.ts';
import type { ObjectId, TypeName } from '../../model/names.ts';
import { makeObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import { edgeSubjectOf, packEdgeSubject } from '../edge-subject.ts';
import { firstObject, packedRange, packSubject } from '../packed-subject.ts';
import { portionOf } from '../portion-of.ts';
import type { Terms } from '../terms.ts';
import { rowsOf } from './connect.ts';
import { type OriginRow, originOf } from './edge-origin.ts';
import { liveAt, type SnapshotClock } from './live-at.ts';
import { type EdgeColumns, edgeOf, sourceNumbers } from './read-edges.ts';
import type { TransactionSql } from './sql.ts';

/** What lists need beside the edges of a check: names, order, and edges followed backwards. */

export async function readObjects(
  sql: TransactionSql,
  terms: Terms,
  type: TypeName,
  after: ObjectId | undefined,
  limit: number,
): Promise<readonly NamedNode[]> {
  const number = terms.type.numberOf(type);
  if (number === undefined) return [];
  const rows = rowsOf(
    await sql<{ id: number; name: string }[]>`
      select id, name from object where type = ${number} and name > ${after ?? ''} order by name limit ${limit}`,
  );
  return rows.map(({ id, name }) => ({ node: id, object: objectOf(type, name) }));
}

export async function readEdgesFrom(
  sql: TransactionSql,
  terms: Terms,
  sources: readonly EdgeSource[],
  clock: SnapshotClock,
  limit: number,
): Promise<Portion<Edge>> {
  const stored = sources.filter(({ object }) => object >= 0);
  const { objects, relations } = sourceNumbers(stored, terms);
  const rows = rowsOf(
    await sql<EdgeColumns[]>`
      select e.object, e.relation, e.subject, e.subject_type, e.condition, e.context
      from unnest(${[...objects]}::int8[], ${[...relations]}::int2[]) as q (object, relation)
      join relationship e on e.object = q.object and e.relation = q.relation
      where ${liveAt(sql, sql`e`, clock)}
      limit ${limit + 1}`,
  );
  return portionOf(rows, limit, (row) => edgeOf(row, terms));
}

export async function readEdgesTo(
  sql: TransactionSql,
  terms: Terms,
  query: ReverseQuery,
  clock: SnapshotClock,
  limit: number,
): Promise<Portion<ReverseEdge>> {
  const relations = query.relations.flatMap((name) => terms.relation.numberOf(name) ?? []);
  const subjects = packedSubjects(query, terms);
  if (relations.length === 0 || subjects.length === 0) return { items: [], isWhole: true };
  const rows = rowsOf(
    await sql<ReverseRow[]>`
      select e.object, object.type as object_type, e.relation, e.subject, e.subject_type
      from unnest(${subjects}::int8[]) as q (subject)
      join relationship e on e.subject = q.subject and e.relation = any(${relations}::int2[])
      join object on object.id = e.object
      where ${liveAt(sql, sql`e`, clock)}
      limit ${limit + 1}`,
  );
  return portionOf(rows, limit, (row) => reverseEdgeOf(row, terms));
}

/** Types are named from memory: joined to the terms, every object would be held against every type of the model. */
export async function readNames(
  sql: TransactionSql,
  terms: Terms,
  nodes: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, ObjectRef>> {
  const rows = rowsOf(
    await sql<{ id: number; type: number; name: string }[]>`
      select id, type, name from object where id = any(${nodes.filter((node) => node >= firstObject)}::int8[])`,
  );
  return new Map(
    rows.flatMap(({ id, type: number, name }) => {
      const type = terms.type.nameOf(number);
      return type === undefined ? [] : [[id, objectOf(type, name)] as const];
    }),
  );
}

/** Each source is a range of the primary key in the order of its subjects; a page reads only the head of each. */
export async function readSubjects(
  sql: TransactionSql,
  terms: Terms,
  { sources, type, relation }: SubjectQuery,
  clock: SnapshotClock,
  after: NodeId,
  limit: number,
): Promise<readonly NodeId[]> {
  const typeNumber = terms.type.numberOf(type);
  const setNumber = relation === undefined ? 0 : terms.relation.numberOf(relation);
  const known = sources.flatMap((source) => {
    const number = terms.relation.numberOf(source.relation);
    return number === undefined || source.object < 0 ? [] : [{ object: source.object, relation: number }];
  });
  if (typeNumber === undefined || setNumber === undefined || known.length === 0) return [];
  const { base, first, end } = packedRange(setNumber);
  const rows = rowsOf(
    await sql<{ subject: number }[]>`
      select distinct head.subject
      from unnest(${known.map(({ object }) => object)}::int8[], ${known.map((one) => one.relation)}::int2[])
        as q (object, relation)
      cross join lateral (
        select e.subject from relationship e
        where e.object = q.object and e.relation = q.relation
          and e.subject > ${Math.max(base + after, first - 1)}::int8
          and e.subject < ${end}::int8
          and e.subject_type = ${typeNumber}
          and ${liveAt(sql, sql`e`, clock)}
        order by e.subject
        limit ${limit}
      ) head
      order by head.subject
      limit ${limit}`,
  );
  return rows.map(({ subject }) => subject - base);
}

/** Contextual edges have no origin here, even where they hide a stored one. */
export async function readOrigins(
  sql: TransactionSql,
  terms: Terms,
  edges: readonly Edge[],
): Promise<readonly (EdgeOrigin | undefined)[]> {
  const keys = edges.flatMap((edge, position) => {
    const relation = terms.relation.numberOf(edge.relation);
    const subject = packEdgeSubject(edge.subject, terms);
    return relation === undefined || subject === undefined || edge.isContextual
      ? []
      : [{ position, object: edge.object, relation, subject }];
  });
  const rows = rowsOf(
    await sql<(OriginRow & { position: number })[]>`
      select q.position::int4 as position, e.created_at, e.created_by, e.starts_at, e.expires_at
      from unnest(
        ${keys.map(({ object }) => object)}::int8[],
        ${keys.map(({ relation }) => relation)}::int2[],
        ${keys.map(({ subject }) => subject)}::int8[]
      ) with ordinality as q (object, relation, subject, position)
      join relationship e on e.object = q.object and e.relation = q.relation and e.subject = q.subject`,
  );
  const origins = new Map(rows.map((row) => [keys[row.position - 1]?.position, originOf(row)]));
  return edges.map((_, position) => origins.get(position));
}

export interface ReverseRow {
  readonly object: number;
  readonly object_type: number;
  readonly relation: number;
  readonly subject: number;
  readonly subject_type: number;
}

export function packedSubjects({ objects, sets, wildcards }: ReverseQuery, terms: Terms): number[] {
  return [
    ...objects.filter((node) => node >= 0),
    ...sets.flatMap(({ node, relation: name }) => {
      const relation = terms.relation.numberOf(name);
      return relation === undefined || node < 0 ? [] : [packSubject({ kind: 'set', object: node, relation })];
    }),
    ...wildcards.flatMap((type) => terms.type.numberOf(type) ?? []),
  ];
}

export function reverseEdgeOf(row: ReverseRow, terms: Terms): ReverseEdge | undefined {
  const objectType = terms.type.nameOf(row.object_type);
  const relation = terms.relation.nameOf(row.relation);
  const subject = edgeSubjectOf(row, terms);
  if (objectType === undefined || relation === undefined || subject === undefined) return undefined;
  return { object: row.object, objectType, relation, subject };
}

function objectOf(type: string, name: string): ObjectRef {
  const object = makeObjectRef(type, name);
  if (!object.ok) throw new Error(`A stored object is damaged: ${object.problem}`);
  return object.value;
}
