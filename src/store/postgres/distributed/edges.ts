import type {
  Edge,
  EdgeAnswer,
  EdgeOrigin,
  EdgeQuery,
  EdgeSource,
  NodeId,
  Portion,
  ReverseEdge,
  ReverseQuery,
  SubjectQuery,
} from '../../../engine/ports.ts';
import { packEdgeSubject } from '../../edge-subject.ts';
import { packedRange } from '../../packed-subject.ts';
import { portionOf } from '../../portion-of.ts';
import type { Terms } from '../../terms.ts';
import { type Fragment, rowsOf } from '../connect.ts';
import { type OriginRow, originOf } from '../edge-origin.ts';
import { liveAt, type SnapshotClock } from '../live-at.ts';
import { isPackedObject, isPackedSet } from '../packed-subject.ts';
import { type EdgeColumns, edgeOf, edgesOfRows, probeNumbers, sourceNumbers } from '../read-edges.ts';
import { packedSubjects, type ReverseRow, reverseEdgeOf } from '../read-neighbours.ts';
import { keyOf, type RelationshipKey } from '../relationship-key.ts';
import { sentTogether } from '../sent-together.ts';
import type { TransactionSql } from '../sql.ts';
import { readStoredObjects } from './name-rows.ts';

/**
 * Edges by plain lists: each statement is about `relationship` alone, and says as a list which objects it is about, so that only the
 * servers are asked that have them. Which of them belongs to which relation is a join with that very list.
 */

interface SourceNumbers {
  readonly objects: readonly number[];
  readonly relations: readonly number[];
}

/** A statement for each of the three kinds, sent at once: a union of them would not go to the servers. */
export async function readEdges(
  sql: TransactionSql,
  terms: Terms,
  query: EdgeQuery,
  clock: SnapshotClock,
): Promise<EdgeAnswer> {
  const sets = sourceNumbers(query.sets, terms);
  const objects = sourceNumbers(query.objects, terms);
  const [direct, ofSets, ofObjects] = await sentTogether([
    readDirect(sql, probeNumbers(query, terms), clock),
    readFrom(sql, sets, isPackedSet, clock),
    readFrom(sql, objects, isPackedObject, clock),
  ]);
  return {
    direct: await edgesOfRows(direct, terms),
    sets: await edgesOfRows(ofSets, terms),
    objects: await edgesOfRows(ofObjects, terms),
  };
}

async function readDirect(
  sql: TransactionSql,
  { objects, relations, subjects }: ReturnType<typeof probeNumbers>,
  clock: SnapshotClock,
): Promise<readonly EdgeColumns[]> {
  if (objects.length === 0) return [];
  return rowsOf(
    await sql<EdgeColumns[]>`
      select ${edgeColumns(sql)}
      from unnest(${objects}::int8[], ${relations}::int2[], ${subjects}::int8[]) as q (object, relation, subject)
      join relationship e on e.object = q.object and e.relation = q.relation and e.subject = q.subject
      where e.object = any(${different(objects)}::int8[]) and e.subject = any(${different(subjects)}::int8[])
        and ${liveAt(sql, sql`e`, clock)}`,
  );
}

async function readFrom(
  sql: TransactionSql,
  { objects, relations }: SourceNumbers,
  /** Made in here: whatever of `sql` throws in between would leave the statement before it to nobody. */
  isAsked: typeof isPackedSet,
  clock: SnapshotClock,
): Promise<readonly EdgeColumns[]> {
  if (objects.length === 0) return [];
  return rowsOf(
    await sql<EdgeColumns[]>`
      select ${edgeColumns(sql)} ${fromSources(sql, { objects, relations })} and ${isAsked(sql, sql`e.subject`)}
        and ${liveAt(sql, sql`e`, clock)}`,
  );
}

export async function readEdgesFrom(
  sql: TransactionSql,
  terms: Terms,
  sources: readonly EdgeSource[],
  clock: SnapshotClock,
  limit: number,
): Promise<Portion<Edge>> {
  const stored = sourceNumbers(
    sources.filter(({ object }) => object >= 0),
    terms,
  );
  if (stored.objects.length === 0) return { items: [], isWhole: true };
  const rows = rowsOf(
    await sql<EdgeColumns[]>`
      select ${edgeColumns(sql)} ${fromSources(sql, stored)} and ${liveAt(sql, sql`e`, clock)}
      limit ${limit + 1}::int8`,
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
    await sql<Omit<ReverseRow, 'object_type'>[]>`
      select e.object, e.relation, e.subject, e.subject_type
      from relationship e
      where e.subject = any(${different(subjects)}::int8[]) and e.relation = any(${relations}::int2[])
        and ${liveAt(sql, sql`e`, clock)}
      limit ${limit + 1}::int8`,
  );
  const objects = await readStoredObjects(
    sql,
    rows.map(({ object }) => object),
  );
  return portionOf(rows, limit, (row) => {
    const object = objects.get(row.object);
    return object && reverseEdgeOf({ ...row, object_type: object.type }, terms);
  });
}

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
  const known = sourceNumbers(
    sources.filter(({ object }) => object >= 0),
    terms,
  );
  if (typeNumber === undefined || setNumber === undefined || known.objects.length === 0) return [];
  const { base, first, end } = packedRange(setNumber);
  const rows = rowsOf(
    await sql<{ subject: number }[]>`
      select distinct e.subject ${fromSources(sql, known)}
        and e.subject > ${Math.max(base + after, first - 1)}::int8 and e.subject < ${end}::int8
        and e.subject_type = ${typeNumber}::int2 and ${liveAt(sql, sql`e`, clock)}
      order by e.subject
      limit ${limit}::int8`,
  );
  return rows.map(({ subject }) => subject - base);
}

export async function readOrigins(
  sql: TransactionSql,
  terms: Terms,
  edges: readonly Edge[],
): Promise<readonly (EdgeOrigin | undefined)[]> {
  const keys = edges.map((edge): RelationshipKey | undefined => {
    const relation = terms.relation.numberOf(edge.relation);
    const subject = packEdgeSubject(edge.subject, terms);
    if (relation === undefined || subject === undefined || edge.isContextual) return undefined;
    return { object: edge.object, relation, subject };
  });
  const stored = keys.filter((key) => key !== undefined);
  if (stored.length === 0) return edges.map(() => undefined);
  const rows = rowsOf(
    await sql<(OriginRow & RelationshipKey)[]>`
      select e.object, e.relation, e.subject, e.created_at, e.created_by, e.starts_at, e.expires_at ${fromKeys(sql, stored)}`,
  );
  const origins = new Map(rows.map((row) => [keyOf(row), originOf(row)]));
  return keys.map((key) => key && origins.get(keyOf(key)));
}

/** The rows `e` of sources, and the beginning of a condition. */
export function fromSources(sql: TransactionSql, { objects, relations }: SourceNumbers): Fragment {
  return sql`
    from unnest(${[...objects]}::int8[], ${[...relations]}::int2[]) as q (object, relation)
    join relationship e on e.object = q.object and e.relation = q.relation
    where e.object = any(${different(objects)}::int8[])`;
}

/** The rows `e` with these keys, and the beginning of a condition. */
export function fromKeys(sql: TransactionSql, keys: readonly RelationshipKey[]): Fragment {
  const [objects, subjects] = [keys.map(({ object }) => object), keys.map(({ subject }) => subject)];
  return sql`
    from unnest(${objects}::int8[], ${keys.map(({ relation }) => relation)}::int2[], ${subjects}::int8[])
      as q (object, relation, subject)
    join relationship e on e.object = q.object and e.relation = q.relation and e.subject = q.subject
    where e.object = any(${different(objects)}::int8[])`;
}

export function edgeColumns(sql: TransactionSql): Fragment {
  return sql`e.object, e.relation, e.subject, e.subject_type, e.condition, e.context`;
}

/** Each number once. */
export function different(numbers: readonly number[]): number[] {
  return [...new Set(numbers)];
}
