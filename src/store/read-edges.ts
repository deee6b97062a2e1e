import type { Edge, EdgeAnswer, EdgeQuery, EdgeSource } from '../engine/ports.ts';
import type { Context } from '../model/relationship.ts';
import { rowsOf, type TransactionSql } from './connect.ts';
import { edgeSubjectOf } from './edge-subject.ts';
import { firstObject, firstSetSubject } from './tables.ts';
import type { Terms } from './terms.ts';

/** An edge as it is stored. */
export interface EdgeColumns {
  readonly object: number;
  readonly relation: number;
  readonly subject: number;
  readonly subject_type: number;
  readonly condition: number | null;
  readonly context: Readonly<Record<string, unknown>> | null;
}

interface EdgeRow extends EdgeColumns {
  readonly part: 'direct' | 'sets' | 'objects';
}

/** All edges that one level of an evaluation needs, with one statement: three ranges of the primary key. */
export async function readEdges(sql: TransactionSql, terms: Terms, query: EdgeQuery, now: string): Promise<EdgeAnswer> {
  const probes = probeNumbers(query, terms);
  const sets = sourceNumbers(query.sets, terms);
  const objects = sourceNumbers(query.objects, terms);
  const rows = rowsOf(
    await sql<EdgeRow[]>`
      select 'direct' as part, e.object, e.relation, e.subject, e.subject_type, e.condition, e.context
      from unnest(${listText(probes.objects)}::int8[], ${listText(probes.relations)}::int2[], ${listText(probes.subjects)}::int8[])
        as q (object, relation, subject)
      join relationship e on e.object = q.object and e.relation = q.relation and e.subject = q.subject
      where e.expires_at is null or e.expires_at > ${now}::text::timestamptz
      union all
      select 'sets', e.object, e.relation, e.subject, e.subject_type, e.condition, e.context
      from unnest(${listText(sets.objects)}::int8[], ${listText(sets.relations)}::int2[]) as q (object, relation)
      join relationship e on e.object = q.object and e.relation = q.relation and e.subject >= ${firstSetSubject}::int8
      where e.expires_at is null or e.expires_at > ${now}::text::timestamptz
      union all
      select 'objects', e.object, e.relation, e.subject, e.subject_type, e.condition, e.context
      from unnest(${listText(objects.objects)}::int8[], ${listText(objects.relations)}::int2[]) as q (object, relation)
      join relationship e on e.object = q.object and e.relation = q.relation
        and e.subject >= ${firstObject}::int8 and e.subject < ${firstSetSubject}::int8
      where e.expires_at is null or e.expires_at > ${now}::text::timestamptz`,
  );
  const answer = { direct: [] as Edge[], sets: [] as Edge[], objects: [] as Edge[] };
  for (const row of rows) {
    const edge = edgeOf(row, terms);
    if (edge !== undefined) answer[row.part].push(edge);
  }
  return answer;
}

/** A probe looks for two rows: the subject's own, and that of the wildcard of its type, which many may look for. */
function probeNumbers({ direct }: EdgeQuery, terms: Terms) {
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
