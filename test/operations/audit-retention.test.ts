import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ok } from '../../src/base/result.ts';
import { verifyAudit } from '../../src/cli/audit-command.ts';
import type { ConsistencyToken } from '../../src/model/consistency-token.ts';
import type { HistoryMark } from '../../src/model/history-mark.ts';
import { replayAuditLog } from '../../src/operations/audit/replay-audit-log.ts';
import { verifyAuditLog } from '../../src/operations/audit/verify-audit-log.ts';
import { findStaleness } from '../../src/operations/check-freshness.ts';
import { announceRemoval } from '../../src/operations/upkeep/announce-removal.ts';
import { runUpkeep } from '../../src/operations/upkeep/run-upkeep.ts';
import { type AuditHead, hashOfEvent } from '../../src/store/audit-event.ts';
import { openConnection } from '../../src/store/postgres/connect.ts';
import type { Connection } from '../../src/store/postgres/connection.ts';
import { migrate } from '../../src/store/postgres/migrate.ts';
import { openAuditLog } from '../../src/store/postgres/open-audit-log.ts';
import { plainShapes } from '../../src/store/postgres/plain-shapes.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import type { Retention } from '../../src/store/upkeep.ts';
import { unconstrained } from '../../src/store/write-constraint.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { localParser } from '../support/local-parser.ts';
import { openStore, type PostgresStore } from '../support/open-store.ts';
import { connectAsOwner, connectionsOf } from '../support/owner-sql.ts';
import { dsl, object } from '../support/parse.ts';
import { activate, publish, write } from '../support/postern.ts';

/** A store with two models, a few relationships, and a database of its own: what is removed does not come back. */
let database: TestDatabase;
let store: PostgresStore;
let owner: Sql;
let application: Connection;

const first = dsl({ user: {}, doc: { viewer: '[user]' } });
const second = dsl({ user: {}, doc: { viewer: '[user]', editor: '[user]' } });

/** One for each test, or for all tests that leave it as it is. */
function useStore(before: typeof beforeEach | typeof beforeAll): void {
  before(open);
}

async function open(): Promise<void> {
  await close();
  database = await createDatabase();
  owner = connectAsOwner(database.url);
  application = await openConnection(database.url, { statementTimeoutMs: 10_000 });
  store = openStore(database.url, { connections: 3, statementTimeoutMs: 10_000 }, localParser);
  await publish(postern(), first);
  await write(postern(), ['doc:1#viewer@user:ann', 'doc:1#viewer@user:bob', 'doc:1#viewer@user:cy']);
  await publish(postern(), second);
  await write(postern(), ['doc:2#editor@user:ann'], ['doc:1#viewer@user:bob']);
}

afterAll(close);

async function close(): Promise<void> {
  if (database === undefined) return;
  await Promise.all([store.close(), owner.end(), application.close()]);
  await database.drop();
}

const forEver = Number.POSITIVE_INFINITY;
const nothing: Retention = { expiredMs: forEver, changesMs: forEver, outcomesMs: forEver, auditMs: forEver };
const hourMs = 3_600_000;

const report = (_message: string, error: unknown) => {
  throw error;
};
const postern = () => ({ store, platform: object('platform:main'), report });
/** What the owner of the tables lets be removed. */
const keep = (ms: number) => migrate(database.url, ms);
const upkeep = (retention: Partial<Retention>) =>
  runUpkeep(postern(), store.upkeep, { ...nothing, ...retention }, new AbortController().signal);
const verify = (anchor?: AuditHead) => verifyAuditLog(store.audit, { anchor });
const askFunction = async () => (await application.sql`select remove_audit_events(1000) as removed`)[0]?.removed;

/** Everything but the last event, and then something new. */
async function removeAll(): Promise<void> {
  await keep(1);
  await whenOld(3);
  expect(await upkeep({ auditMs: 1 })).toMatchObject({ events: 3 });
  await keep(hourMs);
}

/** Returns when all events up to this one may be removed. */
async function whenOld(event: number): Promise<void> {
  while ((await store.upkeep.findOldEvents(1))?.to !== event);
}

describe('nothing is removed', () => {
  useStore(beforeAll);

  test.each<[what: string, keepMs: number, retention: Partial<Retention>]>([
    ['unless the owner of the tables lets it be', forEver, { auditMs: 1 }],
    ['unless the server is told to', 1, {}],
    ['that is kept longer by the database', hourMs, { auditMs: 1 }],
    ['that is kept longer by the server', 1, { auditMs: hourMs }],
    ['that followers of changes may still ask about', 1, { auditMs: 1, changesMs: hourMs }],
  ])('%s', async (_what, keepMs, retention) => {
    await keep(keepMs);
    expect(await upkeep(retention)).toMatchObject({ events: 0 });
    const [row] = await owner`select count(*)::int4 as events from audit_event`;
    expect(row).toEqual({ events: 4 });
  });
});

describe('what is old is removed', () => {
  useStore(beforeEach);

  test('after an event has said so, and everything after it stays proven', async () => {
    await removeAll();
    const head = await store.audit.head();
    const events = await store.audit.links(0, head.length, 10);
    expect(events.map(({ event: { id, actor, action } }) => [id, actor, action])).toEqual([
      [4, 'console test', 'writeRelationships'],
      [5, 'console upkeep', 'removeAuditEvents'],
    ]);
    expect(head).toMatchObject({
      removed: { event: 3 },
      removal: { event: 5, to: 3, hash: head.removed.hash, active: 2, models: [{ model: 1 }, { model: 2 }] },
    });
    expect(events.at(-1)?.event.reason).toMatch(/^Audit events are kept for .* days \(POSTERN_KEEP_AUDIT_DAYS\)\.$/);
    await activate(postern(), 1);
    await write(postern(), ['doc:3#viewer@user:dan'], ['doc:1#viewer@user:ann']);
    expect(await verify(head)).toMatchObject({ ok: true });
    // Before the last removed event, one of the three relationships was put there.
    expect(await replayAuditLog(store.audit)).toMatchObject({
      ...{ differences: 0, removedTo: 3, relationships: 3, unprovenRelationships: 1, models: 2, unprovenModels: 0 },
    });
  });

  test('again and again, each time from where the last one ended', async () => {
    await removeAll();
    await write(postern(), ['doc:4#viewer@user:ann']);
    await keep(1);
    await whenOld(5);
    expect(await upkeep({ auditMs: 1 })).toMatchObject({ events: 2 });
    expect(await store.audit.head()).toMatchObject({ removed: { event: 5 }, removal: { event: 7, to: 5, active: 2 } });
    expect(await verify()).toMatchObject({ ok: true });
    expect((await replayAuditLog(store.audit)).examples).toEqual([]);
  });

  test('piece by piece, and sound after each, wherever the work ends', async () => {
    const who = { actor: 'console test', delegate: undefined, requestId: undefined, reason: undefined } as const;
    await store.writer.write(unconstrained, async ({ audit }) => {
      const some = {
        ...who,
        action: 'readModel',
        outcome: 'denied',
        before: [],
        after: [{ object: 'doc:1' }],
      } as const;
      for (let n = 0; n < 1200; n += 1) await audit.record(some);
      return ok(undefined);
    });
    await keep(1);
    await whenOld(1203);
    await announceRemoval(postern(), store.upkeep, { ...nothing, auditMs: 1 });
    expect(await store.audit.head()).toMatchObject({ removed: { event: 0 }, removal: { to: 1203 } });
    expect(await verify()).toMatchObject({ ok: true });
    expect(await store.upkeep.removeEvents()).toBe(500);
    expect(await store.audit.head()).toMatchObject({ removed: { event: 500 }, removal: { to: 1203 } });
    expect(await verify()).toMatchObject({ ok: true });
    expect((await replayAuditLog(store.audit)).examples).toEqual([]);
    // What was said and not done is done the next time, before anything else is.
    expect(await upkeep({ auditMs: hourMs })).toMatchObject({ events: 703 });
    expect(await store.audit.head()).toMatchObject({ removed: { event: 1203 }, removal: { event: 1205, to: 1203 } });
    expect(await verify()).toMatchObject({ ok: true });
  });

  test('while others write, who wait for nothing', async () => {
    await keep(1);
    await store.upkeep.removeEvents();
    await owner
      .begin(async (sql) => {
        await expect.poll(async () => (await store.upkeep.findOldEvents(1))?.to).toBe(3);
        await sql`update audit_anchor set event = 0`;
        await write(postern(), ['doc:5#viewer@user:ann']);
        throw new TakenBack();
      })
      .catch(takenBack);
    expect(await verify()).toMatchObject({ ok: true });
  });

  test('and an anchor that was kept elsewhere holds from there on, and says so where it cannot', async () => {
    const heads = await Promise.all([2, 3, 4].map((length) => headAt(length)));
    await removeAll();
    const said = async ({ hash, length }: AuditHead) => {
      const lines: string[] = [];
      const code = await verifyAudit(store.audit, `${hash}@${length}`, (line) => lines.push(line));
      return [code, lines.at(-2)];
    };
    const [gone, last, kept] = heads;
    expect(await said(gone as AuditHead)).toEqual([
      2,
      'The anchor is for event 2, which was removed: it proves nothing any more.',
    ]);
    expect((await said(last as AuditHead))[0]).toBe(0);
    expect((await said(kept as AuditHead))[0]).toBe(0);
    expect(await verify({ length: 3, hash: (gone as AuditHead).hash })).toMatchObject({ ok: false });
  });
});

describe('a token from before what was removed', () => {
  useStore(beforeAll);
  let token: ConsistencyToken;
  beforeAll(async () => {
    token = await write(postern(), ['doc:6#viewer@user:ann']);
    await write(postern(), ['doc:7#viewer@user:ann']);
    await keep(1);
    await whenOld(5);
    await upkeep({ auditMs: 1 });
  });

  const other = '0123456789abcdef';
  test.each<[what: string, mark: (own: HistoryMark | undefined) => HistoryMark | undefined, code: string | undefined]>([
    ['is answered, with the mark of the last that was', (own) => own, undefined],
    ['is refused where that is of another history', (own) => own && { ...own, hash: other }, 'HISTORY_DIVERGED'],
    ['is answered, with the mark of an earlier one', () => ({ event: 2, hash: other }), undefined],
    ['is refused with the mark of another event that is kept', () => ({ event: 6, hash: other }), 'HISTORY_DIVERGED'],
    ['is refused with the mark of an event that never was', () => ({ event: 60, hash: other }), 'HISTORY_DIVERGED'],
  ])('%s', async (_what, mark, code) => {
    expect(token.mark?.event).toBe(5);
    const asked = { ...token, mark: mark(token.mark) };
    const stale = await findStaleness(
      await store.reader.withSnapshot([], async (snapshot) => snapshot),
      { mode: 'usual', atLeastAsFresh: [asked] },
      { line: store.line, log: store },
    );
    expect(stale?.code).toBe(code);
  });
});

async function headAt(length: number): Promise<AuditHead> {
  const [row] = await owner<{ hash: string }[]>`select hash from audit_event where id = ${length}`;
  return { length, hash: row?.hash ?? '' };
}

class TakenBack extends Error {}

function takenBack(error: unknown): void {
  if (!(error instanceof TakenBack)) throw error;
}

describe('whoever has the role of servers', () => {
  useStore(beforeAll);

  test.each([
    ['remove events', 'delete from audit_event where id = 1', 'permission denied for table audit_event'],
    ['remove names', 'delete from audit_mention', 'permission denied for table audit_mention'],
    ['move the anchor', 'update audit_anchor set event = 2', 'permission denied for table audit_anchor'],
    ['say what is kept', 'update audit_anchor set keep_ms = 1', 'permission denied for table audit_anchor'],
    ['make the function another one', 'alter function remove_audit_events(integer) security invoker', 'must be owner'],
  ])('cannot %s', async (_what, statement, message) => {
    await expect(application.sql.unsafe(statement)).rejects.toThrow(message);
  });

  /** As somebody would who can send any statement as that role. */
  const forge = async (to: number, at = '1970-01-01T00:00:00Z') => {
    const { hash } = await headAt(to);
    const before = JSON.stringify([{ events: { from: 1, to }, hash, at, models: [], active: null }]);
    await application.sql`
      insert into audit_event (id, revision, at, actor, action, before, after, hash)
      select audit_length + 1, revision, ${at}::text::timestamptz, 'console upkeep', 'removeAuditEvents', ${before}::text::jsonb, '[]', 'x'
      from store`;
    await application.sql`update store set audit_length = audit_length + 1, audit_head = 'x'`;
  };

  test('cannot have anything removed that the owner of the tables keeps, whatever they write into the log', async () => {
    await forge(4);
    expect(await askFunction()).toBe(0);
    await keep(hourMs);
    expect(await askFunction()).toBe(0);
    await forge(6);
    expect(await askFunction()).toBe(0);
    expect(await verify()).toMatchObject({ ok: false, problem: { event: 5 } });
  });

  test('cannot have another table taken for the log, or for the anchor', async () => {
    await keep(hourMs);
    await application.sql.unsafe(`
      create temporary table audit_anchor as select id, event, hash, 1::bigint as keep_ms from public.audit_anchor;
      create temporary table audit_event as select 9::bigint as id, 'removeAuditEvents' as action, 'done' as outcome,
        now() - interval '1 day' as at, 'y' as hash, '[{"events": {"to": 9}, "hash": "y"}]'::jsonb as before;`);
    expect(await askFunction()).toBe(0);
    expect((await owner`select min(id) as first from public.audit_event`)[0]).toEqual({ first: 1 });
  });
});

describe('where everybody may make functions beside the tables, as in databases from before PostgreSQL 15', () => {
  useStore(beforeEach);

  /** What fits the words of the database's own functions better than what they mean, and notes as whom it runs. */
  test.each([
    ['bigint, interval', 'interval', `'-1000 years'::interval`, '*'],
    ['jsonb, jsonb', 'jsonb', 'null::jsonb', '->'],
    ['jsonb, jsonb', 'text', 'null::text', '->>'],
    ['text, text', 'text', `'select max(id) from gone'`, undefined],
  ])('nobody has the owner of the tables run something of theirs: (%s) -> %s', async (takes, gives, what, operator) => {
    await keep(1);
    await whenOld(3);
    await announceRemoval(postern(), store.upkeep, { ...nothing, auditMs: 1 });
    const allow = (ms: number) => owner`update audit_anchor set keep_ms = ${ms}`;
    await owner`grant create on schema public to public`;
    const [left, right] = takes.split(', ');
    await application.sql.unsafe(`
      create table public.ran_as (who text);
      grant insert on public.ran_as to public;
      create function public.format(${takes}) returns ${gives} language plpgsql as $$
        begin insert into public.ran_as values (current_user); return ${what}; end $$;
      ${operator ? `create operator public.${operator} (leftarg = ${left}, rightarg = ${right}, function = public.format)` : ''};`);
    await allow(hourMs);
    expect(await askFunction()).toBe(0);
    await allow(1);
    expect(await askFunction()).toBe(3);
    expect(await owner`select who from public.ran_as`).toEqual([]);
  });
});

describe('of a log whose beginning was removed', () => {
  useStore(beforeAll);
  beforeAll(removeAll);

  test.each<[what: string, tamper: (sql: Sql) => Promise<unknown>, event: number, message: string]>([
    [
      'more was removed than was said',
      async (sql) => {
        await sql`update audit_anchor set event = 4, hash = (select hash from audit_event where id = 4)`;
        await sql`delete from audit_event where id = 4`;
        await sql`delete from audit_mention where event = 4`;
      },
      4,
      'Events up to 4 were removed, and no event says so.',
    ],
    [
      'what was removed was put back, as something else',
      (sql) => sql`
      insert into audit_event (id, revision, at, actor, action, before, after)
      values (2, 1, now(), 'user:eve', 'grantRole', '[]', '[]')`,
      2,
      'Event 2 was put into the log: the store does not count it.',
    ],
    [
      'names of what was removed were put back',
      (sql) => sql`insert into audit_mention (kind, name, event) values ('object', 'doc:9', 1)`,
      1,
      'Event 1 is found by the object "doc:9" and does not exist.',
    ],
    [
      'the anchor is for another event',
      (sql) => sql`update audit_anchor set hash = reverse(hash)`,
      3,
      'Event 3 was the last that was removed, and event 5 says that it was another one.',
    ],
    [
      'the anchor was taken away',
      (sql) => sql`update audit_anchor set event = 0, hash = ''`,
      1,
      'Event 1 is missing: the next one is 4.',
    ],
    [
      'the first that is kept was changed',
      (sql) => sql`update audit_event set actor = 'user:eve' where id = 4`,
      4,
      'Event 4 was changed: its hash does not follow from what it says and from the event before it.',
    ],
    [
      'what was said of models was changed, by somebody who knows how to link the log anew',
      async (sql) => {
        await sql`update audit_event set before = jsonb_set(before, '{0,active}', '1') where id = 5`;
        const log = openAuditLog(connectionsOf(sql), plainShapes, (work) => work());
        const [link, said] = await log.links(3, 5, 2);
        if (link === undefined || said === undefined) throw new Error('There are two events.');
        const hash = hashOfEvent(link.hash, said.event);
        await sql`update audit_event set hash = ${hash} where id = 5`;
        await sql`update store set audit_head = ${hash}`;
      },
      4,
      'Event 4 was recorded under model 2, and the log says that model 1 is active.',
    ],
  ])('it is found that %s', async (_what, tamper, event, message) => {
    let found: unknown;
    await owner
      .begin(async (sql) => {
        await sql`alter table audit_event disable trigger all`;
        await sql`alter table audit_mention disable trigger all`;
        await tamper(sql as unknown as Sql);
        const log = openAuditLog(connectionsOf(sql), plainShapes, (work) => work());
        const verified = await verifyAuditLog(log, { anchor: undefined });
        found = verified.ok ? undefined : verified.problem;
        throw new TakenBack();
      })
      .catch(takenBack);
    expect(found).toEqual({ event, message });
  });

  test('the owner of the tables removes nothing else by mistake, either', async () => {
    await expect(owner`delete from audit_event where id = 4`).rejects.toThrow('append-only');
    await expect(owner`delete from audit_mention where event = 4`).rejects.toThrow('append-only');
  });
});

test('a user who does not own the tables is told what is kept, and what to do about it', async () => {
  await open();
  const member = `member_${randomUUID().replaceAll('-', '')}`;
  const password = randomUUID();
  await owner.unsafe(`create role ${member} login password '${password}' in role postern_app`);
  const url = Object.assign(new URL(database.url), { username: member, password }).href;
  expect((await migrate(url, forEver)).doubt).toBeUndefined();
  expect((await migrate(url, 24 * hourMs)).doubt).toBe(
    'POSTERN_KEEP_AUDIT_DAYS says that audit events are kept for 1 day, and the database keeps them for ever: the longer of both counts. Next: npm run postern -- migrate, with this setting and as the user who owns the tables.',
  );
  await keep(24 * hourMs);
  expect((await migrate(url, 24 * hourMs)).doubt).toBeUndefined();
  await owner.unsafe(`drop role ${member}`);
});
