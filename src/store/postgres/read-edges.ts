import { turns } from '../../base/turns.ts';
import type { Edge, EdgeAnswer, EdgeQuery, EdgeSource } from '../../engine/ports.ts';
import type { Context } from '../../model/relationship.ts';
import { edgeSubjectOf } from '../edge-subject.ts';
import type { Terms } from '../terms.ts';
import { type Fragment, rowsOf } from './connect.ts';
import { liveAt, type SnapshotClock } from './live-at.ts';
import { isPackedObject, isPackedSet } from './packed-subject.ts';
import type { RowOf } from './row-of.ts';
import type { TransactionSql } from './sql.ts';
import type { relationship } from './tables.ts';

/** About a millisecond. */
const rowsBetweenPauses = 1000;

/** An edge as it is stored. */
export type EdgeColumns = Pick<
  RowOf<typeof relationship>,
  'object' | 'relation' | 'subject' | 'subject_type' | 'condition' | 'context'
>;

interface EdgeRow extends EdgeColumns {
  readonly part: 'direct' | 'sets' | 'objects';
}

/** All edges that one level of an evaluation needs, with one statement: three ranges of the primary key. */
export async function readEdges(
  sql: TransactionSql,
  terms: Terms,
  query: EdgeQuery,
  clock: SnapshotClock,
): Promise<EdgeAnswer> {
  const probes = probeNumbers(query, terms);
  const sets = sourceNumbers(query.sets, terms);
  const objects = sourceNumbers(query.objects, terms);
  const isSet = isPackedSet(sql, sql`r.subject`);
  const isObject = isPackedObject(sql, sql`r.subject`);
  const rows = rowsOf(
    await sql<EdgeRow[]>`
      ${edgesOf(sql, 'direct', probes, sql`r.subject = q.subject`, clock)}
      union all
      ${edgesOf(sql, 'sets', sets, isSet, clock)}
      union all
      ${edgesOf(sql, 'objects', objects, isObject, clock)}`,
  );
  const answer = { direct: [] as Edge[], sets: [] as Edge[], objects: [] as Edge[] };
  await inPauses(rows, (row) => {
    const edge = edgeOf(row, terms);
    if (edge !== undefined) answer[row.part].push(edge);
  });
  return answer;
}

/** The edges of many rows, with turns for others in between. */
export async function edgesOfRows(rows: readonly EdgeColumns[], terms: Terms): Promise<readonly Edge[]> {
  const edges: Edge[] = [];
  await inPauses(rows, (row) => {
    const edge = edgeOf(row, terms);
    if (edge !== undefined) edges.push(edge);
  });
  return edges;
}

async function inPauses<Row>(rows: readonly Row[], see: (row: Row) => void): Promise<void> {
  let read = 0;
  for (const row of rows) {
    see(row);
    read += 1;
    const rest = read % rowsBetweenPauses === 0 ? turns.pause() : undefined;
    if (rest !== undefined) await rest;
  }
}

/** Where edges start, and for each the one subject that is looked for, if it is one. */
interface SourceNumbers {
  readonly objects: readonly number[];
  readonly relations: readonly number[];
  readonly subjects?: readonly number[];
}

/**
 * The edges of each source `q`, to the subjects that are asked for. Each is looked up by its key (`offset 0` keeps the planner
 * to that): left to itself, a plan that was made for an empty table goes through all relationships for each check.
 */
function edgesOf(
  sql: TransactionSql,
  part: EdgeRow['part'],
  { objects, relations, subjects = [] }: SourceNumbers,
  isAsked: Fragment,
  clock: SnapshotClock,
) {
  return sql`
    select ${part}::text as part, e.object, e.relation, e.subject, e.subject_type, e.condition, e.context
    from unnest(${listText(objects)}::int8[], ${listText(relations)}::int2[], ${listText(subjects)}::int8[])
      as q (object, relation, subject)
    cross join lateral (
      select * from relationship r
      where r.object = q.object and r.relation = q.relation and ${isAsked}
        and ${liveAt(sql, sql`r`, clock)}
      offset 0
    ) e`;
}

/** A probe looks for two rows: the subject's own, and that of the wildcard of its type, which many may look for. */
export function probeNumbers({ direct }: EdgeQuery, terms: Terms) {
  const objects: number[] = [];
  const relations: number[] = [];
  const subjects: number[] = [];
  const wildcards = new Set<string>();
  const add = (object: number, relation: number, subject: number) => {
    objects.push(object);
    relations.push(relation);
    subjects.push(subject);
  };
  for (const { object, relation, subject, subjectType, asksWildcard } of direct) {
    const number = terms.relation.numberOf(relation);
    if (number === undefined) continue;
    if (subject !== undefined && subject >= 0) add(object, number, subject);
    const wildcard = asksWildcard ? terms.type.numberOf(subjectType) : undefined;
    const key = `${object} ${number} ${wildcard}`;
    if (wildcard === undefined || wildcards.has(key)) continue;
    wildcards.add(key);
    add(object, number, wildcard);
  }
  return { objects, relations, subjects };
}

/** Sources in the numbers of the store; a relation without one has no edges. */
export function sourceNumbers(sources: readonly EdgeSource[], terms: Terms) {
  const objects: number[] = [];
  const relations: number[] = [];
  for (const { object, relation } of sources) {
    const number = terms.relation.numberOf(relation);
    if (number === undefined) continue;
    objects.push(object);
    relations.push(number);
  }
  return { objects, relations };
}

/** Undefined for a row with a name that this model never had: it cannot matter to the model. */
export function edgeOf(row: EdgeColumns, terms: Terms): Edge | undefined {
  const relation = terms.relation.nameOf(row.relation);
  const subject = edgeSubjectOf(row, terms);
  if (relation === undefined || subject === undefined) return undefined;
  if (row.condition === null) return { object: row.object, relation, subject, condition: undefined };
  const name = terms.condition.nameOf(row.condition);
  if (name === undefined) return undefined;
  const context: Context = new Map(Object.entries(row.context ?? {}));
  return { object: row.object, relation, subject, condition: { name, context } };
}

/** Numbers as the database reads an array; the driver would look at each of them for characters to escape. */
function listText(numbers: readonly number[]): string {
  return `{${numbers.join(',')}}`;
}
