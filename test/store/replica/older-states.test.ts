import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkTogether, watchingNone } from '../../../src/engine/check/check-together.ts';
import { type Consistency, missingNothing, usualConsistency } from '../../../src/model/consistency.ts';
import { tokenOf } from '../../../src/model/consistency-token.ts';
import { packSubject } from '../../../src/store/packed-subject.ts';
import type { ReplicaFeed } from '../../../src/store/replica/replica-feed.ts';
import { NotProven } from '../../../src/store/replica/replica-problems.ts';
import { thisMoment } from '../../../src/store/replica/state-at-hand.ts';
import { useDatabase } from '../../support/database.ts';
import { outcomeOf } from '../../support/decide.ts';
import { type OpenReplica, openReplica, otherwise } from '../../support/open-replica.ts';
import { dsl, model, object, check as parseCheck, relationship } from '../../support/parse.ts';
import { change } from '../../support/replica-world.ts';

/** Which states answer while the store proves none, and to whom. */

const databaseUrl = useDatabase();
const text = `${dsl({ user: {}, doc: { viewer: '[user, user with after]' } })}
condition after(current_time: timestamp, start: timestamp) { current_time >= start }`;
const ann = 'doc:1#viewer@user:ann';
const maxStalenessMs = 600_000;
const lowLatency: Consistency = { mode: 'minimizeLatency', atLeastAsFresh: [] };

type Probe = ReplicaFeed['probe'];

let opened: OpenReplica;
let answers: 'always' | 'with an error' | 'never';
let probes = 0;
/** How long a question is under way before the store has it. */
let delayMs = 0;

/** A store that does not answer its replica; it is there all the same for whoever asks it instead. */
function withSilences(feed: ReplicaFeed): ReplicaFeed {
  const silently = async <Value>(answer: () => Promise<Value>): Promise<Value> => {
    if (answers === 'with an error') throw new Error('There is no connection.');
    return answers === 'never' ? new Promise(() => {}) : answer();
  };
  const probe: Probe = async (...asked) => {
    probes += 1;
    if (delayMs > 0) await pause(delayMs);
    return silently(() => feed.probe(...asked));
  };
  return otherwise(() => feed, { probe });
}

const options = { patienceMs: 300, feed: withSilences, report: () => undefined };

/** What is said of one check, and how often the store was asked instead. */
async function ask(triple: string, consistency: Consistency | undefined, { store, askedInstead } = opened) {
  const before = askedInstead();
  const request = { checks: [parseCheck(triple)], contextual: [] };
  const { decisions, state } = await checkTogether(store.reader, request, watchingNone, { consistency });
  return { says: decisions.map(outcomeOf)[0], isOlder: state.ageMs > 0, instead: askedInstead() > before, state };
}

beforeAll(async () => {
  answers = 'always';
  opened = openReplica(databaseUrl(), { ...options, maxStalenessMs });
  await change(opened.postgres, { model: { model: model(text), dsl: text }, writes: [relationship(ann)] });
});

beforeEach(async () => {
  answers = 'always';
  delayMs = 0;
  await opened.store.replica.whenLoaded();
  await change(opened.postgres, { writes: [relationship(ann)] });
  await soon(
    async () => {
      // While it was failing, nobody waited for it.
      await opened.store.replica.follow();
      return ask(ann, missingNothing);
    },
    { says: 'allowed', isOlder: false, instead: false },
  );
});

/** A machine that has something else to do may take longer than the patience of these replicas. */
async function soon(run: () => Promise<unknown>, wanted: object): Promise<void> {
  await expect.poll(run, { timeout: 20_000 }).toMatchObject(wanted);
}

afterAll(() => opened.store.close());

describe.each(['with an error', 'never'] as const)('while the store answers %s', (how) => {
  beforeEach(async () => {
    answers = how;
    await change(opened.postgres, { deletes: [relationship(ann)] });
  });

  test('a question without a token is answered from the last state that was proven', async () => {
    expect(await ask(ann, usualConsistency)).toMatchObject({ says: 'allowed', isOlder: true, instead: false });
    expect(await ask(ann, lowLatency)).toMatchObject({ says: 'allowed', isOlder: true, instead: false });
  });

  test.each([
    ['that says nothing', undefined],
    ['that wants to miss nothing', missingNothing],
  ])('a question %s is asked of the store', async (_, consistency) => {
    expect(await ask(ann, consistency)).toMatchObject({ says: 'denied', isOlder: false, instead: true });
  });

  test.each(['usual', 'minimizeLatency'] as const)('a token of %s decides what is fresh enough', async (mode) => {
    const { state } = await ask(ann, usualConsistency);
    const contained = { mode, atLeastAsFresh: [tokenOf(state)] };
    expect(await ask(ann, contained)).toMatchObject({ says: 'allowed', isOlder: true });
    const { state: newer } = await ask(ann, missingNothing);
    await onlyFromTheStore('denied', () => ask(ann, { mode, atLeastAsFresh: [tokenOf(newer)] }));
    const another = tokenOf({ ...state, identity: '00000000-0000-0000-0000-000000000000' });
    await onlyFromTheStore('denied', () => ask(ann, { mode, atLeastAsFresh: [another] }));
  });

  test('what needs a name that is not remembered is never denied for it', async () => {
    const unknown = `doc:new#viewer@user:${how === 'never' ? 'bea' : 'cy'}`;
    await change(opened.postgres, { writes: [relationship(unknown)] });
    await onlyFromTheStore('allowed', () => ask(unknown, usualConsistency));
    const inSnapshot = opened.store.reader.withSnapshot(
      [object('doc:1')],
      async (snapshot) => ({ age: snapshot.ageMs, nodes: await snapshot.resolve([object('user:never-asked')]) }),
      { consistency: usualConsistency },
    );
    await expect(inSnapshot).rejects.toThrow(NotProven);
  });

  /** The store is asked instead, unless it is known by then that this would be in vain. */
  async function onlyFromTheStore(says: string, question: () => ReturnType<typeof ask>) {
    const told = await question().catch((error: unknown) => error);
    if (how === 'with an error' || !(told instanceof NotProven)) {
      expect(told).toMatchObject({ says, isOlder: false, instead: true });
    }
  }

  test('many questions wait for it together, and not each for itself', async () => {
    const startedAt = performance.now();
    const asked = Array.from({ length: 400 }, () => ask(ann, usualConsistency));
    expect(new Set((await Promise.all(asked)).map(({ isOlder }) => isOlder))).toEqual(new Set([true]));
    for (let index = 0; index < 20; index++) await ask(ann, usualConsistency);
    // Each for itself, as long as the store may take to answer, those would be more than two minutes.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  test('it is asked again as soon as it answers', async () => {
    expect(await ask(ann, usualConsistency)).toMatchObject({ says: 'allowed', isOlder: true });
    answers = 'always';
    await soon(() => ask(ann, usualConsistency), { says: 'denied', isOlder: false, instead: false });
  });

  test('nothing is answered from a history that has ended', async () => {
    expect(await ask(ann, usualConsistency)).toMatchObject({ isOlder: true });
    opened.store.replica.drop(undefined);
    expect(await ask(ann, usualConsistency)).toMatchObject({ says: 'denied', isOlder: false, instead: true });
  });
});

describe('a store that answers', () => {
  test('is not waited for by who wants the lowest latency', async () => {
    const before = probes;
    await change(opened.postgres, { deletes: [relationship(ann)] });
    const found = await ask(ann, lowLatency);
    expect(found.isOlder || found.says === 'denied').toBe(true);
    await soon(() => ask(ann, usualConsistency), { says: 'denied', isOlder: false });
    expect(probes).toBeGreaterThan(before);
  });
});

test.each([
  [0, 'none'],
  [1, 'one of a moment'],
])('with %d ms allowed there is %s', async (allowedMs) => {
  const other = openReplica(databaseUrl(), { ...options, maxStalenessMs: allowedMs });
  try {
    await other.store.replica.whenLoaded();
    await soon(() => ask(ann, usualConsistency, other), { says: 'allowed', isOlder: false });
    answers = 'with an error';
    await change(opened.postgres, { deletes: [relationship(ann)] });
    await soon(() => ask(ann, usualConsistency, other), { says: 'denied', instead: true });
    answers = 'never';
    // The first may be told by the store; as soon as it is known to be silent, nobody is kept waiting for it.
    if (allowedMs > 0)
      await expect
        .poll(() => ask(ann, usualConsistency, other).catch((error: unknown) => error))
        .toBeInstanceOf(NotProven);
  } finally {
    answers = 'always';
    await other.store.close();
  }
});

describe('an older state', () => {
  const hour = 3_600_000;

  async function viewAfter(elapsedMs: number, wallMs = elapsedMs) {
    const { atHand } = opened.store.replica;
    if (atHand === undefined) throw new Error('A state was proven.');
    const now = thisMoment();
    const then = { monotonicMs: now.monotonicMs + elapsedMs, wallMs: now.wallMs + wallMs };
    return { ageMs: atHand.ageMsAt(then), state: atHand.asOf(then, then) };
  }

  test('is as old as the question that proved it, on a clock that nobody sets', async () => {
    expect((await viewAfter(hour)).ageMs).toBeGreaterThanOrEqual(hour);
    expect((await viewAfter(hour)).state.ageMs).toBeGreaterThanOrEqual(hour);
  });

  test.each([
    ['the machine was asleep', hour, 2 * hour],
    ['the clock was set back', hour, 0],
  ])('is of no use where %s', async (_, elapsedMs, wallMs) => {
    expect((await viewAfter(elapsedMs, wallMs)).ageMs).toBe(Number.POSITIVE_INFINITY);
  });

  test('loses what expires', async () => {
    const expiresAt = new Date(Date.now() + hour);
    await change(opened.postgres, { writes: [relationship('doc:timed#viewer@user:ann', { expiresAt })] });
    await ask('doc:timed#viewer@user:ann', missingNothing);
    const [doc, user] = opened.store.replica.recall([object('doc:timed'), object('user:ann')]);
    const holds = async (elapsedMs: number) => {
      const { state } = await viewAfter(elapsedMs);
      const relation = state.model.terms.relation.numberOf(relationship(ann).relation);
      if (doc === undefined || user === undefined || relation === undefined) throw new Error('All names are known.');
      return state.view.find(doc, relation, packSubject({ kind: 'object', object: user })) !== undefined;
    };
    expect([await holds(0), await holds(hour - 60_000), await holds(hour)]).toEqual([true, true, false]);
  });

  test('gains what begins, and waits for the clock of the store where something is to begin', async () => {
    const startsAt = new Date(Date.now() + hour);
    const begins = 'doc:begins#viewer@user:ann';
    // A model that does not ask for the time itself.
    const timeless = dsl({ user: {}, doc: { viewer: '[user]' } });
    await change(opened.postgres, { model: { model: model(timeless), dsl: timeless } });
    delayMs = 30;
    await ask(ann, missingNothing);
    expect(opened.store.replica.atHand?.rightAfterMs).toBe(0);
    await change(opened.postgres, { writes: [relationship(begins, { startsAt })] });
    await ask(begins, missingNothing);
    expect(opened.store.replica.atHand?.rightAfterMs).toBeGreaterThanOrEqual(30);
    delayMs = 0;
    const [doc, user] = opened.store.replica.recall([object('doc:begins'), object('user:ann')]);
    const holds = async (elapsedMs: number) => {
      const { state } = await viewAfter(elapsedMs);
      const relation = state.model.terms.relation.numberOf(relationship(ann).relation);
      if (doc === undefined || user === undefined || relation === undefined) throw new Error('All names are known.');
      return state.view.find(doc, relation, packSubject({ kind: 'object', object: user })) !== undefined;
    };
    expect([await holds(0), await holds(hour - 60_000), await holds(hour)]).toEqual([false, false, true]);
    await change(opened.postgres, { model: { model: model(text), dsl: text }, deletes: [relationship(begins)] });
  });

  test('has a clock between when it was asked for and when it is given, also where the proof took long', async () => {
    delayMs = 120;
    await ask(ann, missingNothing);
    const clock = (consistency: Consistency) =>
      opened.store.reader.withSnapshot([object('doc:1')], async ({ now, ageMs }) => ({ now, ageMs }), { consistency });
    const older = await clock(lowLatency);
    const after = await clock(missingNothing);
    expect(older.ageMs).toBeGreaterThan(0);
    expect(older.now.getTime()).toBeLessThanOrEqual(after.now.getTime());
    const { atHand } = opened.store.replica;
    const now = thisMoment();
    delayMs = 0;
    const before = await clock(missingNothing);
    expect(atHand?.asOf(now, now).view.nowMicros).toBeGreaterThan(before.now.getTime() * 1000 - 120_000);
  });
});
