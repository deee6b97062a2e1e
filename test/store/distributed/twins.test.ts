import { isDeepStrictEqual } from 'node:util';
import { getTableColumns } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beforeEachStatement } from '../../../src/store/postgres/before-each-statement.ts';
import { openConnection } from '../../../src/store/postgres/connect.ts';
import type { Connection } from '../../../src/store/postgres/connection.ts';
import { playedShapes } from '../../../src/store/postgres/distributed/distributed-shapes.ts';
import { usualHeldMs } from '../../../src/store/postgres/distributed/held-state.ts';
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
  try {
    return await reading(shapes, asked);
  } finally {
    await connection.sql.unsafe('rollback to savepoint twin');
  }
}

/** What one server says by each of the clocks, where several say the same. */
async function answersOf(reading: Reading): Promise<readonly unknown[]> {
  await connection.sql.unsafe('begin isolation level repeatable read');
  try {
    const answers: unknown[] = [];
    for (const clock of clocks) {
      const asked = await askedOf(connection.sql, clock);
      const one = await said(reading, plainShapes, asked);
      expect(await said(reading, playedShapes(usualHeldMs), asked), JSON.stringify(clock)).toEqual(one);
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

/** Those whose turn is over are stopped at whatever they ask next. What they had begun must not fail for nobody: that ends a process. */
describe('whoever is stopped at a statement', () => {
  const cases = (Object.keys(twins) as TwinName[]).flatMap((name) =>
    twins[name].slice(0, 1).map(({ reading }) => [name, reading] as const),
  );

  class Stopped extends Error {}

  /** Whether it came to an end before. */
  async function isDoneWithin(statements: number, reading: Reading): Promise<boolean> {
    let count = 0;
    const asked = await askedOf(connection.sql, { now: '2030-01-01', begunBy: '2030-01-01' });
    const sql = beforeEachStatement(connection.sql, () => {
      count += 1;
      if (count > statements) throw new Stopped();
    });
    const stopped = said((shapes) => reading(shapes, { ...asked, sql }), playedShapes(usualHeldMs), asked).catch(
      (error) => error,
    );
    return !((await stopped) instanceof Stopped);
  }

  test.each(cases)('in %s is stopped once', async (_name, reading) => {
    const unhandled: unknown[] = [];
    const note = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', note);
    await connection.sql.unsafe('begin isolation level repeatable read');
    for (let statements = 0; statements < most; statements++) {
      if (await isDoneWithin(statements, reading)) break;
    }
    await connection.sql.unsafe('rollback');
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  /** Statements and parts of them. */
  const most = 60;
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
