import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ok } from '../../src/base/result.ts';
import { check } from '../../src/engine/check/check.ts';
import { formatSubjectRef } from '../../src/model/subject-ref.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import type { Store } from '../../src/store/store.ts';
import { unconstrained } from '../../src/store/write-constraint.ts';
import { useDatabase } from '../support/database.ts';
import { outcomeOf } from '../support/decide.ts';
import { localParser } from '../support/local-parser.ts';
import { openStore } from '../support/open-store.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { dsl, object, check as parseCheck, relationship, unwrap } from '../support/parse.ts';
import { publish, usePostern, write } from '../support/postern.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

const database = useDatabase();
const postern = usePostern(database);
let admin: Sql;
let proxy: TcpProxy;
let store: Store;

beforeAll(async () => {
  await publish(postern(), dsl({ user: {}, doc: { viewer: '[user]' } }));
  await write(postern(), ['doc:1#viewer@user:ann']);
  admin = connectAsOwner(database(), 3);
  proxy = await startTcpProxy(database());
  store = openStore(proxy.url, { connections: 1, statementTimeoutMs: 10_000 }, localParser);
});

afterAll(async () => {
  await proxy.mend();
  await store.close();
  await proxy[Symbol.asyncDispose]();
  await admin.end();
});

const waiting = () => admin<{ pid: number }[]>`
  select pid from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and state = 'active' and wait_event_type in ('Lock', 'Timeout')`;

/** Breaks the connection once a statement of `work` is waiting for its answer; the message that `work` fails with. */
async function failureOf(work: Promise<unknown>, lose: () => unknown): Promise<string> {
  let message: string | undefined;
  const ended = work.then(
    () => 'nothing',
    (error: Error) => error.message,
  );
  void ended.then((text) => {
    message = text;
  });
  while ((await waiting()).length === 0) {
    if (message !== undefined) throw new Error(`It ended before its connection was lost: ${message}`);
  }
  await lose();
  return ended;
}

const losses: readonly [what: string, lose: () => unknown][] = [
  [
    'an administrator ends the session',
    async () => {
      for (const { pid } of await waiting()) await admin`select pg_terminate_backend(${pid})`;
    },
  ],
  ['the network closes the connection', () => proxy.cut()],
  ['the network resets the connection', () => proxy.reset()],
];

/** The driver reports a loss to the next statement on the same connection as well; after that it must be well again. */
async function soon<Value>(run: () => Promise<Value>): Promise<Value> {
  return run().catch(run);
}

const lost = /connection to the database was lost/;

async function ask(): Promise<readonly string[]> {
  const { decisions } = await check(store.reader, { checks: [parseCheck('doc:1#viewer@user:ann')], contextual: [] });
  return decisions.map(outcomeOf);
}

async function grant(text: string): Promise<number> {
  const written = await store.writer.write(unconstrained, async (transaction) =>
    ok(await transaction.relationships.write([relationship(text)], undefined)),
  );
  return unwrap(written).revision;
}

describe.each(losses)('when %s', (what, lose) => {
  test.each([1, 2, 3])('in a read, it fails, and the next one is answered (%j)', async () => {
    await admin.begin(async (blocking) => {
      await blocking`lock table store in access exclusive mode`;
      expect(await failureOf(ask(), lose)).toMatch(lost);
    });
    await proxy.mend();
    expect(await soon(ask)).toEqual(['allowed']);
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([['allowed'], ['allowed'], ['allowed']]);
  });

  test.each([1, 2, 3])('in a write, nothing of it is left, and the next one is done (%j)', async (round) => {
    const doc = `doc:${what.replaceAll(' ', '-')}-${round}`;
    await soon(() => grant(`${doc}#viewer@user:before`));
    await admin.begin(async (blocking) => {
      await blocking`lock table idempotency in access exclusive mode`;
      const writing = store.writer.write(unconstrained, async (transaction) => {
        await transaction.relationships.write([relationship(`${doc}#viewer@user:lost`)], undefined);
        return ok(await transaction.outcomes.find('user:ann', 'key'));
      });
      expect(await failureOf(writing, lose)).toMatch(lost);
    });
    await proxy.mend();
    const revision = await soon(() => grant(`${doc}#viewer@user:ann`));
    const page = await store.readRelationships({ object: object(doc) }, 10, undefined);
    const subjects = page.relationships.map((one) => formatSubjectRef(one.relationship.subject));
    expect(subjects.toSorted()).toEqual(['user:ann', 'user:before']);
    expect(await grant(`${doc}#viewer@user:ben`)).toBe(revision + 1);
  });
});
