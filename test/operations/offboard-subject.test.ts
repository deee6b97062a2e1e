import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { formatRelationship } from '../../src/model/relationship.ts';
import type { Actor } from '../../src/operations/actor.ts';
import { formatGrantOutcome } from '../../src/operations/relationship-record.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { offboardSubject } from '../../src/operations/roles/offboard-subject.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { useDatabase } from '../support/database.ts';
import { farAway, firm } from '../support/firm.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { dsl, relationship, subject } from '../support/parse.ts';
import { operator, publish, signedIn, usePostern, write, writing } from '../support/postern.ts';

const database = useDatabase();
const postern = usePostern(database);
let sql: Sql;

beforeAll(async () => {
  sql = connectAsOwner(database(), 1);
  await publish(postern(), firm);
});

afterAll(() => sql.end());

const world = [
  ...['platform:main#operator@service:ops', 'firm:a#owner@user:ann', 'firm:a#owner@user:olga', 'firm:b#owner@user:ben'],
  ...['firm:a#admin@user:adam', 'firm:a#finance@user:kim', 'firm:a#member@user:kim', 'firm:b#member@user:kim'],
  ...['team:x#lead@user:lea', 'team:x#member@user:kim', 'team:y#member@team:x#member', 'firm:a#member@team:y#member'],
  ...['firm:b#member@team:x#member', 'paper:1#firm@firm:a', 'paper:1#author@team:x#member', 'firm:a#member@user:*'],
  ...['firm:c#owner@user:kim', 'firm:d#owner@user:kim', 'firm:d#owner@user:ann', 'firm:e#owner@user:kim'],
  ...['firm:e#blocked@user:kim', 'team:z#lead@user:lea'],
];

beforeEach(async () => {
  const { relationships } = await postern().store.readRelationships({}, 1000, undefined);
  const all = relationships.map((one) => one.relationship);
  await writeRelationships(postern(), operator, writing([], all, { onMissing: 'IGNORE' })).catch(() => undefined);
  await write(postern(), [...world, relationship('firm:b#admin@user:lea', { expiresAt: farAway })]);
});

async function stored(): Promise<readonly string[]> {
  const { relationships } = await postern().store.readRelationships({}, 1000, undefined);
  return relationships.map((one) => formatRelationship(one.relationship)).toSorted();
}

function offboard(actor: Actor, text: string, dryRun = false) {
  const input = { subject: subject(text), dryRun, reason: 'left', idempotency: undefined };
  return offboardSubject(postern(), actor, input);
}

async function previewOf(actor: Actor, text: string) {
  const result = await offboard(actor, text, true);
  if (!result.ok) return result.problem.kind === 'invalid' ? result.problem.errors[0]?.code : result.problem.kind;
  const { direct, throughSets, orphaned, isCut } = result.value.outcome;
  expect(isCut).toBe(false);
  return [
    direct.map(formatGrantOutcome),
    throughSets.map(formatGrantOutcome),
    orphaned.map(({ object, role }) => `${object}#${role}`),
  ];
}

const ops = signedIn('service:ops');
const own = [
  ...['firm:a#finance@user:kim', 'firm:a#member@user:kim', 'firm:b#member@user:kim', 'firm:c#owner@user:kim'],
  ...['firm:d#owner@user:kim', 'firm:e#owner@user:kim', 'team:x#member@user:kim'],
];
const through = ['firm:a#member@team:y#member', 'firm:b#member@team:x#member', 'paper:1#author@team:x#member', 'team:y#member@team:x#member']; // biome-ignore format: one line

describe('a preview', () => {
  test.each<[who: string, text: string, preview: unknown]>([
    ['service:ops', 'user:kim', [own, through, ['firm:c#owner']]],
    [
      'user:ann',
      'user:kim',
      [
        ['firm:a#finance@user:kim', 'firm:a#member@user:kim', 'firm:d#owner@user:kim'],
        ['firm:a#member@team:y#member', 'paper:1#author@team:x#member'],
        [],
      ],
    ],
    [
      'user:adam',
      'user:kim',
      [['firm:a#member@user:kim'], ['firm:a#member@team:y#member', 'paper:1#author@team:x#member'], []],
    ],
    ['user:ben', 'user:kim', [['firm:b#member@user:kim'], ['firm:b#member@team:x#member'], []]],
    [
      'user:lea',
      'user:kim',
      [['firm:b#member@user:kim', 'team:x#member@user:kim'], ['firm:b#member@team:x#member'], []],
    ],
    ['user:kim', 'user:kim', [['firm:c#owner@user:kim', 'firm:d#owner@user:kim'], [], ['firm:c#owner']]],
    ['user:zoe', 'user:kim', 'forbidden'],
    ['user:ann', 'user:nobody', 'forbidden'],
    ['user:adam', 'user:ann', 'forbidden'],
    ['service:ops', 'user:nobody', 'NOT_FOUND'],
    ['service:ops', 'user:ann', [['firm:a#owner@user:ann', 'firm:d#owner@user:ann'], [], []]],
    ['service:ops', 'team:x', [through.slice(1), [], []]],
    ['service:ops', 'team:y', [['firm:a#member@team:y#member'], [], []]],
    ['service:ops', 'firm:a', [['paper:1#firm@firm:a'], [], []]],
    ['service:ops', 'service:ops', [['platform:main#operator@service:ops'], [], []]],
    ['service:ops', 'ghost:x', 'UNKNOWN_TYPE'],
    ['service:ops', 'user:*', 'INVALID_INPUT'],
    ['service:ops', 'team:x#member', 'INVALID_INPUT'],
  ])('by %s of %s', async (who, text, preview) => {
    const before = await stored();
    expect(await previewOf(signedIn(who), text)).toEqual(preview);
    expect(await stored()).toEqual(before);
  });
});

describe('the execution', () => {
  test.each<[who: string, text: string]>([
    ['user:ann', 'user:kim'],
    ['user:adam', 'user:kim'],
    ['user:lea', 'user:kim'],
    ['service:ops', 'user:ann'],
    ['service:ops', 'team:x'],
    ['service:ops', 'user:lea'],
  ])('by %s takes from %s what the preview says, as one event', async (who, text) => {
    const [direct] = (await previewOf(signedIn(who), text)) as readonly (readonly string[])[];
    const before = await stored();
    const result = await offboard(signedIn(who), text);
    expect(result).toMatchObject({ ok: true, value: { outcome: { subject: text, dryRun: false } } });
    expect(result.ok && result.value.outcome.direct.map(formatGrantOutcome)).toEqual(direct);
    expect(await stored()).toEqual(before.filter((one) => !direct?.includes(one)));
    const events = await sql`select * from audit_event where revision = ${result.ok ? result.value.token.revision : 0}`;
    expect(events).toMatchObject([{ actor: who, action: 'offboardSubject', after: [], reason: 'left' }]);
    expect(events[0]?.before).toHaveLength(direct?.length ?? -1);
  });

  test('that would orphan an object names it and changes nothing', async () => {
    const before = await stored();
    const message = '"firm:c" must keep a permanent holder of the role "owner", and this takes the last one away.';
    expect(await offboard(ops, 'user:kim')).toEqual({
      ok: false,
      problem: { kind: 'invalid', errors: [{ code: 'LAST_HOLDER', message, field: ['input', 'subject'] }] },
    });
    expect(await stored()).toEqual(before);
  });

  test('leaves a block, and twice is as good as once', async () => {
    await write(postern(), ['firm:c#owner@user:ann']);
    expect(await offboard(ops, 'user:kim')).toMatchObject({ ok: true });
    const left = (await stored()).filter((text) => text.includes('user:kim'));
    expect(left).toEqual(['firm:e#blocked@user:kim']);
    const [before] = await sql`select audit_length from store`;
    expect(await offboard(ops, 'user:kim')).toMatchObject({ ok: true, value: { outcome: { direct: [] } } });
    expect((await sql`select audit_length from store`)[0]).toEqual(before);
  });

  test('by somebody who may revoke nothing is an attempt in the log', async () => {
    expect(await offboard(signedIn('user:zoe'), 'user:kim')).toMatchObject({ problem: { kind: 'forbidden' } });
    const [event] = await sql`select actor, outcome, after from audit_event order by id desc limit 1`;
    expect(event).toEqual({ actor: 'user:zoe', outcome: 'denied', after: [{ subject: 'user:kim' }] });
  });

  test('of what is on the platform needs the right to grant there', async () => {
    const types = { service: {}, platform: { operator: '[service]', can_write_relationships: '[service]' } };
    await publish(postern(), dsl(types));
    await write(postern(), ['platform:main#can_write_relationships@service:w']);
    for (const dryRun of [true, false]) {
      expect(await offboard(signedIn('service:w'), 'service:ops', dryRun)).toMatchObject({
        problem: { kind: 'forbidden', message: 'This needs the permission "can_manage_access" on "platform:main".' },
      });
    }
    await publish(postern(), firm);
  });

  test('of ten thousand relationships is one step, and of one more is refused', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `firm:m${index}#member@user:busy`);
    for (let start = 0; start < many.length; start += 1000) await write(postern(), many.slice(start, start + 1000));
    await write(postern(), ['firm:m#member@user:busy']);
    const message = '"user:busy" holds more than 10000 relationships; delete some with "writeRelationships" first.';
    for (const dryRun of [true, false]) {
      expect(await offboard(ops, 'user:busy', dryRun)).toMatchObject({ problem: { errors: [{ message }] } });
    }
    await write(postern(), [], ['firm:m#member@user:busy']);
    const result = await offboard(ops, 'user:busy');
    expect(result.ok && result.value.outcome.direct.length).toBe(10_000);
    expect((await stored()).filter((text) => text.endsWith('user:busy'))).toEqual([]);
  });
});

describe('somebody of whose rights nobody can say whether they hold', () => {
  const conditional = dsl(
    {
      user: {},
      platform: {},
      doc: { admin: '[user, user with at_desk]', viewer: '[user]', can_manage_access: 'admin' },
    },
    { at_desk: '(desk: string) {\n  desk == "1"\n}' },
  );
  const undecided = relationship('doc:2#admin@user:ann', { condition: ['at_desk', {}] });

  beforeEach(async () => {
    await publish(postern(), conditional);
    await write(postern(), ['doc:1#admin@user:ann', undecided, 'doc:1#viewer@user:vic', 'doc:2#viewer@user:vic']);
  });
  afterEach(() => publish(postern(), firm));

  test.each([true, false])('takes nothing, and is told so (dry run: %s)', async (dryRun) => {
    const before = await stored();
    expect(await offboard(signedIn('user:ann'), 'user:vic', dryRun)).toMatchObject({
      ok: false,
      problem: { kind: 'undecided' },
    });
    expect(await stored()).toEqual(before);
  });
});
