import type { GrantFilter, GrantRange, GrantRead, NodeId, Part, Portion } from '../../../engine/ports.ts';
import type { Relation } from '../../../model/model.ts';
import { firstObject, firstSetSubject } from '../../packed-subject.ts';
import { portionOf } from '../../portion-of.ts';
import { rowsOf } from '../connect.ts';
import { liveAt, thereAt } from '../live-at.ts';
import type { EdgeColumns } from '../read-edges.ts';
import { type GrantRow, grantReadOf, partOf, type StatementInputs } from '../read-review.ts';
import type { TransactionSql } from '../sql.ts';
import { different, edgeColumns } from './edges.ts';
import { readStoredObjects } from './name-rows.ts';

/** So many relationships are looked at for the parts of one portion at once. */
const partsAtOnce = 1000;

/** In the order of the parents' numbers. The types of objects are not on the servers that have the relationships, so they are looked up portion by portion. */
export async function readParts(
  sql: TransactionSql,
  { terms, clock, edgeOf }: StatementInputs,
  parents: readonly NodeId[],
  relations: readonly Relation[],
  limit: number,
): Promise<Portion<Part>> {
  const wanted = wantedOf(relations, terms);
  const numbers = different([...wanted.values()].flatMap((some) => [...some]));
  if (parents.length === 0 || numbers.length === 0) return { items: [], isWhole: true };
  const found: Parameters<typeof partOf>[0][] = [];
  for (
    let last: Pick<EdgeColumns, 'object' | 'relation' | 'subject'> | undefined = {
      subject: -1,
      relation: 0,
      object: 0,
    };
    last !== undefined;
  ) {
    const rows: readonly EdgeColumns[] = rowsOf(
      await sql<EdgeColumns[]>`
        select ${edgeColumns(sql)} from relationship e
        where e.subject = any(${different(parents)}::int8[]) and e.relation = any(${numbers}::int2[])
          and (e.subject, e.relation, e.object) > (${last.subject}::int8, ${last.relation}::int2, ${last.object}::int8)
          and ${liveAt(sql, sql`e`, clock)}
        order by e.subject, e.relation, e.object
        limit ${partsAtOnce}::int8`,
    );
    const objects = await readStoredObjects(
      sql,
      rows.map(({ object }) => object),
    );
    for (const row of rows) {
      const object = objects.get(row.object);
      if (object !== undefined && wanted.get(object.type)?.has(row.relation)) found.push({ ...object, ...row });
    }
    last = rows.length < partsAtOnce || found.length > limit ? undefined : rows.at(-1);
  }
  return portionOf(found.slice(0, limit + 1), limit, (row) => partOf(row, terms, edgeOf));
}

/** For each type, the relations of it. */
function wantedOf(
  relations: readonly Relation[],
  terms: StatementInputs['terms'],
): ReadonlyMap<number, ReadonlySet<number>> {
  const wanted = new Map<number, Set<number>>();
  for (const { type, name } of relations) {
    const [ofType, relation] = [terms.type.numberOf(type), terms.relation.numberOf(name)];
    if (ofType === undefined || relation === undefined) continue;
    wanted.set(ofType, (wanted.get(ofType) ?? new Set()).add(relation));
  }
  return wanted;
}

export async function readGrants(
  sql: TransactionSql,
  { terms, clock, edgeOf }: StatementInputs,
  ranges: readonly GrantRange[],
  { subjectNumber, expiresBefore, withoutEnd }: GrantFilter & { readonly subjectNumber: number | undefined },
  limit: number,
): Promise<GrantRead> {
  const before = expiresBefore?.toISOString() ?? null;
  const objects = ranges.map(({ object }) => object);
  const rows = rowsOf(
    await sql<Omit<GrantRow, 'subject_name'>[]>`
      select q.range::int4 as range, ${edgeColumns(sql)}, e.starts_at, e.expires_at, e.created_at, e.created_by
      from unnest(
        ${objects}::int8[],
        ${ranges.map(({ relation }) => terms.relation.numberOf(relation) ?? 0)}::int2[],
        ${ranges.map(({ after }) => after)}::int8[],
        ${ranges.map(({ end }) => end?.toISOString() ?? null)}::timestamptz[]
      ) with ordinality as q (object, relation, after, ends, range)
      join relationship e on e.object = q.object and e.relation = q.relation
      where e.object = any(${different(objects)}::int8[])
        and e.subject > q.after and e.subject < ${firstSetSubject}::int8
        ${subjectNumber === undefined ? sql`` : sql`and e.subject = ${subjectNumber}::int8`}
        and ${thereAt(sql, sql`e`, clock.now)}
        and (${before}::text::timestamptz is null or least(q.ends, e.expires_at) < ${before}::text::timestamptz)
        and (not ${withoutEnd}::boolean or (q.ends is null and e.expires_at is null))
      order by q.range, e.subject
      limit ${limit}::int8`,
  );
  const subjects = await readStoredObjects(
    sql,
    rows.flatMap(({ subject }) => (subject >= firstObject ? [subject] : [])),
  );
  const named = rows.map((row) => ({ ...row, subject_name: subjects.get(row.subject)?.name ?? null }));
  return grantReadOf(named, limit, terms, edgeOf);
}
