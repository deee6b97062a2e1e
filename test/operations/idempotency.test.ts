import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../../src/base/result.ts';
import type { Actor } from '../../src/operations/actor.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { grantRole } from '../../src/operations/roles/grant-role.ts';
import { revokeRole } from '../../src/operations/roles/revoke-role.ts';
import type { Idempotency } from '../../src/operations/writes/run-write.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { useDatabase } from '../support/database.ts';
import { acts, farAway, firm } from '../support/firm.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { dsl, relationship } from '../support/parse.ts';
import { operator, publish, signedIn, usePostern, write, writing } from '../support/postern.ts';

const database = useDatabase();
const postern = usePostern(database, { connections: 40 });
let sql: Sql;

beforeAll(async () => {
  sql = connectAsOwner(database(), 1);
  await publish(postern(), dsl({ user: {}, doc: { owner: '[user]', viewer: '[user]', can_manage_access: 'owner' } }));
  await write(postern(), ['doc:1#owner@user:ann', 'doc:1#owner@user:ben']);
});

afterAll(() => sql.end());

interface Request {
  readonly key: string;
  readonly subject: string;
  readonly reason?: string;
  readonly actor?: Actor;
}

function grant({ key, subject, reason, actor = operator }: Request) {
  const role = relationship(`doc:1#viewer@${subject}`);
  return grantRole(postern(), actor, {
    relationship: role,
    reason,
    idempotency: { key, request: ['grantRole', subject, reason] },
  });
}

async function countOf(subject: string) {
  const [counts] = await sql`
    select (select count(*)::int4 from audit_event where after::text like ${`%"${subject}"%`}) as audited,
      (select count(*)::int4 from relationship e join object o on o.id = e.subject where o.name = ${subject.slice(5)}) as stored`;
  return counts;
}

test('the same request twice has the same outcome, and happens once', async () => {
  const first = await grant({ key: 'twice', subject: 'user:twice' });
  await write(postern(), ['doc:1#viewer@user:between']);
  expect(first.ok).toBe(true);
  expect(await grant({ key: 'twice', subject: 'user:twice' })).toEqual(first);
  expect(await countOf('user:twice')).toEqual({ audited: 1, stored: 1 });
});

test('so it is for a request that changed nothing', async () => {
  const input = writing(['doc:1#owner@user:ann'], [], {
    onDuplicate: 'IGNORE',
    idempotency: { key: 'nothing', request: 'nothing' },
  });
  const first = await writeRelationships(postern(), operator, input);
  expect(first).toMatchObject({ ok: true, value: { outcome: { written: 0, deleted: 0 } } });
  expect(await writeRelationships(postern(), operator, input)).toEqual(first);
});

test('and after what it did was undone', async () => {
  const first = await grant({ key: 'undone', subject: 'user:undone' });
  await write(postern(), [], ['doc:1#viewer@user:undone']);
  expect(await grant({ key: 'undone', subject: 'user:undone' })).toEqual(first);
  expect(await countOf('user:undone')).toMatchObject({ stored: 0 });
});

test.each<[what: string, second: Partial<Request>]>([
  ['another subject', { subject: 'user:other' }],
  ['another reason', { reason: 'another' }],
])('the same key for a request with %s is refused', async (what, second) => {
  const request = { key: `reused for ${what}`.replaceAll(' ', '-'), subject: `user:${what.replaceAll(' ', '-')}` };
  expect((await grant(request)).ok).toBe(true);
  const message = `The idempotency key "${request.key}" was used for another request.`;
  expect(await grant({ ...request, ...second })).toEqual({
    ok: false,
    problem: {
      kind: 'invalid',
      errors: [{ code: 'IDEMPOTENCY_KEY_REUSED', message, field: ['input', 'idempotencyKey'] }],
    },
  });
  expect(await countOf('user:other')).toEqual({ audited: 0, stored: 0 });
});

test('keys belong to their actors', async () => {
  const by = (text: string) => grant({ key: 'own', subject: `user:by-${text.slice(5)}`, actor: signedIn(text) });
  expect(await by('user:ann')).toMatchObject({ ok: true, value: { outcome: { createdBy: 'user:ann' } } });
  expect(await by('user:ben')).toMatchObject({ ok: true, value: { outcome: { createdBy: 'user:ben' } } });
});

test('a failure is not kept: the same key can succeed later', async () => {
  const request = { key: 'later', subject: 'user:later' };
  await write(postern(), ['doc:1#viewer@user:later']);
  expect(await grant(request)).toMatchObject({ ok: false, problem: { errors: [{ code: 'ALREADY_EXISTS' }] } });
  await write(postern(), [], ['doc:1#viewer@user:later']);
  expect(await grant(request)).toMatchObject({ ok: true });
});

test('ten at once: one relationship, one audit event, one outcome', async () => {
  const request = { key: 'ten', subject: 'user:ten' };
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => grant(request)));
  expect(outcomes[0]).toMatchObject({ ok: true });
  for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
  expect(await countOf('user:ten')).toEqual({ audited: 1, stored: 1 });
});

test('ten at once with other requests under one key: one wins', async () => {
  const subjects = Array.from({ length: 10 }, (_, index) => `user:race-${index}`);
  const outcomes = await Promise.all(subjects.map((subject) => grant({ key: 'race', subject })));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  const counts = await Promise.all(subjects.map(countOf));
  expect(counts.filter((count) => count?.audited === 1 && count.stored === 1)).toHaveLength(1);
});

test.each([
  ['', 'is empty'],
  ['a b', 'contains a space, control or invisible character'],
  ['\ud800', 'is not well-formed Unicode'],
  ['é'.repeat(101), 'is longer than 200 bytes'],
])('the key %j is refused', async (key, problem) => {
  const request = {
    relationship: relationship('doc:1#viewer@user:key'),
    reason: undefined,
    idempotency: { key, request: 1 },
  };
  expect(await revokeRole(postern(), operator, request)).toMatchObject({
    ok: false,
    problem: { errors: [{ code: 'INVALID_INPUT', message: `The idempotency key ${problem}.` }] },
  });
});

describe('ten at once, for every act of administration', () => {
  const {
    grant,
    revoke,
    limit,
    transfer,
    offboard,
    retire,
    write: writeAs,
    publish: publishAs,
    activate,
  } = acts(postern);
  const ann = signedIn('user:ann');
  const ops = signedIn('service:ops');

  test.each<[what: string, left: number, act: (key: Idempotency) => Promise<Result<unknown, unknown>>]>([
    ['grant', 4, (key) => grant(ann, 'firm:1#member@user:x', key)],
    ['revoke', 2, (key) => revoke(ann, 'firm:1#member@user:mia', key)],
    ['limit', 3, (key) => limit(ann, 'firm:1#member@user:mia', farAway, key)],
    ['transfer', 3, (key) => transfer(ann, 'firm:1#member@user:mia', 'user:x', key)],
    ['write', 3, (key) => writeAs(ops, ['firm:1#member@user:x'], ['firm:1#member@user:mia'], key)],
    ['offboard', 2, (key) => offboard(ops, 'user:mia', key)],
    ['retire', 1, (key) => retire(ops, 'firm:1', key)],
    ['offboard by an admin', 2, (key) => offboard(ann, 'user:mia', key)],
    ['publish', 3, (key) => publishAs(ops, firm, false, key)],
    ['publish and activate', 3, (key) => publishAs(ops, firm, true, key)],
    ['activate', 3, async (key) => activate(ops, (await postern().store.readModel(undefined))?.id ?? 0, key)],
  ])('%s', async (what, left, act) => {
    await publish(postern(), firm);
    const all = ['firm:1#owner@user:ann', 'platform:main#operator@service:ops', 'firm:1#member@user:mia'];
    await writeRelationships(postern(), operator, writing(all, [], { onDuplicate: 'IGNORE' }));
    const [before] = await sql`select count(*)::int4 as events from audit_event`;
    const key = what.replaceAll(' ', '-');
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => act({ key, request: key })));
    expect(outcomes[0]).toMatchObject({ ok: true });
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
    expect(await act({ key, request: key })).toEqual(outcomes[0]);
    const [after] = await sql`select count(*)::int4 as events from audit_event`;
    expect(after?.events).toBe(before?.events + 1);
    const filter = (type: string) => postern().store.readRelationships({ objectType: type }, 100, undefined);
    const stored = [...(await filter('firm')).relationships, ...(await filter('platform')).relationships];
    expect(stored).toHaveLength(left);
    await write(
      postern(),
      [],
      stored.map(({ relationship: one }) => one),
    );
  });
});

describe('what became of a model is answered again', () => {
  const { publish: publishAs, activate } = acts(postern);
  const ops = signedIn('service:ops');
  const broken = firm.replace('[user', '[usr');
  let active: number;

  beforeAll(async () => {
    await publish(postern(), firm);
    await writeRelationships(
      postern(),
      operator,
      writing(['platform:main#operator@service:ops'], [], { onDuplicate: 'IGNORE' }),
    );
    active = (await postern().store.readModel(undefined))?.id ?? 0;
  });

  test('whatever of it could not be read by now', async () => {
    const key = { key: 'read-once', request: 'the same' };
    const first = await publishAs(ops, `${firm}# another\n`, false, key);
    expect(first).toMatchObject({ ok: true, value: { outcome: { active: false } } });
    expect(await publishAs(ops, broken, false, key)).toEqual(first);
    expect(await publishAs(ops, broken, false, { ...key, request: 'another' })).toMatchObject({
      problem: { errors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] },
    });
  });

  test('after another one was activated', async () => {
    const other = await publish(postern(), `${firm}# other\n`);
    const key = { key: 'and-back', request: active };
    const first = await activate(ops, active, key);
    expect(first).toMatchObject({ ok: true, value: { outcome: { id: active, active: true } } });
    await activate(ops, other, { key: 'forth', request: other });
    expect(await activate(ops, active, key)).toEqual(first);
    expect((await postern().store.readModel(undefined))?.id).toBe(other);
  });

  test('but no failure is', async () => {
    const key = { key: 'after-all', request: 'the same' };
    expect(await publishAs(ops, broken, false, key)).toMatchObject({
      problem: { errors: [{ code: 'INVALID_MODEL' }] },
    });
    expect(await publishAs(ops, firm, false, key)).toMatchObject({ ok: true });
  });
});
