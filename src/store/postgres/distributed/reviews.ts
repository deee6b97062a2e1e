import type { GrantFilter, GrantRange, GrantRead, NodeId, Part, Portion } from '../../../engine/ports.ts';
import type { Relation } from '../../../model/model.ts';
import { firstObject, firstSetSubject } from '../../packed-subject.ts';
import { portionOf } from '../../portion-of.ts';
import { type Fragment, rowsOf } from '../connect.ts';
import { liveAt, type SnapshotClock, thereAt } from '../live-at.ts';
import type { EdgeColumns } from '../read-edges.ts';
import { type GrantRow, grantReadOf, type PartRow, partOf, type StatementInputs } from '../read-review.ts';
import type { TransactionSql } from '../sql.ts';
import { different } from './boxes.ts';
import { edgeColumns } from './edges.ts';
import { readStoredObjects } from './name-rows.ts';
import { readBySubject } from './read-by-subject.ts';
import { growth, readInOrder } from './read-in-order.ts';

/** So many relationships are looked at for the parts of one portion at once, of which each time more are. */
const partsAtOnce = 1000;

/** The types of objects are not on the servers that have the relationships, so they are looked up portion by portion. */
export async function readParts(
  sql: TransactionSql,
  { terms, clock, edgeOf }: StatementInputs,
  parents: readonly NodeId[],
  relations: readonly Relation[],
  limit: number,
): Promise<Portion<Part>> {
  const wanted = wantedOf(relations, terms);
  const numbers = different([...wanted.values()].flatMap((some) => [...some]));
  if (numbers.length === 0) return { items: [], isWhole: true };
  const what = {
    columns: edgeColumns,
    condition: (one: TransactionSql) => one`e.relation = any(${numbers}::int2[]) and ${liveAt(one, one`e`, clock)}`,
  };
  const found: PartRow[] = [];
  let after: EdgeColumns | undefined;
  for (let size = limit + 1, isWhole = false; !isWhole && found.length <= limit; size *= growth) {
    const place = { after, limit: Math.min(size, partsAtOnce) };
    const rows = await readBySubject<EdgeColumns>(sql, parents, what, place);
    const objects = await readStoredObjects(
      sql,
      rows.map(({ object }) => object),
    );
    for (const row of rows) {
      const object = objects.get(row.object);
      if (object !== undefined && wanted.get(object.type)?.has(row.relation)) found.push({ ...object, ...row });
    }
    after = rows.at(-1);
    isWhole = rows.length < place.limit;
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

interface NumberedRange extends GrantRange {
  readonly range: number;
  readonly relationNumber: number;
}

type GrantColumns = Omit<GrantRow, 'subject_name'>;

/** Range by range, each from its head on; of many small ones by one statement. */
export async function readGrants(
  sql: TransactionSql,
  { terms, clock, edgeOf }: StatementInputs,
  ranges: readonly GrantRange[],
  filter: NumberedFilter,
  limit: number,
): Promise<GrantRead> {
  const numbered = ranges.map((one, index): NumberedRange => {
    return { ...one, range: index + 1, relationNumber: terms.relation.numberOf(one.relation) ?? 0 };
  });
  const rows = await readInOrder(
    numbered,
    limit,
    (some) =>
      some[1] === undefined ? readRange(sql, some, filter, clock, limit) : readRanges(sql, some, filter, clock, limit),
    (one, other) => one.range - other.range || one.subject - other.subject,
  );
  const subjects = await readStoredObjects(
    sql,
    rows.flatMap(({ subject }) => (subject >= firstObject ? [subject] : [])),
  );
  const named = rows.map((row) => ({ ...row, subject_name: subjects.get(row.subject)?.name ?? null }));
  return grantReadOf(named, limit, terms, edgeOf);
}

type NumberedFilter = GrantFilter & { readonly subjectNumber: number | undefined };

/** The first grants of one range. */
async function readRange(
  sql: TransactionSql,
  [one]: readonly NumberedRange[],
  filter: NumberedFilter,
  { now }: SnapshotClock,
  limit: number,
): Promise<readonly GrantColumns[]> {
  if (one === undefined) return [];
  const ends = sql`${one.end?.toISOString() ?? null}::text::timestamptz`;
  return rowsOf(
    await sql<GrantColumns[]>`
      select ${one.range}::int4 as range, ${grantColumns(sql)}
      from relationship e
      where e.object = ${one.object}::int8 and e.relation = ${one.relationNumber}::int2 and e.subject > ${one.after}::int8
        ${filter.subjectNumber === undefined ? sql`` : sql`and e.subject = ${filter.subjectNumber}::int8`}
        and ${isGrant(sql, filter, ends)} and ${thereAt(sql, sql`e`, now)}
      order by e.subject
      limit ${limit}::int8`,
  );
}

/** Some grants of several ranges, in no order. */
async function readRanges(
  sql: TransactionSql,
  ranges: readonly NumberedRange[],
  filter: NumberedFilter,
  { now }: SnapshotClock,
  limit: number,
): Promise<readonly GrantColumns[]> {
  const { subjectNumber } = filter;
  // With the others in the list, so that nobody begins with all that this subject has.
  const isOfSubject = subjectNumber === undefined ? sql`` : sql`and e.subject = q.subject`;
  const subjects = subjectNumber === undefined ? [] : ranges.map(() => subjectNumber);
  return rowsOf(
    await sql<GrantColumns[]>`
      select q.range::int4 as range, ${grantColumns(sql)}
      from unnest(
        ${ranges.map(({ range }) => range)}::int8[], ${ranges.map(({ object }) => object)}::int8[],
        ${ranges.map(({ relationNumber }) => relationNumber)}::int2[], ${ranges.map(({ after }) => after)}::int8[],
        ${ranges.map(({ end }) => end?.toISOString() ?? null)}::timestamptz[],
        ${subjects}::int8[]
      ) as q (range, object, relation, after, ends, subject)
      join relationship e on e.object = q.object and e.relation = q.relation and e.subject > q.after ${isOfSubject}
      where ${isGrant(sql, filter, sql`q.ends`)} and ${thereAt(sql, sql`e`, now)}
      limit ${limit}::int8`,
  );
}

function grantColumns(sql: TransactionSql): Fragment {
  return sql`${edgeColumns(sql)}, e.starts_at, e.expires_at, e.created_at, e.created_by`;
}

/** Whether the row `e` is a grant that is asked for, whoever has it, in a range that ends then. */
function isGrant(sql: TransactionSql, { expiresBefore, withoutEnd }: NumberedFilter, ends: Fragment): Fragment {
  const before = expiresBefore?.toISOString();
  return sql`e.subject < ${firstSetSubject}::int8
    ${before === undefined ? sql`` : sql`and least(${ends}, e.expires_at) < ${before}::text::timestamptz`}
    ${withoutEnd ? sql`and ${ends} is null and e.expires_at is null` : sql``}`;
}
