import type { RelationshipCursor } from '../../relationship-page.ts';
import { rowsOf } from '../connect.ts';
import type { TransactionSql } from '../sql.ts';
import {
  cursorOf,
  type ExaminedRow,
  type Found,
  readNextRows,
  readSomeRows,
  rowsAtOnce,
  type Search,
} from './examined-rows.ts';
import { readStoredObjects } from './name-rows.ts';
import { growth, readFirst } from './read-in-order.ts';
import type { RelationshipColumns } from './relationship-columns.ts';

/** A place in a list of objects by their names, each with what is written for it. */
interface NamePlace {
  readonly name: string;
  /** Whether the object of this name is still to come. */
  readonly isAhead: boolean;
  /** Where in the object of this name; undefined where nothing more of it is to come, or all. */
  readonly within: RelationshipCursor | undefined;
}

/** What was looked at on the way from one place to the next, which is undefined at the end of the list, and may be in the same object. */
interface Step {
  readonly rows: readonly ExaminedRow[];
  readonly examined: number;
  readonly next: { readonly name: string | undefined; readonly cursor: RelationshipCursor } | undefined;
}

interface Allowance {
  readonly objects: number;
  readonly rows: number;
}

const objectsAtOnce = 500;
/** Behind all that an object could have: larger than all numbers of relations and of subjects. */
const behindAll = { relation: 32767, subject: Number.MAX_SAFE_INTEGER };

/** Objects of a type in the order of their names, each with what is written for it. */
export async function findByName(sql: TransactionSql, search: Search, type: number): Promise<Found> {
  const found: RelationshipColumns[] = [];
  let place = await placeOf(sql, search.after, type);
  let end = search.after;
  let left = search.maxExamined;
  for (let size = search.limit; left > 0; size *= growth) {
    const allowance = { objects: Math.min(size, objectsAtOnce, left), rows: Math.min(rowsAtOnce, left) };
    const step = place.within
      ? await goOnWithin(sql, search, place.within, allowance)
      : await goOnBehind(sql, search, type, place, allowance);
    found.push(...step.rows.filter(({ matches }) => matches === true));
    if (found.length >= search.limit) return { rows: found.slice(0, search.limit), end: undefined };
    if (step.next === undefined) return { rows: found, end: undefined };
    const { name = place.name, cursor } = step.next;
    place = { name, isAhead: false, within: cursor.subject === behindAll.subject ? undefined : cursor };
    end = cursor;
    left -= step.examined;
  }
  return { rows: found, end };
}

/** A place may be of a list of other objects. */
async function placeOf(sql: TransactionSql, after: RelationshipCursor | undefined, type: number): Promise<NamePlace> {
  if (after === undefined) return { name: '', isAhead: true, within: undefined };
  const object = (await readStoredObjects(sql, [after.object])).get(after.object);
  const isWithin = after.subject !== behindAll.subject;
  const within = isWithin && object?.type === type ? after : undefined;
  return { name: object?.name ?? '', isAhead: isWithin && within === undefined, within };
}

/** What is still to come of one object. */
async function goOnWithin(
  sql: TransactionSql,
  search: Search,
  within: RelationshipCursor,
  { rows: limit }: Allowance,
): Promise<Step> {
  const rows = await readRowsOf(sql, search, within.object, within, limit);
  const last = rows.length < limit ? undefined : rows.at(-1);
  const next = last === undefined ? { object: within.object, ...behindAll } : cursorOf(last);
  return { rows, examined: rows.length, next: { name: undefined, cursor: next } };
}

/** The next objects, as many as have no more than may be looked at, or the first ones of the next one. */
async function goOnBehind(
  sql: TransactionSql,
  search: Search,
  type: number,
  place: NamePlace,
  allowance: Allowance,
): Promise<Step> {
  const objects = await readObjectsFrom(sql, type, place, allowance.objects);
  if (objects.length === 0) return { rows: [], examined: 0, next: undefined };
  const { rows, count } = await readFirst(objects, allowance.rows, ([one, ...others]) =>
    one !== undefined && others.length === 0
      ? readRowsOf(sql, search, one.id, undefined, allowance.rows)
      : readSomeRows(
          sql,
          search,
          [one, ...others].flatMap((some) => some?.id ?? []),
          allowance.rows,
        ),
  );
  const [last, lastRow] = [objects[count - 1], rows.length < allowance.rows ? undefined : rows.at(-1)];
  if (last === undefined) throw new Error('Of several objects there is a last one.');
  const isEnd = lastRow === undefined && count === objects.length && count < allowance.objects;
  const cursor = lastRow === undefined ? { object: last.id, ...behindAll } : cursorOf(lastRow);
  return {
    rows: inOrderOf(objects, rows),
    examined: Math.max(count, rows.length),
    next: isEnd ? undefined : { name: last.name, cursor },
  };
}

function readRowsOf(
  sql: TransactionSql,
  search: Search,
  object: number,
  after: RelationshipCursor | undefined,
  limit: number,
): Promise<readonly ExaminedRow[]> {
  return readNextRows(sql, { ...search, numbers: { ...search.numbers, object } }, { after, limit });
}

interface NamedObject {
  readonly id: number;
  readonly name: string;
}

async function readObjectsFrom(
  sql: TransactionSql,
  type: number,
  { name, isAhead }: NamePlace,
  limit: number,
): Promise<readonly NamedObject[]> {
  return rowsOf(
    await sql<NamedObject[]>`
      select id, name from object
      where type = ${type}::int2 and ${isAhead ? sql`name >= ${name}` : sql`name > ${name}`}
      order by name limit ${limit}::int8`,
  );
}

function inOrderOf(objects: readonly NamedObject[], rows: readonly ExaminedRow[]): readonly ExaminedRow[] {
  const places = new Map(objects.map(({ id }, place) => [id, place]));
  const placeOfRow = ({ object }: ExaminedRow) => places.get(object) ?? 0;
  return rows.toSorted(
    (one, other) => placeOfRow(one) - placeOfRow(other) || one.relation - other.relation || one.subject - other.subject,
  );
}
