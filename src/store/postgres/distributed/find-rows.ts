import type { TransactionSql } from '../sql.ts';
import { cursorOf, type ExaminedRow, type Found, readNextRows, rowsAtOnce, type Search } from './examined-rows.ts';
import { findByName } from './find-by-name.ts';
import { readStoredObjects } from './name-rows.ts';
import { growth } from './read-in-order.ts';
import type { RelationshipColumns } from './relationship-columns.ts';

export function findRows(sql: TransactionSql, search: Search): Promise<Found> {
  const { type, object, subject } = search.numbers;
  if (type !== undefined && object === undefined && subject === undefined) return findByName(sql, search, type);
  return findByKey(sql, search);
}

/** Rows in the order of an index, some at a time, as those that do not match count, too. */
async function findByKey(sql: TransactionSql, search: Search): Promise<Found> {
  const found: RelationshipColumns[] = [];
  let { after } = search;
  let left = search.maxExamined;
  for (let size = search.limit; left > 0; size *= growth) {
    const limit = Math.min(size, rowsAtOnce, left);
    const rows = await readNextRows(sql, search, { after, limit });
    found.push(...(await matching(sql, search, rows)));
    const last = rows.at(-1);
    if (found.length >= search.limit) return { rows: found.slice(0, search.limit), end: undefined };
    if (rows.length < limit || last === undefined) return { rows: found, end: undefined };
    after = cursorOf(last);
    left -= limit;
  }
  return { rows: found, end: after };
}

/** The types of objects are not on the servers that have the rows. */
async function matching(
  sql: TransactionSql,
  { numbers: { type, object } }: Search,
  rows: readonly ExaminedRow[],
): Promise<readonly RelationshipColumns[]> {
  const some = rows.filter(({ matches }) => matches === true);
  if (type === undefined || object !== undefined) return some;
  const objects = await readStoredObjects(
    sql,
    some.map((row) => row.object),
  );
  return some.filter((row) => objects.get(row.object)?.type === type);
}
