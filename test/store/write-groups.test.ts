import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../bench/random.ts';
import { failed, ok } from '../../src/base/result.ts';
import { formatRelationship } from '../../src/model/relationship.ts';
import { verifyAuditLog } from '../../src/operations/audit/verify-audit-log.ts';
import { Callers } from '../../src/operations/callers.ts';
import { type Postern, workingFor } from '../../src/operations/postern.ts';
import { writesAtOnce } from '../../src/store/lanes.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { unconstrained } from '../../src/store/write-constraint.ts';
import type { WriteTransaction } from '../../src/store/write-transaction.ts';
import { useDatabase } from '../support/database.ts';
import { acts, firm } from '../support/firm.ts';
import { localParser } from '../support/local-parser.ts';
import { openMemoryStore } from '../support/memory-store.ts';
import { faults, type MessageFaults, startMessageFaults } from '../support/message-faults.ts';
import { openStore } from '../support/open-store.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { object, relationship, unwrap } from '../support/parse.ts';
import { publish, relationships, signedIn, usePostern, write } from '../support/postern.ts';

/** Writes that wait at the same time share a lock and a commit, and nobody can tell but by the clock. */

const database = useDatabase();
const statements: string[] = [];
// Whoever is slow here is not to be left out for it.
const turnsMs = 60_000;
const postern = usePostern(database, { turnsMs, onStatement: (text) => statements.push(text) });
let owner: Sql;

beforeAll(async () => {
  owner = connectAsOwner(database(), 3);
  await publish(postern(), firm);
  await write(postern(), ['platform:main#operator@service:ops']);
});

afterAll(() => owner.end());

/** Whoever was let through the last time is not asked before its turn: so acts wait in the order in which they begin. */
const trusted = new Callers({ usual: 1e9, service: 1e9 });

function trustedActs(base: () => Postern, name: string) {
  const caller = trusted.of(name);
  caller.wasEntitled = true;
  const { grant, revoke, write: writeAs } = acts(() => workingFor(base(), caller));
  const actor = signedIn(name);
  return {
    grant: (text: string, key?: string) => grant(actor, text, key === undefined ? undefined : { key, request: text }),
    revoke: (text: string) => revoke(actor, text),
    write: (writes: readonly string[], deletes: readonly string[] = []) => writeAs(actor, writes, deletes),
  };
}

/** Begins all writes while the lock is held, behind one that waits for it: so all of them are the next group. */
async function together<Outcomes extends readonly unknown[]>(
  writes: readonly [...{ [Index in keyof Outcomes]: () => Promise<Outcomes[Index]> }],
  store = postern().store,
): Promise<{ [Index in keyof Outcomes]: PromiseSettledResult<Outcomes[Index]> }> {
  const begun = await owner.begin(async (sql) => {
    await sql`select from store for no key update`;
    let hasEnded = false;
    const first = store.writer
      .write(unconstrained, async () => ok(undefined))
      .finally(() => {
        hasEnded = true;
      });
    first.catch(() => undefined);
    while (!hasEnded && !(await isAnyoneWaiting())) await nextTurn();
    statements.length = 0;
    const others = writes.map((begin) => begin());
    await nextTurn();
    return [first, ...others];
  });
  const [, ...settled] = await Promise.allSettled(begun);
  return settled as { [Index in keyof Outcomes]: PromiseSettledResult<Outcomes[Index]> };
}

async function isAnyoneWaiting(): Promise<boolean> {
  const waiting = await owner`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return waiting.length > 0;
}

const locks = () => statements.filter((text) => /for no key update/.test(text)).length;

const putting = (texts: readonly string[]) => () =>
  postern().store.writer.write(unconstrained, async ({ relationships: writer, audit }) => {
    const existing = await writer.write(relationships(texts), undefined);
    if (existing.length > 0) return failed('exists');
    await audit.record({
      ...{ actor: 'user:ann', delegate: undefined, action: 'grantRole', outcome: 'done' },
      ...{ before: [], after: texts, reason: undefined, requestId: undefined },
    });
    return ok(texts);
  });

const ends = (settled: readonly PromiseSettledResult<unknown>[]) =>
  settled.map((one) =>
    one.status === 'rejected' ? 'thrown' : (one.value as { readonly ok: boolean }).ok ? 'done' : 'refused',
  );

async function isStored(text: string): Promise<boolean> {
  const page = await postern().store.readRelationships({ object: relationship(text).object }, 100, undefined);
  return page.relationships.some(({ relationship: one }) => formatRelationship(one) === text);
}

const isNumbered = async (name: string) => (await owner`select from object where name = ${name}`).length === 1;

async function isSound(): Promise<boolean> {
  return (await verifyAuditLog(postern().store.audit, { anchor: undefined })).ok;
}

const member = (name: string, index: number) => `firm:${name}#member@user:${name}-${index}`;

test('many that wait take the lock once, and each has its revision, its change and its event', async () => {
  const count = 20;
  const settled = await together(Array.from({ length: count }, (_, index) => putting([member('many', index)])));
  expect(locks()).toBe(1);
  const revisions = settled.map((one) => one.status === 'fulfilled' && unwrap(one.value).revision);
  const [first] = revisions;
  expect(revisions).toEqual(Array.from({ length: count }, (_, index) => Number(first) + index));
  const rows = await owner`
    select r.revision, r.xmin, c.ordinal, a.id from relationship r
    join change c on c.revision = r.revision join audit_event a on a.revision = r.revision
    where r.revision >= ${Number(first)} order by r.revision`;
  expect(rows.map(({ revision }) => revision)).toEqual(revisions);
  expect(new Set(rows.map(({ ordinal }) => ordinal))).toEqual(new Set([0]));
  expect(await isSound()).toBe(true);
});

test('one that is alone is a transaction without a mark in it', async () => {
  statements.length = 0;
  await putting([member('alone', 0)])();
  expect(statements.filter((text) => /savepoint/.test(text))).toEqual([]);
  expect(locks()).toBe(1);
});

type Fail = (transaction: WriteTransaction) => Promise<unknown>;

describe.each<[how: string, end: string, fail: Fail]>([
  ['is refused', 'refused', async () => failed('no')],
  ['throws', 'thrown', () => Promise.reject(new Error('no'))],
  ['meets an error of the database', 'thrown', ({ models }) => models.read(2 ** 40)],
])('one in the middle that %s', (how, end, fail) => {
  const name = how.replaceAll(' ', '-');
  const failing = () =>
    postern().store.writer.write(unconstrained, async (transaction) => {
      await transaction.relationships.delete(relationships([`firm:${name}#member@user:there`]));
      await transaction.relationships.write(relationships([`firm:${name}-new#member@user:${name}-half`]), undefined);
      await transaction.outcomes.store('user:ann', name, 'hash', {});
      return (await fail(transaction)) as ReturnType<typeof failed>;
    });

  test('leaves nothing, and keeps nothing from the others', async () => {
    await write(postern(), [`firm:${name}#member@user:there`]);
    const settled = await together([putting([member(name, 0)]), failing, putting([member(name, 1)])]);
    expect(ends(settled)).toEqual(['done', end, 'done']);
    expect(await isStored(`firm:${name}#member@user:there`)).toBe(true);
    for (const index of [0, 1]) expect(await isStored(member(name, index))).toBe(true);
    expect(await isNumbered(`${name}-half`)).toBe(false);
    expect(await owner`select from idempotency where key = ${name}`).toHaveLength(0);
    expect(await isSound()).toBe(true);
  });
});

describe('a write sees what those before it in its group have done', () => {
  const { grant, revoke } = trustedActs(postern, 'user:ann');
  const ben = trustedActs(postern, 'user:ben');

  test('what is granted twice is there already', async () => {
    await write(postern(), ['firm:twice#owner@user:ann']);
    const text = 'firm:twice#member@user:new';
    const settled = await together([() => grant(text), () => grant(text), () => revoke(text), () => grant(text)]);
    expect(locks()).toBe(1);
    expect(ends(settled)).toEqual(['done', 'refused', 'done', 'done']);
    expect(settled[1]).toMatchObject({ value: { problem: { errors: [{ code: 'ALREADY_EXISTS' }] } } });
  });

  test('a right that was revoked before does not count, and one that was given does', async () => {
    await write(postern(), ['firm:rights#owner@user:ann', 'firm:rights#admin@user:ben']);
    const right = 'firm:rights#admin@user:ben';
    const acted = (index: number) => () => ben.grant(`firm:rights#member@user:r${index}`);
    const settled = await together([acted(0), () => revoke(right), acted(1), () => grant(right), acted(2)]);
    // The other one is that of the event of the refused attempt.
    expect(locks()).toBe(2);
    expect(ends(settled)).toEqual(['done', 'done', 'refused', 'done', 'done']);
    expect(settled[2]).toMatchObject({ value: { problem: { kind: 'forbidden' } } });
  });

  test('of two owners that remove each other, one stays', async () => {
    await write(postern(), ['firm:two#owner@user:ann', 'firm:two#owner@user:ben']);
    const settled = await together([
      () => revoke('firm:two#owner@user:ann'),
      () => ben.revoke('firm:two#owner@user:ben'),
    ]);
    expect(locks()).toBe(1);
    expect(ends(settled)).toEqual(['done', 'refused']);
    expect(settled[1]).toMatchObject({ value: { problem: { errors: [{ code: 'LAST_HOLDER' }] } } });
  });

  test('the same key twice is one grant with one outcome', async () => {
    await write(postern(), ['firm:keys#owner@user:ann']);
    const text = 'firm:keys#member@user:new';
    const settled = await together([() => grant(text, 'k'), () => grant(text, 'k'), () => grant(text, 'other')]);
    expect(locks()).toBe(1);
    expect(ends(settled)).toEqual(['done', 'done', 'refused']);
    const [first, second] = settled.map((one) => one.status === 'fulfilled' && one.value);
    expect(second).toEqual(first);
    expect(await grant(text, 'k')).toEqual(first);
    const { events } = await postern().store.audit.events({ object: 'firm:keys' }, 10, undefined);
    expect(events.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['grantRole', 'done'],
      ['writeRelationships', 'done'],
    ]);
  });
});

test('whoever had the right the last time is asked in the turn alone, until a refusal', async () => {
  await write(postern(), ['firm:asked#owner@user:ann']);
  const caller = trusted.of('user:asked');
  const { grant } = acts(() => workingFor(postern(), caller));
  const asksBefore = async (text: string) => {
    statements.length = 0;
    const { ok: isDone } = await grant(signedIn('user:ann'), text);
    return [isDone, statements.some((statement) => /read only/.test(statement))];
  };
  expect(await asksBefore('firm:asked#member@user:1')).toEqual([true, true]);
  expect(await asksBefore('firm:asked#member@user:2')).toEqual([true, false]);
  // What is wrong with an input says nothing of the right.
  expect(await asksBefore('firm:asked#member@user:2')).toEqual([false, false]);
  expect(await asksBefore('firm:other#member@user:3')).toEqual([false, false]);
  expect(await asksBefore('firm:asked#member@user:3')).toEqual([true, true]);
});

test('one that takes long to look around is done alone, and the others before it', async () => {
  const store = openStore(database(), { connections: 4, statementTimeoutMs: 20_000, turnsMs: 1 }, localParser);
  const held = Promise.withResolvers<void>();
  const order: string[] = [];
  const slow = () =>
    store.writer.write(unconstrained, async (transaction) => {
      await held.promise;
      await transaction.relationships.write(relationships([member('slow', 0)]), undefined);
      order.push('slow');
      return ok(undefined);
    });
  const quick = () =>
    store.writer
      .write(unconstrained, async () => ok(undefined))
      .then((written) => {
        order.push('quick');
        held.resolve();
        return written;
      });
  expect(ends(await together([slow, quick], store))).toEqual(['done', 'done']);
  expect(order).toEqual(['quick', 'slow']);
  expect(await isStored(member('slow', 0))).toBe(true);
  await store.close();
});

test('many of one caller do not keep another one waiting', async () => {
  await write(postern(), ['firm:flood#owner@user:ann', 'firm:flood#owner@user:ben']);
  const flood = trustedActs(postern, 'user:ann');
  const single = trustedActs(postern, 'user:ben');
  let done = 0;
  const outcomes: Promise<unknown>[] = Array.from({ length: 50 }, (_, index) =>
    flood.grant(`firm:flood#member@user:f${index}`).then(({ ok: isDone }) => {
      done += isDone ? 1 : 0;
    }),
  );
  expect(await single.grant('firm:flood#member@user:single')).toMatchObject({ ok: true });
  // Those that had their places before it, a quarter of all.
  expect(done).toBeLessThanOrEqual(writesAtOnce / 4);
  await Promise.all(outcomes);
});

const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);

test(`what 16 do at once is what they would have done in the order of the revisions (seed ${seed})`, async () => {
  const random = createRandom(seed);
  const people = Array.from({ length: 6 }, (_, index) => `user:s${index}`);
  const firms = ['firm:s0', 'firm:s1'];
  const start = firms.map((name) => `${name}#owner@user:s0`);
  await write(postern(), start);
  const done: {
    readonly revision: number;
    readonly run: (on: ReturnType<typeof trustedActs>) => Promise<{ readonly ok: boolean }>;
    readonly actor: string;
  }[] = [];
  const client = async () => {
    for (let turn = 0; turn < 40; turn++) {
      const actor = random.pick(people);
      const role = random.pick(['owner', 'admin', 'admin', 'member', 'blocked', 'finance']);
      const text = `${random.pick(firms)}#${role}@${random.pick(people)}`;
      const verb = random.pick(['grant', 'revoke'] as const);
      const run = (on: ReturnType<typeof trustedActs>) => on[verb](text);
      const outcome = await run(trustedActs(postern, actor));
      if (outcome.ok) done.push({ revision: outcome.value.token.revision, run, actor });
    }
  };
  await Promise.all(Array.from({ length: 16 }, client));
  const again: Postern = { ...postern(), store: openMemoryStore() };
  await publish(again, firm);
  await write(again, start);
  for (const { actor, run, revision } of done.toSorted((left, right) => left.revision - right.revision)) {
    expect([revision, await run(trustedActs(() => again, actor))]).toMatchObject([revision, { ok: true }]);
  }
  const stored = async ({ store }: Postern) => {
    const pages = await Promise.all(
      firms.map((name) => store.readRelationships({ object: object(name) }, 100, undefined)),
    );
    return pages.flatMap((page) => page.relationships.map((one) => formatRelationship(one.relationship))).toSorted();
  };
  expect(await stored(postern())).toEqual(await stored(again));
  expect(done.length).toBeGreaterThan(30);
  expect(await isSound()).toBe(true);
}, 120_000);

/** What says nothing at all is waited for each time: `message-faults.test.ts` does so for one write. */
const heard = faults.filter((fault) => fault !== 'silence');

describe.each(heard)('when the connection of a group meets "%s"', { timeout: 240_000 }, (fault) => {
  let way: MessageFaults;

  beforeAll(async () => {
    way = await startMessageFaults(database());
  });

  afterAll(() => way[Symbol.asyncDispose]());

  test('after any message, what was said to be done is, and each happened as a whole or not at all', async () => {
    const store = openStore(way.url, { connections: 4, statementTimeoutMs: 5000, turnsMs }, localParser);
    const puttingOn = (texts: readonly string[]) => () =>
      store.writer.write(unconstrained, async (transaction) => {
        await transaction.relationships.write(relationships(texts), undefined);
        return ok(undefined);
      });
    const known = new Set<string>();
    for (let message = faults.indexOf(fault); ; message += faults.length) {
      const name = `${fault}-${message}`;
      const [refusedOne, ...texts] = [0, 1, 2, 3].map((index) => [
        member(name, index),
        `paper:${name}-${index}#author@user:x`,
      ]);
      const refused = () =>
        store.writer.write(unconstrained, async (transaction) => {
          await transaction.relationships.write(relationships(refusedOne ?? []), undefined);
          return failed('no');
        });
      way.plan(fault, message);
      const settled = await together([refused, ...texts.map(puttingOn)], store);
      const isOver = !way.takeBack();
      for (const text of refusedOne ?? []) expect(await isStored(text)).toBe(false);
      const outcomes = settled.slice(1);
      for (const [index, pair] of texts.entries()) {
        const stored = await Promise.all(pair.map(isStored));
        expect(stored[0]).toBe(stored[1]);
        if (outcomes[index]?.status === 'fulfilled') expect(stored[0]).toBe(true);
        known.add(outcomes[index]?.status ?? '');
      }
      if (isOver) break;
    }
    expect(await isSound()).toBe(true);
    const [gap] = await owner`
      select count(distinct revision)::int as revisions, max(revision)::int - min(revision)::int + 1 as span from change`;
    expect(gap?.revisions).toBe(gap?.span);
    expect(known).toContain('fulfilled');
    // A statement that fails is repeated alone, and may succeed each time.
    if (fault !== 'failed') expect(known).toContain('rejected');
    await store.close();
  });
});
