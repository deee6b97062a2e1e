import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ok } from '../../../src/base/result.ts';
import { check } from '../../../src/engine/check/check.ts';
import { writeRelationships } from '../../../src/operations/relationships/write-relationships.ts';
import { NotEverywhere } from '../../../src/store/postgres/distributed/shard-revisions.ts';
import { StateChanged } from '../../../src/store/postgres/distributed/shared-state.ts';
import type { PostgresStore } from '../../../src/store/postgres/open-store.ts';
import type { Sql } from '../../../src/store/postgres/sql.ts';
import type { Upkeep } from '../../../src/store/upkeep.ts';
import { unconstrained } from '../../../src/store/write-constraint.ts';
import { useDatabase } from '../../support/database.ts';
import { outcomeOf } from '../../support/decide.ts';
import { notYet } from '../../support/firm.ts';
import { HeldCommit } from '../../support/held-commit.ts';
import { connectAsOwner } from '../../support/owner-sql.ts';
import { dsl, object, check as parseCheck, relationship } from '../../support/parse.ts';
import { done, operator, publish, usePostern, write, writing } from '../../support/postern.ts';

/** States of a store that is on several servers, which one server plays here. */

const database = useDatabase();
const held = new HeldCommit();
const postern = usePostern(database, { playsCitus: true, heldMs: 60_000, faults: held });
let owner: Sql;

beforeAll(async () => {
  owner = connectAsOwner(database(), 2);
  const platform = { checker: '[user]', can_check_any_subject: 'checker' };
  await publish(
    postern(),
    dsl({ user: {}, team: { member: '[user]' }, doc: { owner: '[user, team#member]' }, platform }),
  );
});

afterAll(() => owner.end());

async function ownerOf(doc: string, user: string): Promise<string> {
  const { decisions } = await check(postern().store.checkReader(1), {
    checks: [parseCheck(`${doc}#owner@${user}`)],
    contextual: [],
  });
  return decisions.map(outcomeOf).join();
}

/** Comes when so many sessions of the database wait for the lock of the state. */
async function untilWaiting(count: number): Promise<void> {
  for (;;) {
    const [row] = await owner<{ waiting: number }[]>`
      select count(*)::int4 as waiting from pg_locks
      where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`;
    if (row?.waiting === count) return;
  }
}

/** Whether something has come to an end by now, and not only soon. */
async function isOver(work: Promise<unknown>): Promise<boolean> {
  const open = Symbol('open');
  return (await Promise.race([work, Promise.resolve(open)])) !== open;
}

describe('a question', () => {
  test('that comes right before a commit waits for it, and sees all of it', async () => {
    await write(postern(), ['doc:before#owner@user:ann', 'team:before#member@user:ben']);
    held.hold('before');
    const writing = write(postern(), ['doc:before#owner@team:before#member'], ['doc:before#owner@user:ann']);
    await held.reached;
    const asking = Promise.all([ownerOf('doc:before', 'user:ann'), ownerOf('doc:before', 'user:ben')]);
    await untilWaiting(2);
    expect(await isOver(asking)).toBe(false);
    held.release();
    await writing;
    expect(await asking).toEqual(['denied', 'allowed']);
  });

  test('that comes right after a commit sees all of it, whoever has heard of it', async () => {
    await write(postern(), ['doc:after#owner@user:ann']);
    held.hold('after');
    const writing = write(postern(), ['doc:after#owner@user:ben'], ['doc:after#owner@user:ann']);
    await held.reached;
    expect([await ownerOf('doc:after', 'user:ann'), await ownerOf('doc:after', 'user:ben')]).toEqual([
      'denied',
      'allowed',
    ]);
    expect(await isOver(writing)).toBe(false);
    held.release();
    await writing;
  });

  test('sees one state to its end, for which a commit waits', async () => {
    const { store } = postern();
    const place = object('doc:long');
    const first = await write(postern(), ['doc:long#owner@user:ann']);
    const { writing, seen } = await store.checkReader(1).withSnapshot([place], async (snapshot) => {
      const writing = write(postern(), ['doc:long#owner@user:ben']);
      await untilWaiting(1);
      const [node] = await snapshot.resolve([place]);
      const edges = await snapshot.readEdgesFrom([{ object: node ?? 0, relation: 'owner' as never }], 10);
      return { writing: { promise: writing }, seen: { revision: snapshot.revision, edges: edges.items.length } };
    });
    expect(seen).toEqual({ revision: first.revision, edges: 1 });
    expect((await writing.promise).revision).toBe(first.revision + 1);
  });

  const longAgoMs = 1e12;
  test.each<readonly [string, (upkeep: Upkeep) => Promise<unknown>]>([
    ['outcomes', (upkeep) => upkeep.removeOutcomes(longAgoMs, undefined)],
    ['changes', (upkeep) => upkeep.removeChanges(longAgoMs)],
    ['events', (upkeep) => upkeep.removeEvents()],
  ])('has to its end what is removed without a revision: %s', async (_what, remove) => {
    const { upkeep, checkReader } = postern().store as PostgresStore;
    const { removing } = await checkReader(1).withSnapshot([], async () => {
      const removing = remove(upkeep);
      await untilWaiting(1);
      return { removing: { promise: removing } };
    });
    await removing.promise;
  });

  test('does not count what is to begin, unless it asks as if that had begun', async () => {
    await write(postern(), [relationship('doc:later#owner@user:ann', { startsAt: notYet })]);
    expect(await ownerOf('doc:later', 'user:ann')).toBe('denied');
    const { reader } = postern().store;
    const asIfBegun = await reader.withSnapshot([object('doc:later')], async (snapshot) => {
      const [node] = await snapshot.resolve([object('doc:later')]);
      const source = { object: node ?? 0, relation: 'owner' as never };
      const [now, then] = [snapshot, snapshot.asIfBegun()].map((one) => one.readEdgesFrom([source], 10));
      return [(await now)?.items.length, (await then)?.items.length];
    });
    expect(asIfBegun).toEqual([0, 1]);
  });
});

describe('what a server does not show', () => {
  const asked = { checks: [], contextual: [] };

  /** As a shard is that has not finished the last commit, or has lost it; or one that was made of another. */
  const lags: readonly (readonly [string, (sql: Sql) => Promise<unknown>, (sql: Sql) => Promise<unknown>])[] = [
    [
      'a shard is behind',
      (sql) => sql`update shard_revision set revision = revision - 1 where slot = 2`,
      (sql) => sql`update shard_revision set revision = (select revision from store) where slot = 2`,
    ],
    [
      'a shard is before',
      (sql) => sql`update shard_revision set revision = revision + 1 where slot = 1`,
      (sql) => sql`update shard_revision set revision = (select revision from store) where slot = 1`,
    ],
    [
      'a shard has no revision',
      (sql) => sql`delete from shard_revision where slot = 3`,
      (sql) => sql`insert into shard_revision select 3, revision from store`,
    ],
    [
      'no shard has one',
      (sql) => sql`delete from shard_revision`,
      (sql) => sql`insert into shard_revision select slot, revision from store, generate_series(1, 3) slot`,
    ],
  ];

  test.each(lags)('where %s, nothing is decided and nothing written', async (_what, lag, mend) => {
    await write(postern(), ['doc:lag#owner@user:ann'], []).catch(() => undefined);
    await lag(owner);
    const { store } = postern();
    const questions: readonly (() => Promise<unknown>)[] = [
      () => check(store.reader, { ...asked, checks: [parseCheck('doc:lag#owner@user:ann')] }),
      () => store.readRelationships({}, 10, undefined),
      () => store.liveReader.withState((state) => state.position()),
      () => (store as PostgresStore).upkeep.findExpired(0, undefined),
      () => store.audit.scan((scan) => scan.looseEnds()),
      () => store.writer.write(unconstrained, async ({ relationships }) => ok(await relationships.find([]))),
      () => write(postern(), ['doc:lag#owner@user:ben']),
    ];
    for (const question of questions) await expect(question()).rejects.toThrow();
    for (const question of questions.slice(0, -1)) await expect(question()).rejects.toBeInstanceOf(NotEverywhere);
    await mend(owner);
    expect(await ownerOf('doc:lag', 'user:ann')).toBe('allowed');
    expect(await ownerOf('doc:lag', 'user:ben')).toBe('denied');
  });

  test('is told to callers as something that is not available', async () => {
    const reported: unknown[] = [];
    const told = { ...postern(), report: (_message: string, error: unknown) => void reported.push(error) };
    await owner`update shard_revision set revision = revision - 1 where slot = 1`;
    const answer = await writeRelationships(told, operator, writing(['doc:told#owner@user:ann']));
    expect(answer).toMatchObject({ ok: false, problem: { problem: { code: 'AUTHORIZATION_UNAVAILABLE' } } });
    expect(reported).toEqual([expect.any(NotEverywhere)]);
    await owner`update shard_revision set revision = revision + 1 where slot = 1`;
    expect(done(await writeRelationships(told, operator, writing(['doc:told#owner@user:ann']))).outcome).toBeDefined();
  });

  test('keeps a write from its commit, where it shows only on the way', async () => {
    const { revision } = await write(postern(), ['doc:way#owner@user:ann']);
    const lost = postern().store.writer.write(unconstrained, async ({ relationships }) => {
      await relationships.write([relationship('doc:way#owner@user:ben')], undefined);
      await owner`update shard_revision set revision = ${revision - 1} where slot = 1`;
      return ok(undefined);
    });
    await expect(lost).rejects.toBeInstanceOf(NotEverywhere);
    await owner`update shard_revision set revision = ${revision} where slot = 1`;
    expect(await ownerOf('doc:way', 'user:ben')).toBe('denied');
    expect((await write(postern(), ['doc:way#owner@user:ben'])).revision).toBe(revision + 1);
  });
});

describe('what takes long', () => {
  test('is read without keeping writes waiting, and is no state where there was one', async () => {
    const { store } = postern();
    const reading = store.audit.scan(async (scan) => {
      for await (const _page of scan.relationships())
        await write(postern(), [`doc:quiet${Math.random()}#owner@user:ann`]);
      return 'read';
    });
    await expect(reading).rejects.toBeInstanceOf(StateChanged);
    expect(await store.audit.scan((scan) => scan.looseEnds())).toMatchObject({ unnamed: 0, mistyped: 0 });
  });
});

describe('the servers', () => {
  test('are told of a commit in the transaction that writes it', async () => {
    const { revision } = await write(postern(), ['doc:told2#owner@user:ann']);
    expect(await owner`select distinct revision from shard_revision`).toEqual([{ revision }]);
  });
});
