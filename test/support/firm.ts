import type { Actor } from '../../src/operations/actor.ts';
import { activateModel } from '../../src/operations/models/activate-model.ts';
import { publishModel } from '../../src/operations/models/publish-model.ts';
import type { Postern } from '../../src/operations/postern.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { extendGrant } from '../../src/operations/roles/extend-grant.ts';
import { grantRole } from '../../src/operations/roles/grant-role.ts';
import { offboardSubject } from '../../src/operations/roles/offboard-subject.ts';
import { retireObject } from '../../src/operations/roles/retire-object.ts';
import { revokeRole } from '../../src/operations/roles/revoke-role.ts';
import { transferRole } from '../../src/operations/roles/transfer-role.ts';
import type { Idempotency } from '../../src/operations/writes/run-write.ts';
import { dsl, object, relationship, subject } from './parse.ts';
import { writing } from './postern.ts';

/** A firm keeps an owner who is not blocked, and nobody gives finance to themselves. */
export const firm = dsl(
  {
    user: {},
    service: {},
    platform: {
      operator: '[service]',
      can_write_relationships: 'operator',
      can_read_relationships: 'operator',
      can_grant_operator: 'operator',
      can_publish_model: 'operator',
    },
    team: { lead: '[user]', member: '[user, team#member] or lead', can_manage_access: 'lead' },
    firm: {
      owner: '[user, user with late]',
      admin: '[user] or owner',
      member: '[user, user:*, team#member, user with late] or admin',
      finance: '[user]',
      blocked: '[user, user:*]',
      must_keep: 'owner but not blocked',
      no_self_grant: 'finance',
      can_see: 'member but not blocked',
      can_manage_access: 'admin but not blocked',
      can_grant_owner: 'owner but not blocked',
      can_grant_finance: 'owner but not blocked',
    },
    paper: { firm: '[firm]', author: '[user, team#member]', can_grant_author: 'can_manage_access from firm' },
  },
  { late: '(hour: int) {\n  hour > 17\n}' },
);

const none = { reason: undefined, idempotency: undefined };

/** One act of administration in a word; what it is called with stands in the words of the tests. */
export function acts(postern: () => Postern) {
  return {
    grant: (actor: Actor, text: string, idempotency?: Idempotency) =>
      grantRole(postern(), actor, { ...none, idempotency, relationship: relationship(text) }),
    revoke: (actor: Actor, text: string, idempotency?: Idempotency) =>
      revokeRole(postern(), actor, { ...none, idempotency, relationship: relationship(text) }),
    limit: (actor: Actor, text: string, expiresAt: Date | null, idempotency?: Idempotency) =>
      extendGrant(postern(), actor, {
        ...{ ...none, idempotency, startsAt: undefined, expiresAt },
        relationship: relationship(text),
        condition: undefined,
      }),
    putOff: (actor: Actor, text: string, startsAt: Date | null) =>
      extendGrant(postern(), actor, {
        ...{ ...none, startsAt, expiresAt: undefined, condition: undefined },
        relationship: relationship(text),
      }),
    transfer: (actor: Actor, text: string, to: string, idempotency?: Idempotency) => {
      const { object: on, relation: role, subject: from } = relationship(text);
      return transferRole(postern(), actor, { ...none, idempotency, object: on, role, from, to: subject(to) });
    },
    offboard: (actor: Actor, text: string, idempotency?: Idempotency) =>
      offboardSubject(postern(), actor, { ...none, idempotency, subject: subject(text), dryRun: false }),
    retire: (actor: Actor, text: string, idempotency?: Idempotency) =>
      retireObject(postern(), actor, { ...none, idempotency, object: object(text), dryRun: false }),
    write: (actor: Actor, writes: readonly string[], deletes: readonly string[], idempotency?: Idempotency) =>
      writeRelationships(postern(), actor, writing(writes, deletes, { idempotency })),
    publish: (actor: Actor, text: string, activate: boolean, idempotency?: Idempotency) =>
      publishModel(postern(), actor, {
        ...{ reason: undefined, idempotency, activate, dryRun: false },
        source: { kind: 'dsl', dsl: text },
      }),
    activate: (actor: Actor, id: number, idempotency?: Idempotency) =>
      activateModel(postern(), actor, { id, reason: undefined, idempotency }),
  };
}

/** A time that no test sees, before `farAway`. */
export const notYet = new Date('2098-06-01T00:00:00Z');

/** A time that no test sees. */
export const farAway = new Date('2099-01-01T00:00:00Z');
