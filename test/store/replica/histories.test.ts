import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ok } from '../../../src/base/result.ts';
import { check } from '../../../src/engine/check/check.ts';
import type { ModelParser } from '../../../src/model/model-parser.ts';
import type { ReplicaFeed, ReplicaNames } from '../../../src/store/replica/replica-feed.ts';
import type { StoreReader } from '../../../src/store/store-reader.ts';
import type { Terms } from '../../../src/store/terms.ts';
import { unconstrained } from '../../../src/store/write-constraint.ts';
import { createDatabase } from '../../support/database.ts';
import { outcomeOf } from '../../support/decide.ts';
import { localParser } from '../../support/local-parser.ts';
import { type OpenReplica, openReplica, otherwise } from '../../support/open-replica.ts';
import { openStore } from '../../support/open-store.ts';
import { connectAsOwner } from '../../support/owner-sql.ts';
import { dsl, model, object, check as parseCheck, relationship } from '../../support/parse.ts';
import { change } from '../../support/replica-world.ts';

/** Another history has the same revisions, numbers and models for other things: nothing of one is ever read together with the other. */

type Database = Awaited<ReturnType<typeof createDatabase>>;

const viewersText = dsl({ user: {}, team: { member: '[user]' }, doc: { viewer: '[user, team#member]' } });
const nobodyText = dsl({ user: {}, team: { member: '[user]' }, doc: { viewer: '[team#member]' } });
const viewers = { model: model(viewersText), dsl: viewersText };
const nobody = { model: model(nobodyText), dsl: nobodyText };

let databases: Database[] = [];
let opened: OpenReplica[] = [];
let feeds: ReplicaFeed[] = [];

beforeEach(() => {
  databases = [];
  opened = [];
  feeds = [];
});

afterEach(async () => {
  await Promise.all([...opened.map(({ store }) => store.close()), ...feeds.map((feed) => feed.close())]);
  for (const { drop } of databases) await drop();
});

async function ask(reader: StoreReader, ...texts: readonly string[]): Promise<readonly string[]> {
  const { decisions } = await check(reader, { checks: texts.map((text) => parseCheck(text)), contextual: [] });
  return decisions.map(outcomeOf);
}

async function openDatabase(): Promise<OpenReplica & { readonly url: string }> {
  const database = await createDatabase();
  databases.push(database);
  const one = openReplica(database.url, { report: () => {} });
  opened.push(one);
  return { ...one, url: database.url };
}

async function run(url: string, ...statements: readonly string[]): Promise<void> {
  const sql = connectAsOwner(url, 1);
  for (const statement of statements) await sql.unsafe(statement);
  await sql.end();
}

/** Two databases that were one, and a server that is first led to the one, and then to the other. */
async function openFork() {
  const [before, after] = [await openDatabase(), await openDatabase()];
  for (const { url, postgres } of [before, after]) {
    await run(url, `update store set identity = '00000000-0000-4000-8000-000000000000'`);
    await change(postgres, { model: viewers });
  }
  let isOver = false;
  const pair = [before, after].map(({ postgres }) => postgres.openReplicaFeed());
  feeds.push(...pair);
  const failOver = () => {
    isOver = true;
  };
  const feed = (changed: (given: ReplicaFeed) => Partial<ReplicaFeed> = () => ({})) => {
    const given = otherwise(() => pair[isOver ? 1 : 0] as ReplicaFeed, { close: async () => {} });
    return otherwise(() => given, changed(given));
  };
  const openServer = (changed?: Parameters<typeof feed>[0]) => {
    const server = openReplica(after.url, { feed: () => feed(changed), report: () => {} });
    opened.push(server);
    return server;
  };
  return { before: before.postgres, after: after.postgres, failOver, openServer };
}

describe('after a fail-over to another history', () => {
  test('a question that is half-way is asked anew of what the database is now', async () => {
    const { before, after, failOver, openServer } = await openFork();
    await change(before, { writes: [relationship('doc:1#viewer@user:ann')] });
    // The number that Ann has there is Bob's here, who is not a viewer any more.
    await change(after, { writes: [relationship('doc:1#viewer@user:bob')] });
    await change(after, { deletes: [relationship('doc:1#viewer@user:bob')] });
    const { store, askedInstead } = openServer();
    await store.replica.whenLoaded();
    const seen: (number | undefined)[] = [];
    const found = await store.reader.withSnapshot([], async (snapshot) => {
      failOver();
      seen.push(snapshot.revision);
      const [doc, bob] = await snapshot.resolve([object('doc:1'), object('user:bob')]);
      const { relation } = relationship('doc:1#viewer@user:bob');
      const source = { object: doc ?? 0, relation };
      const direct = [{ ...source, subject: bob, subjectType: object('user:bob').type, asksWildcard: false }];
      return (await snapshot.readEdges({ direct, sets: [], objects: [] })).direct.length;
    });
    expect(found).toBe(0);
    expect(seen).toEqual([2, 3]);
    expect(askedInstead()).toBe(1);
  });

  test.each<[what: string, read: (names: ReplicaNames, terms: Terms) => Promise<unknown>]>([
    ['names', (names, terms) => names.readNames(terms, [8192])],
    ['lists', (names, terms) => names.readObjects(terms, object('doc:1').type, undefined, 5)],
    ['near ids', (names, terms) => names.readNearIds(terms, object('doc:1'))],
  ])('its %s are not those of the state before', async (_, read) => {
    const { failOver, openServer } = await openFork();
    const { store } = openServer();
    await store.replica.whenLoaded();
    const passed = await store.replica.pass([]);
    if (passed === undefined) throw new Error('The replica is loaded.');
    const { position, model: deciding } = passed.state;
    const names = store.replica.feed.namesOf(position);
    failOver();
    await expect(read(names, deciding.terms)).rejects.toThrow('The database has another history than the replica.');
  });

  test('numbers that were found before are those of nobody after it was loaded again', async () => {
    const { before, after, failOver, openServer } = await openFork();
    await change(before, { writes: [relationship('doc:1#viewer@user:ann')] });
    await change(after, { writes: [relationship('doc:1#viewer@user:bob')] });
    let release: () => void = () => {};
    let gate: Promise<void> | undefined;
    const { store } = openServer((given) => ({
      probe: async (since, objects) => {
        const found = await given.probe(since, objects);
        await gate;
        return found;
      },
    }));
    const { replica } = store;
    await replica.whenLoaded();
    const named = [object('doc:1'), object('user:ann')];
    const [doc, ann] = (await replica.pass(named))?.nodes ?? [];
    expect([doc, ann]).toEqual([8192, 8193]);
    const { promise, resolve } = Promise.withResolvers<void>();
    [gate, release] = [promise, resolve];
    const first = replica.pass(named);
    // The first has begun, so that this one waits for the next.
    await new Promise((begun) => setImmediate(() => setImmediate(begun)));
    const second = replica.pass(named);
    failOver();
    await replica.load();
    gate = undefined;
    release();
    expect(await first).toBeUndefined();
    expect(await second).toBeUndefined();
    expect((await replica.pass(named))?.nodes).toEqual([8192, undefined]);
  });

  test('a model is not the one that had its number before, for whoever asks', async () => {
    const { store, postgres, url } = await openDatabase();
    await change(postgres, { model: viewers, writes: [relationship('doc:1#viewer@user:ann')] });
    await store.replica.whenLoaded();
    for (const { reader } of [store, postgres]) expect(await ask(reader, 'doc:1#viewer@user:ann')).toEqual(['allowed']);
    const restored = connectAsOwner(url, 1);
    await restored`update model set dsl = ${nobodyText}`;
    await restored`update store set identity = gen_random_uuid()`;
    await restored.end();
    for (const { reader } of [store, postgres]) expect(await ask(reader, 'doc:1#viewer@user:ann')).toEqual(['denied']);
    await store.replica.whenLoaded();
    expect(await ask(store.reader, 'doc:1#viewer@user:ann')).toEqual(['denied']);
  });

  test('a model that is forgotten while somebody waits for it is loaded again', async () => {
    const { url, postgres } = await openDatabase();
    await change(postgres, { model: viewers, writes: [relationship('doc:1#viewer@user:ann')] });
    let parsed = 0;
    const parser: ModelParser = {
      ...localParser,
      parse: async (source, purpose) => {
        parsed += 1;
        if (parsed === 1) feed.forgetModels();
        return localParser.parse(source, purpose);
      },
    };
    const store = openStore(url, { connections: 4, statementTimeoutMs: 20_000 }, parser);
    const feed = store.openReplicaFeed();
    feeds.push(feed);
    try {
      expect(await ask(store.reader, 'doc:1#viewer@user:ann')).toEqual(['allowed']);
      expect(parsed).toBe(2);
    } finally {
      await store.close();
    }
  });

  test('a state is not decided by the model that has the number of its own there', async () => {
    const { before, after, failOver, openServer } = await openFork();
    await change(before, { model: viewers, writes: [relationship('doc:1#viewer@user:ann')] });
    await change(after, { model: nobody });
    const { store } = openServer((given) => ({
      loadModel: async (id, of) => {
        failOver();
        return given.loadModel(id, of);
      },
    }));
    await store.replica.whenLoaded();
    await expect(store.replica.pass([])).rejects.toThrow('The database has another history than the replica.');
  });
});

describe('changes that were taken away', () => {
  test.each([
    ['all of them', 'truncate change'],
    ['all but the last', 'delete from change where revision < (select max(revision) from change)'],
    ['one revision', 'delete from change where revision = (select max(revision) - 1 from change)'],
  ])('are noticed: %s', async (_, statement) => {
    const database = await createDatabase();
    databases.push(database);
    const reports: unknown[] = [];
    let isAway = false;
    const feed = (given: ReplicaFeed) =>
      otherwise(() => given, {
        probe: async (since, objects) => {
          if (isAway) throw new Error('The network is away.');
          return given.probe(since, objects);
        },
      });
    const report = (_message: string, error?: unknown) => void (error !== undefined && reports.push(error));
    const server = openReplica(database.url, { feed, report });
    opened.push(server);
    const { store, postgres } = server;
    await change(postgres, { model: viewers, writes: [relationship('doc:1#viewer@user:ann')] });
    await store.replica.whenLoaded();
    await store.replica.follow();
    isAway = true;
    await change(postgres, { deletes: [relationship('doc:1#viewer@user:ann')] });
    await change(postgres, { writes: [relationship('doc:1#viewer@user:bob')] });
    await run(database.url, statement);
    isAway = false;
    const asked = ['doc:1#viewer@user:ann', 'doc:1#viewer@user:bob'];
    expect(await ask(store.reader, ...asked)).toEqual(['denied', 'allowed']);
    await expect.poll(() => reports.length).toBe(1);
    await store.replica.whenLoaded();
    expect(await ask(store.reader, ...asked)).toEqual(['denied', 'allowed']);
    expect(reports.map(String)).toEqual([expect.stringContaining('does not say any more what revision')]);
  });

  test('are not those of a revision that changes no relationship', async () => {
    const { store, postgres } = await openDatabase();
    await change(postgres, { model: viewers });
    await store.replica.whenLoaded();
    for (const action of ['publishModel', 'breakGlassRead']) {
      await postgres.writer.write(unconstrained, async ({ models, audit }) => {
        if (action === 'publishModel') await models.add({ ...nobody, modules: undefined }, undefined);
        const record = { actor: 'console test', delegate: undefined, action, outcome: 'done' } as const;
        await audit.record({ ...record, before: [], after: [], reason: undefined, requestId: undefined });
        return ok(undefined);
      });
    }
    expect((await store.replica.pass([]))?.state.view.revision).toBe(2);
  });
});
