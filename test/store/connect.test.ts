import { expect, test } from 'vitest';
import { openConnection, rowsOf } from '../../src/store/postgres/connect.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();

/** A result as the driver would give it: rows, of which some may be missing, and how many the database sent. */
function resultOf(rows: readonly (number | undefined)[], count: number) {
  return Object.assign([...rows], { count });
}

/** Like the driver after an error: rows that were never set. */
function withHoles(length: number, rows: Readonly<Record<number, number>>, count: number) {
  return Object.assign(new Array<number>(length), rows, { count });
}

test.each<[what: string, result: readonly (number | undefined)[] & { readonly count: number }]>([
  ['a hole at its head', withHoles(2, { 1: 7 }, 2)],
  ['a hole at its end', withHoles(2, { 0: 7 }, 2)],
  ['nothing but holes', withHoles(2, {}, 2)],
  ['a hole beside all of its rows', withHoles(3, { 1: 7, 2: 8 }, 2)],
  ['an undefined row', resultOf([7, undefined], 2)],
  ['a row too few', resultOf([7], 2)],
  ['a row too many', resultOf([7, 8], 1)],
])('a result with %s is not taken for rows', (_what, result) => {
  expect(() => rowsOf(result)).toThrow(/^The database returned \d+ rows, but the driver \d+\.$/);
});

test('rows are rows', () => {
  expect([...rowsOf(resultOf([7, 0], 2))]).toEqual([7, 0]);
  expect([...rowsOf(resultOf([], 0))]).toEqual([]);
});

test('after an error in the middle of its rows, a connection answers the next question rightly or not at all', async () => {
  const connection = await openConnection(database(), { statementTimeoutMs: 5000 });
  const { sql } = connection;
  try {
    await expect(sql`select 1 / (5 - n) from generate_series(1, 10) n`).rejects.toThrow('division by zero');
    const next = sql<{ n: number }[]>`select n from generate_series(1, 3) n`;
    const rows = await next.then(rowsOf).catch(() => undefined);
    if (rows !== undefined) expect(rows.map(({ n }) => n)).toEqual([1, 2, 3]);
  } finally {
    await connection.close();
  }
});

test('numbers up to 2^53 come back as they are', async () => {
  const connection = await openConnection(database(), { statementTimeoutMs: 5000 });
  const { sql } = connection;
  const big = 2 ** 53 - 1;
  const [row] = rowsOf(await sql<{ n: number }[]>`select ${big}::int8 as n`);
  expect(row?.n).toBe(big);
  await connection.close();
});
