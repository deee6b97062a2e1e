import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkAtOnce } from '../../src/engine/check/check-at-once.ts';
import { checkInParts } from '../../src/engine/check/check-in-parts.ts';
import type { Postern } from '../../src/operations/postern.ts';
import { migrate } from '../../src/store/postgres/migrate.ts';
import { outcomeOf } from '../support/decide.ts';
import { localParser } from '../support/local-parser.ts';
import { openStore, type PostgresStore } from '../support/open-store.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { dsl, object, check as parseCheck } from '../support/parse.ts';
import { activate, publish, write } from '../support/postern.ts';
import { type PostgresPair, startPostgresPair } from '../support/postgres-pair.ts';

const banned = dsl({ user: {}, doc: { viewer: '[user]', banned: '[user]', reader: 'viewer but not banned' } });
const free = dsl({ user: {}, doc: { viewer: '[user]', banned: '[user]', reader: 'viewer' } });
const ann = 'doc:1#viewer@user:ann';
const ban = 'doc:1#banned@user:ann';
const request = { checks: [parseCheck('doc:1#reader@user:ann')], contextual: [] };

let pair: PostgresPair;
let store: PostgresStore;

const options = { connections: 4, statementTimeoutMs: 3000 };
const posternOf = (one: PostgresStore): Postern => ({
  store: one,
  platform: object('platform:main'),
  report: (_message, error) => {
    throw error;
  },
});
const answered = () => store.standbys.reduce((sum, { count }) => sum + count.answered, 0);

const ways: readonly (readonly [way: string, ask: () => Promise<string | undefined>])[] = [
  [
    'with one statement',
    async () => {
      const answer = await checkAtOnce(store.reader, () => request, { isWatched: () => false });
      return answer && outcomeOf(answer.decisions[0]);
    },
  ],
  [
    'in a snapshot',
    () =>
      store.checkReader(1).withSnapshot([object('doc:1')], async (snapshot) => {
        return outcomeOf((await checkInParts(snapshot, request)).decisions[0]);
      }),
  ],
];

async function start(): Promise<void> {
  pair = await startPostgresPair();
  await migrate(pair.primary.url);
  store = openStore(pair.primary.url, { ...options, standbys: [pair.standby.url] }, localParser);
  await publish(posternOf(store), banned);
  await write(posternOf(store), [ann]);
  await pair.untilCaughtUp();
  // What is active is known from a snapshot before.
  await store.reader.withSnapshot([], async () => undefined);
}

async function stop(): Promise<void> {
  await store.close();
  await pair[Symbol.asyncDispose]();
}

/** Until the standby answers, and not the primary in its place. */
async function untilAnswered(ask: () => Promise<unknown>): Promise<void> {
  const before = answered();
  const grown = async () => {
    await ask();
    return answered();
  };
  await expect.poll(grown, { timeout: 20_000 }).toBeGreaterThan(before);
}

/** What a copy has, whatever may be said of it. */
async function rowsOf(url: string): Promise<number> {
  const sql = connectAsOwner(url, 1);
  const [row] = await sql<{ rows: number }[]>`select count(*)::int4 as rows from relationship`;
  await sql.end();
  return row?.rows ?? -1;
}

describe('a standby that follows', () => {
  beforeAll(start);
  afterAll(stop);
  beforeEach(async () => {
    await pair.holdBack(false);
    await write(posternOf(store), [], [ban]).catch(() => undefined);
    for (const [, ask] of ways) await untilAnswered(ask);
  });

  test.each(ways)('answers %s, and never what was so before the question', async (_way, ask) => {
    const before = answered();
    for (let round = 0; round < 100; round += 1) {
      await write(posternOf(store), [ban]);
      expect(await ask()).toBe('denied');
      await write(posternOf(store), [], [ban]);
      expect(await ask()).toBe('allowed');
    }
    expect(answered() - before).toBeGreaterThan(20);
  });

  test.each(ways)('that is behind answers nothing %s, and answers again when it is there', async (_way, ask) => {
    await pair.holdBack(true);
    await write(posternOf(store), [ban]);
    const before = answered();
    for (let round = 0; round < 20; round += 1) expect(await ask()).toBe('denied');
    expect(answered()).toBe(before);
    expect([await rowsOf(pair.primary.url), await rowsOf(pair.standby.url)]).toEqual([2, 1]);
    await pair.holdBack(false);
    await untilAnswered(ask);
    expect(await ask()).toBe('denied');
  });

  test.each(ways)('that is behind by a model alone answers nothing %s', async (_way, ask) => {
    await write(posternOf(store), [ban]);
    await pair.holdBack(true);
    await publish(posternOf(store), free);
    for (let round = 0; round < 3; round += 1) expect(await ask()).toBe('allowed');
    await pair.holdBack(false);
    await untilAnswered(ask);
    expect(await ask()).toBe('allowed');
    await activate(posternOf(store), 1);
    expect(await ask()).toBe('denied');
  });

  test.each(ways)('that is silent keeps nobody waiting for long %s, and is asked again', async (_way, ask) => {
    await pair.standby.pause();
    for (let round = 0; round < 5; round += 1) expect(await ask()).toBe('allowed');
    await pair.standby.resume();
    await untilAnswered(ask);
  });
});

describe.each(ways)('a standby that was promoted answers nothing %s', (_way, ask) => {
  beforeAll(start);
  afterAll(stop);

  test('whatever it has written since, while sessions are older than that', async () => {
    await untilAnswered(ask);
    await pair.part();
    await pair.promote();
    const other = openStore(pair.standby.url, options, localParser);
    await write(posternOf(other), [ban]);
    await other.close();
    const before = answered();
    for (let round = 0; round < 10; round += 1) expect(await ask()).toBe('allowed');
    expect(answered()).toBe(before);
    await pair.standby.kill();
    for (let round = 0; round < 10; round += 1) expect(await ask()).toBe('allowed');
  });
});

test('a primary in the place of a standby answers nothing', async () => {
  await start();
  const mistaken = openStore(pair.primary.url, { ...options, standbys: [pair.primary.url] }, localParser);
  await mistaken.reader.withSnapshot([], async () => undefined);
  expect(mistaken.standbys[0]?.count).toEqual({ answered: 0, left: 1 });
  await mistaken.close();
  await stop();
});
