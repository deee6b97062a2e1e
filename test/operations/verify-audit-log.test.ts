import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ok } from '../../src/base/result.ts';
import type { AuditFault } from '../../src/operations/audit/audit-fault.ts';
import { verifyAuditLog } from '../../src/operations/audit/verify-audit-log.ts';
import { type AuditHead, type AuditRecord, hashOfEvent } from '../../src/store/audit-event.ts';
import { openAuditLog } from '../../src/store/postgres/open-audit-log.ts';
import { plainShapes } from '../../src/store/postgres/plain-shapes.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { unconstrained } from '../../src/store/write-constraint.ts';
import { useDatabase } from '../support/database.ts';
import { connectAsOwner, connectionsOf } from '../support/owner-sql.ts';
import { publish, usePostern, write } from '../support/postern.ts';
import { adminModel, adminStart, randomAttempt } from '../support/random-admin.ts';
import { seededRandom } from '../support/seeded-random.ts';

const database = useDatabase();
const postern = usePostern(database);
let owner: Sql;
let head: AuditHead;

beforeAll(async () => {
  owner = connectAsOwner(database());
  await publish(postern(), adminModel);
  await write(postern(), adminStart);
  const random = seededRandom(7);
  while ((await postern().store.audit.head()).length < 300) await randomAttempt(random).run(postern());
  // One with everything: what is tampered with below.
  await postern().store.writer.write(unconstrained, async ({ audit }) => {
    await audit.record(everything);
    return ok(undefined);
  });
  for (let more = 0; more < 5; more++) await write(postern(), [`doc:more#viewer@user:${more}`]);
  head = await postern().store.audit.head();
});

afterAll(() => owner.end());

const everything: AuditRecord = {
  actor: 'user:ann',
  delegate: 'agent-7',
  action: 'writeRelationships',
  outcome: 'done',
  before: [{ object: 'doc:1', relation: 'viewer', subject: 'user:bo' }],
  after: [
    { object: 'doc:2', relation: 'viewer', subject: 'user:cy', condition: { name: 'weekday', context: { level: 1 } } },
  ],
  reason: 'because',
  requestId: 'request-9',
};

test('a log that nobody touched is sound', async () => {
  const shown: number[] = [];
  const onProgress = (verified: number) => shown.push(verified);
  const verified = await verifyAuditLog(postern().store.audit, { anchor: head, onProgress });
  expect(verified).toEqual({ ok: true, value: { ...head, start: 0 } });
  expect(shown).toEqual([200]);
});

test('an anchor of any earlier time holds', async () => {
  for (const length of [0, 1, 150, head.length - 1]) {
    const [row] = await owner<{ hash: string }[]>`select hash from audit_event where id = ${length}`;
    const anchor = { length, hash: row?.hash ?? '' };
    expect(await verifyAuditLog(postern().store.audit, { anchor })).toMatchObject({ ok: true });
  }
});

type Tampering = (sql: Sql) => Promise<unknown>;

/** Does something to the log that no application can do, verifies it, and takes it back. */
async function findFault(tamper: Tampering, anchor?: AuditHead): Promise<AuditFault | undefined> {
  let fault: AuditFault | undefined;
  await owner
    .begin(async (sql) => {
      await sql`alter table audit_event disable trigger all`;
      await sql`alter table audit_mention disable trigger all`;
      await tamper(sql as unknown as Sql);
      const verified = await verifyAuditLog(
        openAuditLog(connectionsOf(sql), plainShapes, (work) => work()),
        { anchor },
      );
      fault = verified.ok ? undefined : verified.problem;
      throw new TakenBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error;
    });
  return fault;
}

class TakenBack extends Error {}

const id = 301;
const changed = (event: number) =>
  `Event ${event} was changed: its hash does not follow from what it says and from the event before it.`;

describe('one column of one event', () => {
  test.each<[column: string, value: string]>([
    ['revision', 'revision + 1'],
    ['at', `at + interval '1 microsecond'`],
    ['at', `at - interval '1 microsecond'`],
    ['actor', `'user:bob'`],
    ['actor', `'User:ann'`],
    ['delegate', 'null'],
    ['delegate', `'agent-8'`],
    ['action', `'grantRole'`],
    ['outcome', `'denied'`],
    ['model', 'null'],
    ['model', 'model + 1'],
    ['before', `'[]'`],
    ['before', `before || before`],
    ['before', 'after'],
    ['before', `jsonb_set(before, '{0,subject}', '"user:cy"')`],
    ['before', `'{}'`],
    ['before', `'null'`],
    ['after', `'[]'`],
    ['after', `jsonb_set(after, '{0,relation}', '"owner"')`],
    ['after', `jsonb_set(after, '{0,condition,context,level}', '2')`],
    ['after', `jsonb_set(after, '{0,condition,context,level}', '"1"')`],
    ['after', `after #- '{0,condition}'`],
    ['after', `jsonb_set(after, '{0,expiresAt}', 'null')`],
    ['after', `jsonb_set(after, '{0,startsAt}', '"2100-01-01T00:00:00.000Z"')`],
    ['reason', 'null'],
    ['reason', `''`],
    ['reason', `'because '`],
    ['request_id', 'null'],
    ['request_id', `'request-8'`],
    ['hash', `''`],
    ['hash', `(select hash from audit_event where id = ${id - 1})`],
    ['hash', `reverse(hash)`],
  ])('%s = %s is found', async (column, value) => {
    const fault = await findFault(
      (sql) => sql`update audit_event set ${sql(column)} = ${sql.unsafe(value)} where id = ${id}`,
    );
    expect(fault).toEqual({ event: id, message: changed(id) });
  });

  test('what was null, and became empty text', async () => {
    const fault = await findFault((sql) => sql`update audit_event set reason = '', request_id = '' where id = 1`);
    expect(fault).toMatchObject({ event: 1 });
  });
});

const move = (sql: Sql, from: number, to: number) => sql`update audit_event set id = ${to} where id = ${from}`;
const remove = (sql: Sql, event: number) => sql`delete from audit_event where id = ${event}`;
/** An event and its mentions, as somebody would remove it who knows the tables. */
async function removeWhole(sql: Sql, event: number) {
  await remove(sql, event);
  await sql`delete from audit_mention where event = ${event}`;
}

/** Links every event anew from `from` on, as somebody can who knows the code, and tells the store. */
async function relink(sql: Sql, from: number) {
  const log = openAuditLog(connectionsOf(sql), plainShapes, (work) => work());
  const [before] = await log.links(from - 2, from - 1, 1);
  let hash = before?.hash ?? '';
  for (const { event } of await log.links(from - 1, 1_000_000, 1000)) {
    hash = hashOfEvent(hash, event);
    await sql`update audit_event set hash = ${hash} where id = ${event.id}`;
  }
  await sql`update store set audit_head = ${hash}, audit_length = (select max(id) from audit_event)`;
}

test.each<[what: string, tamper: Tampering, event: number, message: string]>([
  ['the first event is removed', (sql) => removeWhole(sql, 1), 1, 'Event 1 is missing: the next one is 2.'],
  ['an event is removed', (sql) => removeWhole(sql, 100), 100, 'Event 100 is missing: the next one is 101.'],
  [
    'the last event is removed',
    (sql) => removeWhole(sql, 306),
    306,
    'Event 306 is missing: the log ends before it, and the store counts 306.',
  ],
  [
    'an event is removed, and the later ones move up',
    async (sql) => {
      await removeWhole(sql, 100);
      for (let event = 101; event <= 306; event++) await move(sql, event, event - 1);
    },
    100,
    changed(100),
  ],
  [
    'all events are removed',
    async (sql) => {
      await sql`delete from audit_event`;
      await sql`delete from audit_mention`;
    },
    1,
    'Event 1 is missing: the log ends before it, and the store counts 306.',
  ],
  [
    'two events change places',
    async (sql) => {
      await move(sql, 100, -1);
      await move(sql, 101, 100);
      await move(sql, -1, 101);
    },
    100,
    changed(100),
  ],
  [
    'an event is put in behind the last',
    (sql) => copy(sql, 306, 307),
    307,
    'Event 307 was put into the log: the store does not count it.',
  ],
  [
    'an event is put in between, and the later ones make room',
    async (sql) => {
      for (let event = 306; event >= 100; event--) await move(sql, event, event + 1);
      await copy(sql, 99, 100);
      await sql`update store set audit_length = 307`;
    },
    100,
    changed(100),
  ],
  [
    'an event is put in before the first',
    (sql) => copy(sql, 1, 0),
    0,
    'Event 0 was put into the log: the store does not count it.',
  ],
  [
    'an event is repeated at the end, and counted',
    async (sql) => {
      await copy(sql, 306, 307);
      await sql`update store set audit_length = 307`;
    },
    307,
    changed(307),
  ],
  [
    'a name is taken from an event',
    (sql) => sql`delete from audit_mention where event = ${id} and name = 'user:bo'`,
    id,
    `Event ${id} names the subject "user:bo" and is not found by it.`,
  ],
  [
    'a name is added to an event',
    (sql) => sql`insert into audit_mention values ('object', 'doc:9', ${id})`,
    id,
    `Event ${id} is found by the object "doc:9" and does not name it.`,
  ],
  [
    'a name of an event is changed',
    (sql) => sql`update audit_mention set name = 'doc:9' where event = ${id} and name = 'doc:1'`,
    id,
    `Event ${id} names the object "doc:1" and is not found by it.`,
  ],
  [
    'a subject becomes an object',
    (sql) => sql`update audit_mention set kind = 'object' where event = ${id} and name = 'user:bo'`,
    id,
    `Event ${id} names the subject "user:bo" and is not found by it.`,
  ],
  [
    'a name is moved to an event that there is not',
    (sql) => sql`insert into audit_mention values ('object', 'doc:9', 307)`,
    307,
    'Event 307 is found by the object "doc:9" and does not exist.',
  ],
  [
    'the store names another hash',
    (sql) => sql`update store set audit_head = reverse(audit_head)`,
    306,
    'Event 306 is not the one that the store knows as the last.',
  ],
  [
    'the store counts more',
    (sql) => sql`update store set audit_length = audit_length + 1`,
    307,
    'Event 307 is missing: the log ends before it, and the store counts 307.',
  ],
  [
    'the store counts less',
    (sql) => sql`update store set audit_length = audit_length - 1`,
    305,
    'Event 305 is not the one that the store knows as the last.',
  ],
  ['the store says that the chain begins later', (sql) => sql`update store set audit_start = 100`, 101, changed(101)],
  [
    'an event is dated back, and the chain is made anew',
    async (sql) => {
      await sql`update audit_event set at = at - interval '1 day' where id = 200`;
      await relink(sql, 200);
    },
    200,
    'Event 200 is dated before event 199.',
  ],
])('%s: found', async (_what, tamper, event, message) => {
  expect(await findFault(tamper)).toEqual({ event, message });
});

async function copy(sql: Sql, from: number, to: number) {
  await sql`
    insert into audit_event (id, revision, at, actor, delegate, action, outcome, model, before, after, reason, request_id, hash)
    select ${to}, revision, at, actor, delegate, action, outcome, model, before, after, reason, request_id, hash
    from audit_event where id = ${from}`;
}

/** Sound in itself: only what was kept elsewhere tells. */
describe('what only an anchor finds', () => {
  test.each<[what: string, tamper: Tampering, event: number, message: string]>([
    [
      'the end of the log is cut off, and the store told so',
      async (sql) => {
        for (let event = 303; event <= 306; event++) await removeWhole(sql, event);
        await sql`update store set audit_length = 302, audit_head = (select hash from audit_event where id = 302)`;
      },
      303,
      'Event 303 is missing: the anchor was taken at event 306, and the log was cut off.',
    ],
    [
      'an event is changed, and the chain made anew',
      async (sql) => {
        await sql`update audit_event set actor = 'user:bob' where id = 100`;
        await relink(sql, 100);
      },
      306,
      'Event 306 is not the one that the anchor was taken at: the log was written anew before it.',
    ],
    [
      'the log is emptied with the models, and the store told so',
      async (sql) => {
        await sql`delete from audit_event`;
        await sql`delete from audit_mention`;
        await sql`update store set audit_length = 0, audit_head = '', active_model = null, guarded_model = null`;
        await sql`delete from model`;
      },
      1,
      'Event 1 is missing: the anchor was taken at event 306, and the log was cut off.',
    ],
    [
      'the whole log is declared to be older than the chain',
      (sql) => sql`update store set audit_start = 306, audit_head = ''`,
      306,
      'The anchor is for event 306, which is not in the chain: it begins after event 306.',
    ],
  ])('%s', async (_what, tamper, event, message) => {
    expect(await findFault(tamper)).toBeUndefined();
    expect(await findFault(tamper, head)).toEqual({ event, message });
  });
});

test('events from before the chain are passed over', async () => {
  const fault = await findFault(async (sql) => {
    await sql`delete from audit_event where id = 50`;
    await sql`update audit_event set hash = '' where id <= 100`;
    await sql`update store set audit_start = 100`;
    const log = openAuditLog(connectionsOf(sql), plainShapes, (work) => work());
    let hash = '';
    for (const { event } of await log.links(100, 1000, 1000)) {
      hash = hashOfEvent(hash, event);
      await sql`update audit_event set hash = ${hash} where id = ${event.id}`;
    }
    await sql`update store set audit_head = ${hash}`;
  });
  expect(fault).toBeUndefined();
});

test('no event is dated before the one before it, even if the clock was set back', async () => {
  const [before] = await owner<{ at: string }[]>`select at::text as at from audit_event order by id desc limit 1`;
  await owner.begin(async (sql) => {
    await sql`alter table audit_event disable trigger all`;
    await sql`update audit_event set at = at + interval '1 hour' where id = (select audit_length from store)`;
    await relink(sql as unknown as Sql, (await postern().store.audit.head()).length);
    await sql`alter table audit_event enable trigger all`;
  });
  await write(postern(), ['doc:late#viewer@user:1']);
  const [after] = await owner<{ is_later: boolean }[]>`
    select at = ${before?.at ?? ''}::text::timestamptz + interval '1 hour' as is_later from audit_event order by id desc limit 1`;
  expect(after).toEqual({ is_later: true });
  expect(await verifyAuditLog(postern().store.audit, { anchor: undefined })).toMatchObject({ ok: true });
});

test('nor one that was written after waiting for the write before it', async () => {
  let waiting: Promise<unknown> | undefined;
  await owner.begin(async (sql) => {
    await sql`select from store for no key update`;
    waiting = write(postern(), ['doc:waited#viewer@user:1']);
    const waits = () => owner`
      select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    await expect.poll(waits).toHaveLength(1);
    await sql`alter table audit_event disable trigger all`;
    await sql`
      insert into audit_event (id, revision, at, actor, action, outcome, model, before, after)
      select id + 1, revision, at + interval '2 hours', actor, action, 'denied', model, before, after
      from audit_event where id = (select audit_length from store)`;
    await sql`
      insert into audit_mention
      select kind, name, event + 1 from audit_mention where event = (select audit_length from store)`;
    await sql`update store set audit_length = audit_length + 1`;
    const [store] = await sql<{ length: number }[]>`select audit_length as length from store`;
    await relink(sql as unknown as Sql, store?.length ?? 0);
    await sql`alter table audit_event enable trigger all`;
  });
  await waiting;
  expect(await verifyAuditLog(postern().store.audit, { anchor: undefined })).toMatchObject({ ok: true });
});

describe('what is hashed is what is read back', () => {
  /** Everything that JSON can say, and the numbers and names that two systems like to say differently. */
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.double(),
    fc.constantFrom<unknown>(
      Number.POSITIVE_INFINITY,
      -0,
      1e21,
      1e-7,
      5e-324,
      Number.MAX_VALUE,
      2 ** 53 + 2,
      1.0,
      undefined,
      [undefined],
    ),
    fc.dictionary(
      fc.constantFrom('__proto__', 'constructor', '2', '10', '1', 'é', 'e\u0301', '', '"', '\\'),
      fc.jsonValue(),
    ),
  );
  const withoutNul = (text: string) => text.replaceAll('\u0000', '');
  const text = fc.option(fc.string({ unit: 'binary' }).map(withoutNul), { nil: undefined });
  const halves = fc.option(fc.constantFrom('\ud800', 'a\udc00b', '😀'), { nil: undefined });

  test('for everything that can be recorded', async () => {
    const property = fc.asyncProperty(
      fc.array(fc.dictionary(fc.string(), value), { maxLength: 3 }),
      fc.oneof(text, halves),
      fc.oneof(text, halves),
      async (contexts, reason, requestId) => {
        const after = contexts.map((context) => ({ object: 'doc:1', condition: { name: 'weekday', context } }));
        // The database has no NUL in JSON, and nothing with one comes this far.
        fc.pre(!/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(after)));
        await postern().store.writer.write(unconstrained, async ({ audit }) => {
          await audit.record({ ...everything, before: [], after, reason, requestId });
          return ok(undefined);
        });
      },
    );
    await fc.assert(property, { numRuns: 300 });
    expect(await verifyAuditLog(postern().store.audit, { anchor: undefined })).toMatchObject({ ok: true });
  });
});
