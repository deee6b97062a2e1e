import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ok } from '../../src/base/result.ts';
import { check } from '../../src/engine/check/check.ts';
import type { Store } from '../../src/store/store.ts';
import { unconstrained } from '../../src/store/write-constraint.ts';
import { useDatabase } from '../support/database.ts';
import { outcomeOf } from '../support/decide.ts';
import { localParser } from '../support/local-parser.ts';
import { faults, type MessageFaults, startMessageFaults } from '../support/message-faults.ts';
import { openStore } from '../support/open-store.ts';
import { dsl, object, check as parseCheck, relationship } from '../support/parse.ts';
import { publish, usePostern, write } from '../support/postern.ts';

const database = useDatabase();
const postern = usePostern(database);
let way: MessageFaults;
const unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);

beforeAll(async () => {
  await publish(postern(), dsl({ user: {}, team: { member: '[user]' }, doc: { viewer: '[user, team#member]' } }));
  await write(postern(), ['team:1#member@user:ann', 'doc:1#viewer@team:1#member']);
  way = await startMessageFaults(database());
  process.on('unhandledRejection', note).on('uncaughtException', note);
});

afterAll(async () => {
  process.off('unhandledRejection', note).off('uncaughtException', note);
  await way[Symbol.asyncDispose]();
});

const right = ['allowed', 'denied'];
const silent = 'no answer';

/** The decisions for one who may and one who may not; or that there are none. */
async function ask(store: Store): Promise<readonly string[] | string> {
  const checks = ['user:ann', 'user:eve'].map((user) => parseCheck(`doc:1#viewer@${user}`));
  const answer = await check(store.reader, { checks, contextual: [] }).catch(() => undefined);
  return answer?.decisions.map(outcomeOf) ?? silent;
}

async function grant(store: Store, text: string): Promise<'done' | 'unknown'> {
  const write = store.writer.write(unconstrained, async (transaction) =>
    ok(await transaction.relationships.write([relationship(text)], undefined)),
  );
  return write.then(
    () => 'done',
    () => 'unknown',
  );
}

describe.each(faults)('when a connection meets "%s"', { timeout: 240_000 }, (fault) => {
  // Silence is waited for, and a write that meets it holds the lock until the database gives its session up.
  const steps = fault === 'silence' ? { read: 2, write: 15 } : { read: 1, write: 1 };
  let store: Store;

  beforeAll(() => {
    // Where nothing is said, somebody has to wait for it; all others are told.
    store = openStore(way.url, { connections: 8, statementTimeoutMs: fault === 'silence' ? 300 : 5000 }, localParser);
  });

  afterAll(() => store.close());

  /** Once after each message that `work` on a new connection gets, or after every so-manieth; the number of messages. */
  async function afterEachMessage(step: number, work: (message: number) => Promise<void>): Promise<number> {
    // The model is known from here on.
    await soon(() => ask(store), right);
    for (let message = faults.indexOf(fault) % step; ; message += step) {
      way.endAll();
      way.plan(fault, message);
      await work(message);
      if (!way.takeBack()) return message;
    }
  }

  test('after any message of connecting and reading, nothing is allowed that is not, and then all works', async () => {
    const messages = await afterEachMessage(steps.read, async () => {
      expect([silent, right]).toContainEqual(await ask(store));
    });
    expect(messages).toBeGreaterThan(20);
    await soon(() => ask(store), right);
    expect(unhandled).toEqual([]);
  });

  test('after messages of a write, it was done whole or not at all, and the next one is done', async () => {
    const docOf = (message: number) => `doc:${fault}-${message}`;
    const messages = await afterEachMessage(steps.write, async (message) => {
      const outcome = await grant(store, `${docOf(message)}#viewer@user:ann`);
      if (outcome === 'done') expect(await viewersOf(docOf(message))).toBe(1);
    });
    expect(messages).toBeGreaterThan(40);
    await soon(() => grant(store, `doc:after-${fault}#viewer@user:ben`), 'done');
    expect(unhandled).toEqual([]);
  });

  test('while nobody uses it, the next question is answered all the same', async () => {
    await soon(() => ask(store), right);
    way.endAll();
    await soon(() => ask(store), right);
    expect(unhandled).toEqual([]);
  });
});

async function viewersOf(doc: string): Promise<number> {
  const page = await postern().store.readRelationships({ object: object(doc) }, 10, undefined);
  return page.relationships.length;
}

/** It must come by itself. */
async function soon<Value>(run: () => Promise<Value>, wanted: Value): Promise<void> {
  await expect.poll(run, { timeout: 20_000, interval: 10 }).toEqual(wanted);
}
