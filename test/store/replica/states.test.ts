import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ok } from '../../../src/base/result.ts';
import { check } from '../../../src/engine/check/check.ts';
import type { Snapshot } from '../../../src/engine/ports.ts';
import type { ReplicaFeed } from '../../../src/store/replica/replica-feed.ts';
import type { StoreReader } from '../../../src/store/store-reader.ts';
import { unconstrained } from '../../../src/store/write-constraint.ts';
import { createDatabase, useDatabase } from '../../support/database.ts';
import { outcomeOf } from '../../support/decide.ts';
import { type OpenReplica, openReplica, otherwise } from '../../support/open-replica.ts';
import { connectAsOwner } from '../../support/owner-sql.ts';
import { dsl, model, object, check as parseCheck, relationship } from '../../support/parse.ts';
import { playsCitus } from '../../support/play-citus.ts';
import { change } from '../../support/replica-world.ts';

/** What a replica's states are: whole, of one moment, by the database's clock, and of its history and no other. */

const databaseUrl = useDatabase();
const viewers = modelOf({
  user: {},
  team: { member: '[user]' },
  doc: { viewer: '[user, team#member]' },
});
const nobody = modelOf({ user: {}, team: { member: '[user]' }, doc: { viewer: '[team#member]' } });

function modelOf(types: Parameters<typeof dsl>[0]) {
  const text = dsl(types);
  return { model: model(text), dsl: text };
}

let opened: OpenReplica;
let clockShiftMs = 0;

beforeAll(async () => {
  opened = openReplica(databaseUrl(), { leastOverlay: 20, feed: withShiftedClock });
  await change(opened.postgres, { model: viewers });
});

afterAll(() => opened.store.close());

beforeEach(async () => {
  clockShiftMs = 0;
  await change(opened.postgres, { model: viewers });
  await opened.store.replica.whenLoaded();
});

function withShiftedClock(feed: ReplicaFeed): ReplicaFeed {
  const probe: ReplicaFeed['probe'] = async (since, objects) => {
    const found = await feed.probe(since, objects);
    return { ...found, nowMicros: found.nowMicros + clockShiftMs * 1000 };
  };
  return otherwise(() => feed, { probe });
}

async function ask(reader: StoreReader, ...texts: readonly string[]): Promise<readonly string[]> {
  const { decisions } = await check(reader, { checks: texts.map((text) => parseCheck(text)), contextual: [] });
  return decisions.map(outcomeOf);
}

async function viewersIn(snapshot: Snapshot, doc: string): Promise<number> {
  const [node] = await snapshot.resolve([object(doc)]);
  if (node === undefined) return 0;
  const users = Array.from({ length: 60 }, (_, index) => object(`user:${index}`));
  const nodes = await snapshot.resolve(users);
  const [{ relation }] = [relationship(`${doc}#viewer@user:1`)];
  const direct = nodes.map((subject) => ({
    ...{ object: node, relation, subject },
    subjectType: object('user:1').type,
    asksWildcard: false,
  }));
  return (await snapshot.readEdges({ direct, sets: [], objects: [] })).direct.length;
}

describe('a state', () => {
  test.each([
    ['that are kept beside the base', 10_000],
    ['that are made a new base all the time', 5],
  ])('never changes under who reads it, with changes %s', async (_, leastOverlay) => {
    const grants = Array.from({ length: 60 }, (_, index) => relationship(`doc:still#viewer@user:${index}`));
    await change(opened.postgres, { writes: grants.slice(0, 30), deletes: grants.slice(30) });
    const { store, postgres, askedInstead } = openReplica(databaseUrl(), { leastOverlay });
    try {
      await store.replica.whenLoaded();
      await store.reader.withSnapshot([], async (snapshot) => {
        expect(await viewersIn(snapshot, 'doc:still')).toBe(30);
        for (const [round, grant] of grants.slice(30).entries()) {
          await change(postgres, { writes: [grant], deletes: grants.slice(round, round + 1) });
          await store.replica.follow();
          expect(await viewersIn(snapshot, 'doc:still')).toBe(30);
        }
        await change(postgres, { deletes: grants });
        await store.replica.follow();
        expect(await viewersIn(snapshot, 'doc:still')).toBe(30);
        await store.reader.withSnapshot([], async (later) => expect(await viewersIn(later, 'doc:still')).toBe(0));
      });
      expect(askedInstead()).toBe(0);
    } finally {
      await store.close();
    }
  });

  test('is judged by the clock of the database and by no other', async () => {
    const { store, postgres } = opened;
    const expiresAt = new Date(Date.now() + 3_600_000);
    await change(postgres, { writes: [relationship('doc:timed#viewer@user:ann', { expiresAt })] });
    const found = [];
    for (const shift of [0, 3_500_000, 3_700_000, 0]) {
      clockShiftMs = shift;
      found.push(...(await ask(store.reader, 'doc:timed#viewer@user:ann')));
    }
    expect(found).toEqual(['allowed', 'allowed', 'denied', 'allowed']);
  });

  test('begins what is to begin by that clock, also after it was merged and loaded', async () => {
    const { store, postgres } = opened;
    const startsAt = new Date(Date.now() + 3_600_000);
    const text = 'doc:begins#viewer@user:ann';
    await change(postgres, { writes: [relationship(text, { startsAt })] });
    for (const prepare of [async () => {}, () => store.replica.follow(), () => store.replica.load()]) {
      await prepare();
      const found = [];
      for (const shift of [0, 3_500_000, 3_700_000, 0]) {
        clockShiftMs = shift;
        found.push(...(await ask(store.reader, text)));
      }
      expect(found).toEqual(['denied', 'denied', 'allowed', 'denied']);
    }
  });

  test('knows names and models that are newer than the replica', async () => {
    const { store, postgres } = opened;
    const asked = opened.askedInstead();
    const newer = modelOf({
      user: {},
      robot: {},
      team: { member: '[user]' },
      doc: { viewer: '[user]', runner: '[robot]' },
    });
    await change(postgres, { model: newer, writes: [relationship('doc:new#runner@robot:r1')] });
    expect(await ask(store.reader, 'doc:new#runner@robot:r1', 'doc:new#runner@robot:r2')).toEqual([
      'allowed',
      'denied',
    ]);
    expect(opened.askedInstead()).toBe(asked);
  });

  test('is under the model that decided at its revision', async () => {
    const { store, postgres } = opened;
    const expected = new Map<number, string>();
    await change(postgres, { writes: [relationship('doc:switched#viewer@user:ann')] });
    const answers: { revision: number; kind: string | undefined }[] = [];
    let isOver = false;
    const readers = Array.from({ length: 8 }, async () => {
      while (!isOver) {
        const request = { checks: [parseCheck('doc:switched#viewer@user:ann')], contextual: [] };
        const { revision, decisions } = await check(store.reader, request);
        answers.push({ revision, kind: decisions[0]?.kind });
      }
    });
    for (let round = 0; round < 12; round++) {
      await change(postgres, { model: round % 2 === 0 ? nobody : viewers });
      const { revision } = await store.writer
        .write(
          () => ({ see: async () => {}, findProblem: async () => undefined }),
          async () => ({ ok: true, value: undefined }),
        )
        .then((written) => (written.ok ? written.value : { revision: 0 }));
      expected.set(revision, round % 2 === 0 ? 'denied' : 'allowed');
    }
    isOver = true;
    await Promise.all(readers);
    const first = Math.min(...expected.keys());
    for (const { revision, kind } of answers)
      expect([revision, kind]).toEqual([revision, revision < first ? 'allowed' : expected.get(revision)]);
  });
});

describe('a replica of another history is dropped, answers nothing from it, and is loaded again', () => {
  test.each<[what: string, statement: string]>([
    ['the database has another identity', 'update store set identity = gen_random_uuid()'],
    ['its revision goes back', 'update store set revision = revision - 1'],
    ['the end of its log is another', 'update store set audit_length = audit_length - 1'],
    [
      'something was deleted that was never written',
      `with r as (update store set revision = revision + 1 returning revision)
       insert into change (revision, ordinal, operation, object, relation, subject, subject_type)
       select revision, 0, 'delete', 8192, 32000, 8193, 1 from r`,
    ],
    ['another model decides without a change', 'update store set active_model = (select min(id) from model)'],
  ])('where %s', async (_, statement) => {
    const database = await createDatabase();
    const reports: string[] = [];
    const report = (message: string, error?: unknown) => void (error !== undefined && reports.push(message));
    const { store, postgres, askedInstead } = openReplica(database.url, { report });
    const sql = connectAsOwner(database.url, 1);
    try {
      await change(postgres, { model: viewers });
      await change(postgres, { model: viewers, writes: [relationship('doc:1#viewer@user:ann')] });
      await store.replica.whenLoaded();
      expect(await ask(store.reader, 'doc:1#viewer@user:ann')).toEqual(['allowed']);
      const before = askedInstead();
      await sql.unsafe(statement);
      // What is wrong is wrong everywhere.
      if (playsCitus) await sql`update shard_revision set revision = (select revision from store)`;
      expect(await ask(store.reader, 'doc:1#viewer@user:ann')).toEqual(['allowed']);
      expect(askedInstead()).toBe(before + 1);
      await store.replica.whenLoaded();
      // What is still wrong when it is loaded again is noticed again.
      expect(new Set(reports)).toEqual(
        new Set(['The replica was dropped, and is loaded again; the database answers everything until then.']),
      );
    } finally {
      await store.close();
      await sql.end();
      await database.drop();
    }
  });

  test('where another server answers, which has as many revisions', async () => {
    const databases = [await createDatabase(), await createDatabase()];
    const [first, second] = databases.map(({ url }) => openReplica(url, { report: () => {} }));
    if (first === undefined || second === undefined) throw new Error('There are two servers.');
    // The same database, as a copy of it would be, but for what each did afterwards.
    const identity = '00000000-0000-4000-8000-000000000000';
    for (const { url } of databases) {
      const sql = connectAsOwner(url, 1);
      await sql`update store set identity = ${identity}::uuid`;
      await sql.end();
    }
    for (const { postgres } of [first, second]) await change(postgres, { model: viewers });
    await change(first.postgres, { writes: [relationship('doc:1#viewer@user:ann')] });
    await change(second.postgres, { writes: [relationship('doc:1#viewer@user:bob')] });
    let isSwitched = false;
    const feeds = [first.postgres.openReplicaFeed(), second.postgres.openReplicaFeed()] as const;
    const feed = otherwise(() => feeds[isSwitched ? 1 : 0], { close: async () => {} });
    // It begins to load at once: what it is to find is there by now.
    const third = openReplica(databases[0]?.url ?? '', { feed: () => feed, report: () => {} });
    try {
      await third.store.replica.whenLoaded();
      expect(await third.store.replica.pass([])).toBeDefined();
      isSwitched = true;
      await expect(third.store.replica.pass([])).rejects.toThrow('The database has another history than the replica.');
      expect(third.store.replica.isLoaded).toBe(false);
    } finally {
      await Promise.all([
        ...[first, second, third].map(({ store }) => store.close()),
        ...feeds.map((one) => one.close()),
      ]);
      for (const { drop } of databases) await drop();
    }
  });
});

test('a look at the store that is not answered is given up, and its late answer as well: the database answers', async () => {
  let late = Promise.resolve();
  const slow = (feed: ReplicaFeed) =>
    otherwise(() => feed, {
      probe: async (since, objects) => {
        const found = await feed.probe(since, objects);
        await late;
        return found;
      },
    });
  const { store, postgres, askedInstead } = openReplica(databaseUrl(), { feed: slow, patienceMs: 1000 });
  try {
    await store.replica.whenLoaded();
    const answer = Promise.withResolvers<void>();
    late = answer.promise;
    await change(postgres, { writes: [relationship('doc:slow#viewer@user:ann')] });
    expect(await ask(store.reader, 'doc:slow#viewer@user:ann')).toEqual(['allowed']);
    expect(askedInstead()).toBe(1);
    late = Promise.resolve();
    await store.replica.follow();
    await change(postgres, { deletes: [relationship('doc:slow#viewer@user:ann')] });
    expect(await ask(store.reader, 'doc:slow#viewer@user:ann')).toEqual(['denied']);
    answer.resolve();
    expect(await ask(store.reader, 'doc:slow#viewer@user:ann')).toEqual(['denied']);
    expect(store.replica.isLoaded).toBe(true);
    expect(askedInstead()).toBe(1);
  } finally {
    await store.close();
  }
});

test('more changes than are told at once are brought one after the other', async () => {
  const { store, postgres } = opened;
  const writes = Array.from({ length: 2500 }, (_, index) => relationship(`doc:many#viewer@user:many${index}`));
  await store.replica.follow();
  const before = store.replica.revision ?? 0;
  for (const part of [writes.slice(0, 1000), writes.slice(1000, 2000), writes.slice(2000)]) {
    await postgres.writer.write(unconstrained, async ({ relationships }) =>
      ok(await relationships.write(part, undefined)),
    );
  }
  await store.replica.follow();
  expect(store.replica.revision).toBe(before + 3);
  const asked = opened.askedInstead();
  expect(await ask(store.reader, 'doc:many#viewer@user:many0', 'doc:many#viewer@user:many2499')).toEqual([
    'allowed',
    'allowed',
  ]);
  expect(opened.askedInstead()).toBe(asked);
});

test('what is written while a new base is made is in it, and what is deleted is not', { timeout: 60_000 }, async () => {
  const { store, postgres, askedInstead } = openReplica(databaseUrl(), { leastOverlay: 0 });
  try {
    for (let part = 0; part < 20; part++) {
      const writes = Array.from({ length: 1000 }, (_, index) => relationship(`doc:part${part}#viewer@user:${index}`));
      await postgres.writer.write(unconstrained, async ({ relationships }) =>
        ok(await relationships.write(writes, undefined)),
      );
    }
    await store.replica.whenLoaded();
    await store.replica.follow();
    const asked = askedInstead();
    const names = Array.from({ length: 30 }, (_, index) => `doc:during#viewer@user:${index}`);
    let isOver = false;
    const following = (async () => {
      while (!isOver) await store.replica.follow();
    })();
    // Each revision is there, whether it was written before a new base was begun, meanwhile or after.
    for (const [index, name] of names.entries()) {
      await change(postgres, {
        writes: [relationship(name)],
        deletes: [relationship(`doc:part${index % 20}#viewer@user:${index}`)],
      });
      expect(await ask(store.reader, name)).toEqual(['allowed']);
    }
    isOver = true;
    await following;
    const gone = names.map((_, index) => `doc:part${index % 20}#viewer@user:${index}`);
    expect(await ask(store.reader, ...names)).toEqual(names.map(() => 'allowed'));
    expect(await ask(store.reader, ...gone)).toEqual(names.map(() => 'denied'));
    expect(askedInstead()).toBe(asked);
  } finally {
    await store.close();
  }
});
