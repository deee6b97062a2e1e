import { isDeepStrictEqual } from 'node:util';
import { getTableColumns } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openConnection } from '../../../src/store/postgres/connect.ts';
import type { Connection } from '../../../src/store/postgres/connection.ts';
import { playedShapes } from '../../../src/store/postgres/distributed/distributed-shapes.ts';
import { plainShapes } from '../../../src/store/postgres/plain-shapes.ts';
import type { Shapes } from '../../../src/store/postgres/shapes.ts';
import { change, relationship as table } from '../../../src/store/postgres/tables.ts';
import { useDatabase } from '../../support/database.ts';
import { usePostern } from '../../support/postern.ts';
import { type Asked, askedOf, clocks, seed } from './support/full-rows.ts';
import { type Reading, type TwinName, twins } from './support/twin-readings.ts';

/** Each statement for several servers says what its twin for one says, of rows that have everything that a row may have. */

const database = useDatabase();
const postern = usePostern(database, { playsCitus: true });
let connection: Connection;

beforeAll(async () => {
  connection = await openConnection(database(), { statementTimeoutMs: 10_000 });
  await seed(postern());
});

afterAll(() => connection.close());

/** What a statement says, and nothing of what it writes is left. */
async function said(reading: Reading, shapes: Shapes, asked: Asked): Promise<unknown> {
  await connection.sql.unsafe('savepoint twin');
  const answer = await reading(shapes, asked);
  await connection.sql.unsafe('rollback to savepoint twin');
  return answer;
}

/** What one server says by each of the clocks, where several say the same. */
async function answersOf(reading: Reading): Promise<readonly unknown[]> {
  await connection.sql.unsafe('begin isolation level repeatable read');
  try {
    const answers: unknown[] = [];
    for (const clock of clocks) {
      const asked = await askedOf(connection.sql, clock);
      const one = await said(reading, plainShapes, asked);
      expect(await said(reading, playedShapes, asked), JSON.stringify(clock)).toEqual(one);
      answers.push(one);
    }
    return answers;
  } finally {
    await connection.sql.unsafe('rollback');
  }
}

describe('on several servers as on one', () => {
  const cases = (Object.keys(twins) as TwinName[]).flatMap((name) =>
    twins[name].map(({ about, reading }, index) => [name, index, about, reading] as const),
  );

  test.each(cases)('%s, %i, of %s', async (_name, _index, about, reading) => {
    const answers = await answersOf(reading);
    const [, now, asIfBegun] = answers;
    const depends = answers.some((answer) => !isDeepStrictEqual(answer, now));
    const foresees = !isDeepStrictEqual(now, asIfBegun);
    const found = foresees ? 'what counts' : depends ? 'what is there' : 'everything';
    expect(found).toBe(about);
  });
});

/** A column that no row has would be missed by nobody. */
test.each([
  ['relationship', table],
  ['change', change],
] as const)('rows of "%s" have every column, and go without each that they may go without', async (name, columns) => {
  const rows = await connection.sql.unsafe(`select * from ${name}`);
  for (const { name: column, notNull } of Object.values(getTableColumns<typeof table | typeof change>(columns))) {
    expect([column, rows.some((row) => row[column] !== null)]).toEqual([column, true]);
    expect([column, rows.some((row) => row[column] === null)]).toEqual([column, !notNull]);
  }
});
