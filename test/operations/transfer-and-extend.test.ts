import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Result } from '../../src/base/result.ts';
import type { Actor } from '../../src/operations/actor.ts';
import type { Refusal } from '../../src/operations/refusal.ts';
import { type GrantOutcome, recordOf } from '../../src/operations/relationship-record.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { extendGrant } from '../../src/operations/roles/extend-grant.ts';
import { grantRole } from '../../src/operations/roles/grant-role.ts';
import { transferRole } from '../../src/operations/roles/transfer-role.ts';
import type { WriteOutput } from '../../src/operations/writes/run-write.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { useDatabase } from '../support/database.ts';
import { farAway, firm } from '../support/firm.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { object, type RelationshipParts, relationship, subject } from '../support/parse.ts';
import { operator, publish, signedIn, usePostern, write, writing } from '../support/postern.ts';

const database = useDatabase();
const postern = usePostern(database);
const ann = signedIn('user:ann');
const zoe = signedIn('user:zoe');
const sooner = new Date('2098-01-01T00:00:00Z');
const past = new Date('2001-01-01T00:00:00Z');
const before = new Date('2097-01-01T00:00:00Z');
const none = { reason: 'because', idempotency: undefined };
const late: RelationshipParts['condition'] = ['late', { hour: 18 }];
let sql: Sql;

beforeAll(async () => {
  sql = connectAsOwner(database(), 1);
  await publish(postern(), firm);
  await write(postern(), ['firm:1#owner@user:ann', 'platform:main#operator@service:ops']);
});

afterAll(() => sql.end());

const plain = relationship('firm:1#member@user:plain');
const ending = relationship('firm:1#member@user:ending', { expiresAt: farAway });
const dated = relationship('firm:1#member@user:dated', { condition: late });
const gone = relationship('firm:1#member@user:gone', { expiresAt: past });
const team = relationship('firm:1#member@team:x#member');
const coming = relationship('firm:1#member@user:coming', { startsAt: before });

beforeEach(async () => {
  const { relationships } = await postern().store.readRelationships(members, 100, undefined);
  await writeRelationships(postern(), operator, writing([], relationships.map((one) => one.relationship), { onMissing: 'IGNORE' })); // biome-ignore format: one line
  await writeRelationships(
    postern(),
    operator,
    writing([plain, ending, dated, gone, team, coming], [], { onDuplicate: 'IGNORE' }),
  );
});

const members = { object: object('firm:1'), relation: 'member' };

async function lastEvent() {
  const [event] =
    await sql`select actor, action, before, after, reason, outcome from audit_event order by id desc limit 1`;
  return event;
}

async function stored(text: string) {
  const { subject: by } = relationship(text);
  const { relationships } = await postern().store.readRelationships({ ...members, subject: by }, 2, undefined);
  return relationships.map((one) => one.relationship)[0];
}

type Answer = Result<WriteOutput<GrantOutcome>, Refusal>;

function problemOf(result: Answer): unknown {
  if (result.ok) return 'done';
  if (result.problem.kind !== 'invalid') return result.problem.kind;
  const [error] = result.problem.errors;
  return [error?.code, error?.field.join('.'), ...(error?.current ? [error.current.relationship.subject] : [])];
}

const hand = (from: string, to: string, actor: Actor = ann, role = 'member') =>
  transferRole(postern(), actor, {
    ...none,
    object: object('firm:1'),
    role: relationship(`firm:1#${role}@user:x`).relation,
    from: subject(from),
    to: subject(to),
  });

test.each<[from: string, to: string, parts: RelationshipParts]>([
  ['user:plain', 'user:new', {}],
  ['user:ending', 'user:new', { expiresAt: farAway }],
  ['user:coming', 'user:new', { startsAt: before }],
  ['user:dated', 'user:new', { condition: late }],
  ['user:plain', 'user:gone', {}],
  ['team:x#member', 'team:y#member', {}],
  ['user:plain', 'user:*', {}],
])('%s hands over to %s, all that was written goes along', async (from, to, parts) => {
  const result = await hand(from, to);
  const before = recordOf(relationship(`firm:1#member@${from}`, parts));
  const after = recordOf(relationship(`firm:1#member@${to}`, parts));
  expect(result).toMatchObject({ ok: true, value: { outcome: { relationship: after, createdBy: 'user:ann' } } });
  expect(await lastEvent()).toEqual({
    ...{ actor: 'user:ann', action: 'transferRole', before: [before], after: [after] },
    ...{ reason: 'because', outcome: 'done' },
  });
  expect(await stored(`firm:1#member@${from}`)).toBeUndefined();
  const kept = await stored(`firm:1#member@${to}`);
  expect(kept && recordOf(kept)).toEqual(after);
  expect(result).toMatchObject({ value: { outcome: { createdAt: kept?.createdAt.toISOString() } } });
});

test.each<[what: string, act: () => Promise<Answer>, problem: unknown]>([
  ['from nobody', () => hand('user:nobody', 'user:new'), ['NOT_FOUND', 'input.from']],
  ['what has expired', () => hand('user:gone', 'user:new'), ['NOT_FOUND', 'input.from']],
  ['to who has it', () => hand('user:ending', 'user:plain'), ['CONFLICT', 'input.to', 'user:plain']],
  ['to who has the same', () => hand('user:plain', 'user:same'), ['ALREADY_EXISTS', 'input.to', 'user:same']],
  ['to oneself', () => hand('user:plain', 'user:plain'), ['INVALID_INPUT', 'input.to']],
  ['to what the model does not admit', () => hand('user:plain', 'service:x'), ['INVALID_RELATIONSHIP', 'input.to']],
  ['with a condition where none is taken', () => hand('user:dated', 'user:*'), ['INVALID_RELATIONSHIP', 'input.to']],
  ['without the right', () => hand('user:plain', 'user:new', zoe), 'forbidden'],
  ['an unknown role', () => hand('user:plain', 'user:new', ann, 'membr'), ['UNKNOWN_RELATION', 'input']],
])('nothing is handed over %s', async (_what, act, problem) => {
  await write(postern(), ['firm:1#member@user:same']);
  expect(problemOf(await act())).toEqual(problem);
  expect(await stored('firm:1#member@user:plain')).toBeDefined();
});

type Change = Partial<Pick<Parameters<typeof extendGrant>[2], 'startsAt' | 'expiresAt' | 'condition'>>;
const when = relationship('firm:1#member@user:x', { condition: ['late', { hour: 1 }] }).condition;

const extend = (text: string, change: Change, actor: Actor = ann) =>
  extendGrant(postern(), actor, { ...none, startsAt: undefined, expiresAt: undefined, condition: undefined, ...change, relationship: relationship(text) }); // biome-ignore format: one line

test.each<[who: string, change: Change, before: RelationshipParts, after: RelationshipParts]>([
  ['plain', { expiresAt: farAway }, {}, { expiresAt: farAway }],
  ['plain', { condition: when ?? null }, {}, { condition: ['late', { hour: 1 }] }],
  [
    'plain',
    { condition: when ?? null, expiresAt: sooner },
    {},
    { condition: ['late', { hour: 1 }], expiresAt: sooner },
  ],
  ['ending', { expiresAt: null }, { expiresAt: farAway }, {}],
  ['plain', { startsAt: before }, {}, { startsAt: before }],
  ['ending', { startsAt: before }, { expiresAt: farAway }, { startsAt: before, expiresAt: farAway }],
  ['coming', { startsAt: null }, { startsAt: before }, {}],
  ['coming', { startsAt: past }, { startsAt: before }, { startsAt: past }],
  ['coming', { expiresAt: sooner }, { startsAt: before }, { startsAt: before, expiresAt: sooner }],
  ['ending', { expiresAt: sooner }, { expiresAt: farAway }, { expiresAt: sooner }],
  [
    'ending',
    { condition: when ?? null },
    { expiresAt: farAway },
    { condition: ['late', { hour: 1 }], expiresAt: farAway },
  ],
  ['dated', { condition: null }, { condition: late }, {}],
  ['dated', { expiresAt: sooner }, { condition: late }, { condition: late, expiresAt: sooner }],
])('%s becomes %j in one step', async (who, change, before, after) => {
  const text = `firm:1#member@user:${who}`;
  const result = await extend(text, change);
  expect(result).toMatchObject({ ok: true, value: { outcome: { createdBy: 'user:ann' } } });
  const kept = await stored(text);
  expect(kept && recordOf(kept)).toEqual(recordOf(relationship(text, after)));
  expect(result).toMatchObject({ value: { outcome: { createdAt: kept?.createdAt.toISOString() } } });
  expect(await lastEvent()).toMatchObject({
    action: 'extendGrant',
    before: [recordOf(relationship(text, before))],
    after: [recordOf(relationship(text, after))],
  });
});

test.each<[what: string, act: () => Promise<Answer>, problem: unknown]>([
  ['what nobody has', () => extend('firm:1#member@user:nobody', { expiresAt: null }), ['NOT_FOUND', 'input']],
  ['what has expired', () => extend('firm:1#member@user:gone', { expiresAt: null }), ['NOT_FOUND', 'input']],
  [
    'into the past',
    () => extend('firm:1#member@user:plain', { expiresAt: past }),
    ['INVALID_INPUT', 'input.expiresAt'],
  ],
  [
    'to begin when it ends',
    () => extend('firm:1#member@user:ending', { startsAt: farAway }),
    ['INVALID_RELATIONSHIP', 'input.startsAt'],
  ],
  [
    'to end when it begins',
    () => extend('firm:1#member@user:coming', { expiresAt: before }),
    ['INVALID_RELATIONSHIP', 'input.expiresAt'],
  ],
  [
    'to begin when it does',
    () => extend('firm:1#member@user:coming', { startsAt: before }),
    ['ALREADY_EXISTS', 'input', 'user:coming'],
  ],
  [
    'to what it is',
    () => extend('firm:1#member@user:ending', { expiresAt: farAway }),
    ['ALREADY_EXISTS', 'input', 'user:ending'],
  ],
  ['by nothing', () => extend('firm:1#member@user:plain', {}), ['ALREADY_EXISTS', 'input', 'user:plain']],
  [
    'by a condition that it does not take',
    () => extend('firm:1#member@team:x#member', { condition: when ?? null }),
    ['INVALID_RELATIONSHIP', 'input.condition'],
  ],
  ['without the right', () => extend('firm:1#member@user:plain', { expiresAt: farAway }, zoe), 'forbidden'],
  ['an unknown role', () => extend('firm:1#membr@user:plain', { expiresAt: farAway }), ['UNKNOWN_RELATION', 'input']],
])('a grant is not changed: %s', async (_what, act, problem) => {
  expect(problemOf(await act())).toEqual(problem);
  const kept = await stored('firm:1#member@user:plain');
  expect(kept && recordOf(kept)).toEqual(recordOf(plain));
});

test.each([
  ['the same', {}, 'ALREADY_EXISTS', 'user:plain'],
  ['another end', { expiresAt: farAway }, 'CONFLICT', 'user:plain'],
  ['another beginning', { startsAt: before }, 'CONFLICT', 'user:plain'],
  ['another condition', { condition: late }, 'CONFLICT', 'user:plain'],
] as const)('to grant %s again says what is there', async (_what, parts, code, current) => {
  const again = { ...none, relationship: relationship('firm:1#member@user:plain', parts) };
  expect(problemOf(await grantRole(postern(), ann, again))).toEqual([code, 'input', current]);
});

const ops = signedIn('service:ops');

test.each<[what: string, exists: readonly [string, boolean][], problem: unknown]>([
  [
    'all hold',
    [
      ['user:plain', true],
      ['user:ending', true],
      ['user:nobody', false],
      ['user:gone', false],
      ['user:coming', true],
    ],
    'done',
  ],
  [
    'one is missing',
    [
      ['user:plain', true],
      ['user:nobody', true],
    ],
    ['PRECONDITION_FAILED', 'input.preconditions.1'],
  ],
  ['one has expired', [['user:gone', true]], ['PRECONDITION_FAILED', 'input.preconditions.0']],
  ['one is there', [['user:ending', false]], ['PRECONDITION_FAILED', 'input.preconditions.0', 'user:ending']],
])('preconditions: %s', async (_what, exists, problem) => {
  const preconditions = exists.map(([who, isThere]) => ({
    relationship: relationship(`firm:1#member@${who}`),
    exists: isThere,
  }));
  const input = writing(['firm:1#member@user:written'], ['firm:1#member@user:plain'], { preconditions });
  const result = await writeRelationships(postern(), ops, input);
  expect(problemOf(result as Answer)).toEqual(problem);
  expect((await stored('firm:1#member@user:written')) !== undefined).toBe(problem === 'done');
  expect(await writeRelationships(postern(), zoe, input)).toMatchObject({ problem: { kind: 'forbidden' } });
});
