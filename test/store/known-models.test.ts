import { afterEach, beforeEach, expect, test } from 'vitest';
import { ok } from '../../src/base/result.ts';
import { checkAtOnce } from '../../src/engine/check/check-at-once.ts';
import { checkInParts } from '../../src/engine/check/check-in-parts.ts';
import type { Postern } from '../../src/operations/postern.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import type { StoreSnapshot } from '../../src/store/store-snapshot.ts';
import { unconstrained } from '../../src/store/write-constraint.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { outcomeOf } from '../support/decide.ts';
import { localParser } from '../support/local-parser.ts';
import { openStore, type PostgresStore } from '../support/open-store.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { dsl, object, check as parseCheck } from '../support/parse.ts';
import { playsCitus } from '../support/play-citus.ts';
import { publish, write } from '../support/postern.ts';

/** A fail-over that loses a model gives its number to another one, and its names' numbers to other names. */
let database: TestDatabase;
let store: PostgresStore;
let owner: Sql;
const postern = (): Postern => ({
  store,
  platform: object('platform:main'),
  report: (_message, error) => {
    throw error;
  },
});

const lost = dsl({ user: {}, doc: { viewer: '[user]', banned: '[user]', reader: 'viewer' } });
const present = dsl({ user: {}, doc: { viewer: '[user]', banned: '[user]', reader: 'viewer but not banned' } });
const ann = parseCheck('doc:1#reader@user:ann');
const request = { checks: [ann], contextual: [] };

beforeEach(async () => {
  database = await createDatabase();
  owner = connectAsOwner(database.url);
  store = openStore(database.url, { connections: 3, statementTimeoutMs: 10_000 }, localParser);
  await publish(postern(), lost);
  await write(postern(), ['doc:1#viewer@user:ann', 'doc:1#banned@user:ann']);
  await store.reader.withSnapshot([], async () => undefined);
  await atOnce();
});

afterEach(async () => {
  await Promise.all([store.close(), owner.end()]);
  await database.drop();
});

/** The same database, as if other things had happened since its first event. */
async function diverge(events: number): Promise<void> {
  await owner.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`update model set dsl = ${present}`;
    await sql`delete from audit_event`;
    for (let id = 1; id <= events; id += 1)
      await sql`
        insert into audit_event (id, revision, at, actor, action, before, after, hash)
        values (${id}, 1, now(), 'console other', 'publishModel', '[]', '[]', ${`other-${id}`.padEnd(43, 'x')})`;
    await sql`update store set audit_length = ${events}, audit_head = ${`other-${events}`.padEnd(43, 'x')}`;
  });
}

async function atOnce() {
  const answer = await checkAtOnce(store.reader, () => request, { isWatched: () => false });
  return answer?.decisions.map(outcomeOf);
}

type Way = readonly [way: string, ask: () => Promise<readonly string[] | undefined>];

const ways: readonly Way[] = [
  // Several servers are asked level by level.
  ...(playsCitus ? [] : [['with one statement', atOnce] satisfies Way]),
  ['in a snapshot', () => store.reader.withSnapshot([object('doc:1')], (snapshot) => decided(snapshot))],
  ['under its number', () => store.reader.withSnapshot([object('doc:1')], decided, { modelId: 1 })],
  ['in a state', () => store.reader.withState(async (state) => decided(await state.open([object('doc:1')])))],
  [
    'in a write',
    async () => {
      const written = await store.writer.write(unconstrained, async (transaction) =>
        ok(await decided(await transaction.openSnapshot([object('doc:1')]))),
      );
      return written.ok ? written.value.value : undefined;
    },
  ],
];

async function decided(snapshot: StoreSnapshot): Promise<readonly string[]> {
  return (await checkInParts(snapshot, request)).decisions.map(outcomeOf);
}

test.each(ways.flatMap(([way, ask]) => [1, 2, 3, 9].map((events) => ({ way, events, ask }))))(
  'a model of a lost history decides nothing $way, with $events events in the present one',
  async ({ events, ask }) => {
    expect(await ask()).toEqual(['allowed']);
    await diverge(events);
    expect(await ask()).toEqual(['denied']);
    for (const [, other] of ways) expect(await other()).toEqual(['denied']);
  },
);
