import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkTogether, watchingNone } from '../../../src/engine/check/check-together.ts';
import { usualConsistency } from '../../../src/model/consistency.ts';
import type { ConsistencyToken } from '../../../src/model/consistency-token.ts';
import { isInTheWay } from '../../../src/store/postgres/write-queue.ts';
import type { ReplicaStore } from '../../../src/store/replica/open-replica-store.ts';
import type { ReplicaFeed } from '../../../src/store/replica/replica-feed.ts';
import { useDatabase } from '../../support/database.ts';
import { type OpenReplica, openReplica, otherwise } from '../../support/open-replica.ts';
import { dsl, model, check as parseCheck, relationship } from '../../support/parse.ts';
import { change } from '../../support/replica-world.ts';

/** Whoever asks after a write was acknowledged must see it, on whatever server, however many write and ask. */

const rounds = Number(process.env.TEST_REPLICA_ROUNDS ?? 80);
const writers = 8;
const readersPerWriter = 4;

const databaseUrl = useDatabase();
const text = dsl({ user: {}, team: { member: '[user]' }, doc: { viewer: '[user, team#member]' } });
const opened: OpenReplica[] = [];
let careless: ReplicaStore;

beforeAll(async () => {
  const first = openReplica(databaseUrl(), { leastOverlay: 200 });
  await change(first.postgres, { model: { model: model(text), dsl: text } });
  const third = openReplica(databaseUrl(), { feed: withoutBarrier });
  careless = third.store;
  const silent = { leastOverlay: 200, maxStalenessMs: 60_000, feed: withSilences };
  opened.push(first, openReplica(databaseUrl(), { leastOverlay: 200 }), third);
  opened.push(openReplica(databaseUrl(), silent), openReplica(databaseUrl(), silent));
  await Promise.all(opened.map(({ store }) => store.replica.whenLoaded()));
});

afterAll(() => Promise.all(opened.map(({ store }) => store.close())));

/** Answers every other question from what was known before it. */
function withoutBarrier(feed: ReplicaFeed): ReplicaFeed {
  let asked = 0;
  const probe: ReplicaFeed['probe'] = async (since, objects) => {
    const found = await feed.probe(since, objects);
    asked += 1;
    return asked % 2 === 0
      ? found
      : { ...found, ...since, hashThen: since.hash, changes: [], toldTo: since.revision, untold: undefined };
  };
  return otherwise(() => feed, { probe });
}

/** Does not answer every other question. */
function withSilences(feed: ReplicaFeed): ReplicaFeed {
  let asked = 0;
  const probe: ReplicaFeed['probe'] = (since, objects) => {
    asked += 1;
    return asked % 2 === 0 ? feed.probe(since, objects) : Promise.reject(new Error('The database does not answer.'));
  };
  return otherwise(() => feed, { probe });
}

/** What others kept from its turn left nothing, and is written again. */
async function patiently<Value>(write: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isInTheWay(error)) throw error;
    }
  }
}

/** Whom to ask, and how: with the token of the write that was acknowledged before, or with none. */
interface Race {
  readonly readers: readonly ReplicaStore[];
  readonly withToken: boolean;
  readonly roundsPerWriter: number;
}

/** How many answers were not those of what was acknowledged before they were asked for. */
async function race({ readers, withToken, roundsPerWriter }: Race): Promise<number> {
  let stale = 0;
  const askAll = async (name: string, expected: string, token: ConsistencyToken) => {
    const consistency = { ...usualConsistency, atLeastAsFresh: withToken ? [token] : [] };
    const asked = Array.from({ length: readersPerWriter }, async (_, index) => {
      const { reader } = readers[index % readers.length] ?? careless;
      const request = { checks: [parseCheck(`doc:${name}#viewer@user:${name}`)], contextual: [] };
      const { decisions } = await checkTogether(reader, request, watchingNone, { consistency });
      if (decisions[0]?.kind !== expected) stale += 1;
    });
    await Promise.all(asked);
  };
  const write = async (_: unknown, writer: number) => {
    const { postgres: store } = opened[writer % 2] ?? {};
    if (store === undefined) throw new Error('There are two stores to write to.');
    // Each time a name that nobody knows yet.
    for (let round = 0; round < roundsPerWriter; round++) {
      const name = `${writer}-${round % 50}`;
      const through = relationship(`doc:${name}#viewer@team:${name}#member`);
      const grant = relationship(`team:${name}#member@user:${name}`);
      const granted = await patiently(() => change(store, { writes: [through, grant] }));
      await askAll(name, 'allowed', granted);
      const revoked = await patiently(() => change(store, { deletes: [round % 2 === 0 ? through : grant] }));
      await askAll(name, 'denied', revoked);
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
  return stale;
}

describe('a relationship that comes and goes', () => {
  const roundsPerWriter = Math.ceil(rounds / writers);
  const storesOf = (first: number, end: number) => opened.slice(first, end).map(({ store }) => store);
  const timeout = 7_200_000;

  test.each([
    ['with a token', true],
    ['without one', false],
  ])(
    `is never answered from before, in ${rounds} rounds of ${writers} writers, %s`,
    { timeout },
    async (_, withToken) => {
      const asked = opened.map((one) => one.askedInstead());
      expect(await race({ readers: storesOf(0, 2), withToken, roundsPerWriter })).toBe(0);
      expect(opened.map((one) => one.askedInstead())).toEqual(asked);
    },
  );

  test(`is never where older answers are allowed, in ${rounds} rounds with a token`, { timeout }, async () => {
    expect(await race({ readers: storesOf(3, 5), withToken: true, roundsPerWriter })).toBe(0);
  });

  test('would be there, without a token', async () => {
    expect(await race({ readers: storesOf(3, 5), withToken: false, roundsPerWriter: 3 })).toBeGreaterThan(0);
  });

  test('would be, without the barrier', async () => {
    expect(await race({ readers: [careless], withToken: false, roundsPerWriter: 3 })).toBeGreaterThan(0);
  });
});
