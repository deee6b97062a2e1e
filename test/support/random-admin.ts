import type { Relationship } from '../../src/model/relationship.ts';
import type { Actor } from '../../src/operations/actor.ts';
import { activateModel } from '../../src/operations/models/activate-model.ts';
import { publishModel } from '../../src/operations/models/publish-model.ts';
import type { Postern } from '../../src/operations/postern.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { extendGrant } from '../../src/operations/roles/extend-grant.ts';
import { type GrantRoleInput, grantRole } from '../../src/operations/roles/grant-role.ts';
import { offboardSubject } from '../../src/operations/roles/offboard-subject.ts';
import { retireObject } from '../../src/operations/roles/retire-object.ts';
import { revokeRole } from '../../src/operations/roles/revoke-role.ts';
import { transferRole } from '../../src/operations/roles/transfer-role.ts';
import { dsl, object as parseObject, subject as parseSubject, relationship } from './parse.ts';
import { operator, signedIn, writing } from './postern.ts';
import type { Random } from './seeded-random.ts';

/** A model with every kind of relationship that there is: wildcards, subject sets, conditions, delegated rights. */
export const adminModel = dsl(
  {
    user: {},
    platform: { operator: '[user]', can_write_relationships: 'operator', can_publish_model: 'operator' },
    team: { lead: '[user]', member: '[user, team#member]', can_manage_access: 'lead' },
    doc: {
      owner: '[user]',
      editor: '[user, team#member, user with weekday]',
      viewer: '[user, user:*, team#member with weekday]',
      can_manage_access: 'owner',
      can_grant_viewer: 'editor or owner',
    },
  },
  { weekday: '(day: string, level: int, tags: list<string>) { day != "sunday" && level > 0 && tags.size() >= 0 }' },
);

/** What must be there before: somebody who may write anything, and somebody who may grant. */
export const adminStart: readonly string[] = [
  'platform:main#operator@user:0',
  ...Array.from({ length: 6 }, (_, index) => `doc:${index}#owner@user:${index % 3}`),
  ...Array.from({ length: 3 }, (_, index) => `team:${index}#lead@user:${index}`),
];

/** An operation that some admin tries; whether it succeeds depends on all before it. */
export interface AdminAttempt {
  readonly name: string;
  readonly run: (postern: Postern) => Promise<{ readonly ok: boolean }>;
}

/** Any operation by anybody, the next one of a sequence without end. */
export function randomAttempt(random: Random): AdminAttempt {
  const kind = pick(random, kinds);
  const actor = randomActor(random);
  const [reason] = pick<readonly string[]>(random, [[], [''], ['because'], ['Ünïcode 🗝 "quoted"']]);
  const key = random() < 0.2 ? `key-${Math.floor(random() * 200)}` : undefined;
  if (kind === 'write') return writeAttempt(random, actor, reason, key);
  if (kind === 'model') return modelAttempt(random, actor);
  if (kind === 'offboard') return offboardAttempt(random, actor, reason, key);
  if (kind === 'retire') return retireAttempt(random, actor, reason, key);
  const one = randomRelationship(random);
  const idempotency =
    key === undefined ? undefined : { key, request: [kind, String(one.startsAt), String(one.expiresAt)] };
  const input = { relationship: one, reason, idempotency };
  if (kind === 'transfer') return transferAttempt(random, actor, input);
  if (kind === 'extend') return extendAttempt(random, actor, input);
  if (kind === 'grant') return { name: 'grantRole', run: (postern) => grantRole(postern, actor, input) };
  return { name: 'revokeRole', run: (postern) => revokeRole(postern, actor, input) };
}

const kinds = [
  ...(['grant', 'grant', 'grant', 'grant', 'revoke', 'write', 'write', 'write'] as const),
  ...(['transfer', 'transfer', 'transfer', 'extend', 'extend', 'extend', 'offboard', 'retire', 'model'] as const),
];

function transferAttempt(random: Random, actor: Actor, { relationship: one, ...rest }: GrantRoleInput): AdminAttempt {
  const { object, relation: role, subject: from } = one;
  const input = { object, role, from, to: randomRelationship(random).subject, ...rest };
  return { name: 'transferRole', run: (postern) => transferRole(postern, actor, input) };
}

function extendAttempt(random: Random, actor: Actor, { relationship: one, ...rest }: GrantRoleInput): AdminAttempt {
  const [expiresAt] = pick<readonly [Date | null | undefined]>(random, [[undefined], [null], [randomExpiry(random)]]);
  const [condition] = pick<readonly [GrantRoleInput['relationship']['condition'] | null]>(random, [
    [undefined],
    [null],
    [one.condition],
  ]);
  const [startsAt] = pick<readonly [Date | null | undefined]>(random, [[undefined], [null], [randomBeginning(random)]]);
  const input = { relationship: one, startsAt, expiresAt, condition, ...rest };
  return { name: 'extendGrant', run: (postern) => extendGrant(postern, actor, input) };
}

function offboardAttempt(
  random: Random,
  actor: Actor,
  reason: string | undefined,
  key: string | undefined,
): AdminAttempt {
  const idempotency = key === undefined ? undefined : { key, request: 'offboard' };
  // Not the first ones: with them, nobody would be left who may do anything.
  const subject = parseSubject(`user:${3 + Math.floor(random() * 3)}`);
  const input = { subject, dryRun: random() < 0.3, reason, idempotency };
  return { name: 'offboardSubject', run: (postern) => offboardSubject(postern, actor, input) };
}

function retireAttempt(
  random: Random,
  actor: Actor,
  reason: string | undefined,
  key: string | undefined,
): AdminAttempt {
  const idempotency = key === undefined ? undefined : { key, request: 'retire' };
  const object = parseObject(pick(random, ['doc:4', 'doc:5', 'team:2']));
  const input = { object, dryRun: random() < 0.3, reason, idempotency };
  return { name: 'retireObject', run: (postern) => retireObject(postern, actor, input) };
}

function writeAttempt(random: Random, actor: Actor, reason: string | undefined, key: string | undefined): AdminAttempt {
  const some = (most: number) =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, () => randomRelationship(random));
  const input = writing(some(5), some(3), {
    onDuplicate: pick(random, ['ERROR', 'IGNORE', 'IGNORE']),
    onMissing: pick(random, ['ERROR', 'IGNORE', 'IGNORE']),
    preconditions: random() < 0.2 ? [{ relationship: randomRelationship(random), exists: random() < 0.5 }] : [],
    reason,
    idempotency: key === undefined ? undefined : { key, request: 'write' },
  });
  return { name: 'writeRelationships', run: (postern) => writeRelationships(postern, actor, input) };
}

/** Rare, and always the same model: what a model admits must not depend on the order of the attempts. */
function modelAttempt(random: Random, actor: Actor): AdminAttempt {
  if (random() < 0.9) {
    const input = { id: 1, reason: undefined };
    return { name: 'activateModel', run: (postern) => activateModel(postern, actor, input) };
  }
  const input = {
    source: { kind: 'dsl', dsl: adminModel },
    activate: random() < 0.5,
    dryRun: false,
    reason: undefined,
  } as const;
  return { name: 'publishModel', run: (postern) => publishModel(postern, actor, input) };
}

function randomActor(random: Random): Actor {
  if (random() < 0.3) return operator;
  return {
    ...signedIn(`user:${Math.floor(random() * 6)}`),
    ...(random() < 0.2 && { delegate: { kind: 'recorded', name: 'agent-7' } }),
  } as Actor;
}

/** Few names, so that operations meet: most are repeated, some are there, some have expired meanwhile. */
function randomRelationship(random: Random): Relationship {
  const user = `user:${Math.floor(random() * 6)}`;
  const doc = `doc:${Math.floor(random() * 6)}`;
  const team = `team:${Math.floor(random() * 3)}`;
  const [text, isConditional] = pick<readonly [string, boolean]>(random, [
    [`${doc}#owner@${user}`, false],
    [`${doc}#editor@${user}`, false],
    [`${doc}#editor@${user}`, true],
    [`${doc}#editor@${team}#member`, false],
    [`${doc}#viewer@${user}`, false],
    [`${doc}#viewer@user:*`, false],
    [`${doc}#viewer@${team}#member`, true],
    [`${team}#member@${user}`, false],
    [`${team}#member@team:${Math.floor(random() * 3)}#member`, false],
  ]);
  const [startsAt, expiresAt] = [randomBeginning(random), randomExpiry(random)];
  return relationship(text, {
    ...(isConditional && { condition: ['weekday', pick(random, contexts)] }),
    ...(startsAt && { startsAt }),
    ...(expiresAt && { expiresAt }),
  });
}

const contexts: readonly Readonly<Record<string, unknown>>[] = [
  {},
  { day: 'monday' },
  { level: Number.MAX_SAFE_INTEGER, day: '日曜日 🌞' },
  { tags: ['b', 'a', ''] },
  { tags: [], level: -0, day: '"\\u0041"' },
];

function randomBeginning(random: Random): Date | undefined {
  const chance = random();
  if (chance < 0.7) return undefined;
  if (chance < 0.8) return new Date('2099-01-01T00:00:00.456Z');
  if (chance < 0.9) return new Date('1999-01-01T00:00:00.456Z');
  // Soon enough to begin while others write.
  return new Date(Date.now() + Math.floor(random() * 60));
}

function randomExpiry(random: Random): Date | undefined {
  const chance = random();
  if (chance < 0.6) return undefined;
  if (chance < 0.75) return new Date('2100-01-01T00:00:00.123Z');
  // Soon enough to expire while others write, some of them before they are written.
  return new Date(Date.now() - 5 + Math.floor(random() * 60));
}

function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('Nothing can be picked from an empty list.');
  return item;
}
