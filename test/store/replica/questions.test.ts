import { beforeAll, expect, test } from 'vitest';
import type { ReplicaFeed } from '../../../src/store/replica/replica-feed.ts';
import { useDatabase } from '../../support/database.ts';
import { outcomesOf } from '../../support/decide.ts';
import { openReplica, otherwise } from '../../support/open-replica.ts';
import { dsl, model, relationship } from '../../support/parse.ts';
import { change } from '../../support/replica-world.ts';

/** What a replica asks its store: never more than others have to wait for, and little while there is no answer. */

const databaseUrl = useDatabase();

const text = dsl({ user: {}, team: { member: '[user]' }, doc: { viewer: '[user, team#member]' } });
const viewers = { model: model(text), dsl: text };

beforeAll(async () => {
  const { store, postgres } = openReplica(databaseUrl());
  await change(postgres, { model: viewers });
  await store.close();
});

test('nobody waits for a store that was silent, until it has answered again', async () => {
  const asked: number[] = [];
  let isSilent = false;
  const silent = (feed: ReplicaFeed) =>
    otherwise(() => feed, {
      probe: async (since, objects) => {
        if (objects.length > 0) asked.push(objects.length);
        if (isSilent) throw new Error('Nobody is there.');
        return feed.probe(since, objects);
      },
    });
  const { store, askedInstead } = openReplica(databaseUrl(), { feed: silent });
  try {
    await store.replica.whenLoaded();
    await store.replica.follow();
    isSilent = true;
    for (const doc of ['one', 'two', 'three'])
      expect(await outcomesOf(store.reader, `doc:${doc}#viewer@user:new`)).toEqual(['denied']);
    expect([asked, askedInstead()]).toEqual([[2], 3]);
    isSilent = false;
    await store.replica.follow();
    expect(await outcomesOf(store.reader, 'doc:four#viewer@user:new')).toEqual(['denied']);
    expect([asked, askedInstead()]).toEqual([[2, 2], 3]);
  } finally {
    await store.close();
  }
});

test('what is dropped again and again is loaded more and more seldom', async () => {
  const loads: number[] = [];
  const counting = (feed: ReplicaFeed) =>
    otherwise(() => feed, {
      load: (use) => {
        loads.push(performance.now());
        return feed.load(use);
      },
      probe: async () => {
        store.replica.drop(new Error('It does not go together.'));
        throw new Error('It does not go together.');
      },
    });
  const { store } = openReplica(databaseUrl(), { feed: counting, beforeReloadMs: 100, report: () => {} });
  try {
    await expect.poll(() => loads.length, { timeout: 20_000 }).toBeGreaterThan(3);
    const [first = 0, second = 0, third = 0, fourth = 0] = loads;
    expect(second - first).toBeGreaterThan(99);
    expect(third - second).toBeGreaterThan(199);
    expect(fourth - third).toBeGreaterThan(399);
  } finally {
    await store.close();
  }
});

test('the names of a large request are nothing that others wait for, and what is new among them is found', async () => {
  const named: number[] = [];
  const counting = (feed: ReplicaFeed) =>
    otherwise(() => feed, {
      probe: (since, objects) => {
        named.push(objects.length);
        return feed.probe(since, objects);
      },
    });
  const { store, postgres, askedInstead } = openReplica(databaseUrl(), { feed: counting });
  try {
    await store.replica.whenLoaded();
    const docs = Array.from({ length: 400 }, (_, index) => `doc:named${index}#viewer@user:ann`);
    for (const round of [1, 2]) {
      await change(postgres, { writes: [relationship(`doc:named${round}#viewer@user:ann`)] });
      const expected = docs.map((_, index) => (index >= 1 && index <= round ? 'allowed' : 'denied'));
      const [many, few] = await Promise.all([
        outcomesOf(store.reader, ...docs),
        outcomesOf(store.reader, 'doc:other#viewer@user:bob'),
      ]);
      expect([many, few]).toEqual([expected, ['denied']]);
    }
    expect(Math.max(...named)).toBeLessThan(10);
    expect(askedInstead()).toBe(0);
  } finally {
    await store.close();
  }
});
