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
import { firstObject, firstSetSubject, packedRange } from '../../packed-subject.ts';
import { portionOf } from '../../portion-of.ts';
import type { Terms } from '../../terms.ts';
import { type Fragment, rowsOf } from '../connect.ts';
import { type OriginRow, originOf } from '../edge-origin.ts';
import { liveAt, type SnapshotClock } from '../live-at.ts';
import { isPackedSet } from '../packed-subject.ts';
import { type EdgeColumns, edgeOf, edgesOfRows, probeNumbers, sourceNumbers } from '../read-edges.ts';
import { packedSubjects, type ReverseRow, reverseEdgeOf } from '../read-neighbours.ts';
import { keyOf, type RelationshipKey } from '../relationship-key.ts';
import { sentTogether } from '../sent-together.ts';
import type { TransactionSql } from '../sql.ts';
import { different, type EdgeKey } from './boxes.ts';
import { readStoredObjects } from './name-rows.ts';
import { type OfRows, readByKeys, statementsByKeys } from './read-by-keys.ts';

/** Edges by their keys: each statement is about `relationship` alone. */

/** The three kinds, sent at once: a union of them would not go to the servers. */
export async function readEdges(
  sql: TransactionSql,
  terms: Terms,
  query: EdgeQuery,
  clock: SnapshotClock,
): Promise<EdgeAnswer> {
  const read = (keys: readonly EdgeKey[], isAsked: OfRows['condition']) =>
    readByKeys<EdgeColumns>(sql, keys, {
      columns: edgeColumns,
      condition: (one) => one`${isAsked(one)} and ${liveAt(one, one`e`, clock)}`,
    });
  const [direct, sets, objects] = await sentTogether([
    read(probeKeys(query, terms), (one) => one`true`),
    read(sourceKeys(query.sets, terms), (one) => isPackedSet(one, one`e.subject`)),
    read(sourceKeys(query.objects, terms), isToObject),
  ]);
  return {
    direct: await edgesOfRows(direct, terms),
    sets: await edgesOfRows(sets, terms),
    objects: await edgesOfRows(objects, terms),
  };
}

/** No index is told of the least: where nothing is known of the table, both ends would be taken for so few that all of them are read. */
function isToObject(sql: TransactionSql): Fragment {
  return sql`e.subject < ${firstSetSubject}::int8 and e.subject + 0 >= ${firstObject}::int8`;
}

function probeKeys(query: EdgeQuery, terms: Terms): readonly EdgeKey[] {
  const { objects, relations, subjects } = probeNumbers(query, terms);
  return objects.map((object, index) => ({ object, relation: relations[index] ?? 0, subject: subjects[index] ?? 0 }));
}

function sourceKeys(sources: readonly EdgeSource[], terms: Terms): readonly EdgeKey[] {
  const { objects, relations } = sourceNumbers(sources, terms);
  return objects.map((object, index) => ({ object, relation: relations[index] ?? 0, subject: undefined }));
}

/** Those that are only of a question have no rows. */
function storedKeys(sources: readonly EdgeSource[], terms: Terms): readonly EdgeKey[] {
  return sourceKeys(
    sources.filter(({ object }) => object >= 0),
    terms,
  );
}

export async function readEdgesFrom(
  sql: TransactionSql,
  terms: Terms,
  sources: readonly EdgeSource[],
  clock: SnapshotClock,
  limit: number,
): Promise<Portion<Edge>> {
  const statements = statementsByKeys<EdgeColumns>(sql, storedKeys(sources, terms), {
    columns: edgeColumns,
    condition: (one) => liveAt(one, one`e`, clock),
    end: (one) => one`limit ${limit + 1}::int8`,
  });
  const rows: EdgeColumns[] = [];
  for (const read of statements) {
    if (rows.length <= limit) rows.push(...(await read()));
  }
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
  if (typeNumber === undefined || setNumber === undefined) return [];
  const { base, first, end } = packedRange(setNumber);
  const what: OfRows = {
    columns: (one) => one`distinct e.subject`,
    condition: (one) => one`
      e.subject > ${Math.max(base + after, first - 1)}::int8 and e.subject < ${end}::int8
      and e.subject_type = ${typeNumber}::int2 and ${liveAt(one, one`e`, clock)}`,
    end: (one) => one`order by e.subject limit ${limit}::int8`,
  };
  const keys = storedKeys(sources, terms);
  // Of a source that is alone, only the first ones are read.
  const parts = keys.length <= fewSources ? keys.map((key) => [key]) : [keys];
  const found = await sentTogether(parts.map((part) => readByKeys<{ subject: number }>(sql, part, what)));
  const subjects = different(found.flat().map(({ subject }) => subject));
  return subjects.slice(0, limit).map((subject) => subject - base);
}

/** So many sources are read by a statement each. */
const fewSources = 8;

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
  const rows = await readByKeys<OriginRow & RelationshipKey>(sql, stored, {
    columns: (one) => one`e.object, e.relation, e.subject, e.created_at, e.created_by, e.starts_at, e.expires_at`,
    condition: (one) => one`true`,
  });
  const origins = new Map(rows.map((row) => [keyOf(row), originOf(row)]));
  return keys.map((key) => key && origins.get(keyOf(key)));
}

export function edgeColumns(sql: TransactionSql): Fragment {
  return sql`e.object, e.relation, e.subject, e.subject_type, e.condition, e.context`;
}
