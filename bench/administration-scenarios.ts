import type { Result } from '../src/base/result.ts';
import type { ObjectRef } from '../src/model/object-ref.ts';
import type { Relationship } from '../src/model/relationship.ts';
import { subjectOf } from '../src/model/subject-ref.ts';
import type { Actor } from '../src/operations/actor.ts';
import type { AuditQuestion } from '../src/operations/audit/audit-question.ts';
import { listAuditEvents } from '../src/operations/audit/list-audit-events.ts';
import type { Postern } from '../src/operations/postern.ts';
import { describeRefusal, type Refusal } from '../src/operations/refusal.ts';
import { writeRelationships } from '../src/operations/relationships/write-relationships.ts';
import { reviewAccess } from '../src/operations/reviews/review-access.ts';
import { extendGrant } from '../src/operations/roles/extend-grant.ts';
import { grantRole } from '../src/operations/roles/grant-role.ts';
import { offboardSubject } from '../src/operations/roles/offboard-subject.ts';
import { revokeRole } from '../src/operations/roles/revoke-role.ts';
import { transferRole } from '../src/operations/roles/transfer-role.ts';
import { benchActor } from './open-postern.ts';
import { named } from './relate.ts';

/** Whose administration is measured. */
export interface Scene {
  readonly postern: Postern;
  /** Administers the artist, by the model. */
  readonly admin: Actor;
  readonly artist: ObjectRef;
  readonly organization: ObjectRef;
  /** Somebody with roles in many places. */
  readonly member: ObjectRef;
  /** An instant within the audit log. */
  readonly instant: Date;
}

/** One thing that admins do; `run` does it once, and fails where it is refused. */
export interface AdministrationScenario {
  readonly name: string;
  readonly meaning: string;
  readonly inFlights: readonly number[];
  readonly run: (scene: Scene, index: number) => Promise<void>;
}

const alone = [1];
const none = { reason: undefined, idempotency: undefined };

function reader({ artist }: Scene, id: string, expiresAt?: Date): Relationship {
  const subject = subjectOf(named('user', id));
  const times = { startsAt: undefined, expiresAt };
  return { object: artist, relation: 'reader' as Relationship['relation'], subject, condition: undefined, ...times };
}

/** Different ones every time, so that nothing is there already. */
function payees(index: number, count: number): readonly Relationship[] {
  return Array.from({ length: count }, (_, at) => ({
    object: named('track', `bench-${index}-${at}`),
    relation: 'payee' as Relationship['relation'],
    subject: subjectOf(named('user', 'bench-payee')),
    condition: undefined,
    startsAt: undefined,
    expiresAt: undefined,
  }));
}

async function writeAll({ postern }: Scene, index: number, count: number): Promise<void> {
  const options = { deletes: [], preconditions: [], onDuplicate: 'ERROR', onMissing: 'ERROR', ...none } as const;
  succeed(await writeRelationships(postern, benchActor, { writes: payees(index, count), ...options }));
}

const everything: AuditQuestion = {
  ...{ object: undefined, subject: undefined, actor: undefined, action: undefined },
  ...{ outcome: undefined, from: undefined, to: undefined },
};

function auditScenario(name: string, meaning: string, filter: (scene: Scene) => Partial<AuditQuestion>) {
  return {
    name,
    meaning,
    inFlights: [1, 16],
    run: async (scene: Scene) => {
      const question = { ...everything, ...filter(scene) };
      const page = succeed(await listAuditEvents(scene.postern, benchActor, question, { first: 20, after: undefined }));
      if (page.events.length !== 20) throw new Error(`A page of the audit log has ${page.events.length} events.`);
    },
  };
}

export const administrationScenarios: readonly AdministrationScenario[] = [
  {
    name: 'grant-and-revoke',
    meaning: 'a role on an artist is given and taken again, by its admin: two mutations',
    inFlights: [1, 8],
    run: async (scene, index) => {
      const relationship = reader(scene, `bench-${index}`);
      succeed(await grantRole(scene.postern, scene.admin, { relationship, ...none }));
      succeed(await revokeRole(scene.postern, scene.admin, { relationship, ...none }));
    },
  },
  {
    name: 'extend',
    meaning: 'a grant gets another end',
    inFlights: alone,
    run: async (scene, index) => {
      const expiresAt = new Date(Date.UTC(2090, 0, 1) + index * 1000);
      const input = {
        relationship: reader(scene, 'bench-kept'),
        startsAt: undefined,
        expiresAt,
        condition: undefined,
        ...none,
      };
      succeed(await extendGrant(scene.postern, scene.admin, input));
    },
  },
  {
    name: 'transfer',
    meaning: 'a role is handed over, and over again',
    inFlights: alone,
    run: async ({ postern, admin, artist }, index) => {
      const pair = [named('user', 'bench-left'), named('user', 'bench-right')].map(subjectOf);
      const [from, to] = index % 2 === 0 ? pair : pair.toReversed();
      if (from === undefined || to === undefined) return;
      const role = 'reader' as Relationship['relation'];
      succeed(await transferRole(postern, admin, { object: artist, role, from, to, ...none }));
    },
  },
  {
    name: 'write-100',
    meaning: '100 new relationships in one write',
    inFlights: alone,
    run: (scene, index) => writeAll(scene, index, 100),
  },
  {
    name: 'write-1000',
    meaning: '1,000 new relationships in one write',
    inFlights: alone,
    run: (scene, index) => writeAll(scene, index, 1000),
  },
  {
    name: 'offboard-preview',
    meaning: 'what somebody holds, directly and through teams',
    inFlights: alone,
    run: async ({ postern, member }) => {
      succeed(await offboardSubject(postern, benchActor, { subject: subjectOf(member), dryRun: true, ...none }));
    },
  },
  auditScenario('audit', 'the newest 20 audit events', () => ({})),
  auditScenario('audit-object', 'the newest 20 about an object', ({ artist }) => ({ object: artist })),
  auditScenario('audit-actor', 'the newest 20 of an actor', () => ({ actor: 'user:bench-auditee' })),
  auditScenario('audit-time', 'the newest 20 before an instant', ({ instant }) => ({ to: instant })),
  {
    name: 'review',
    meaning: 'the first 20 entries of who has which role in an organization',
    inFlights: alone,
    run: (scene) => review(scene, false),
  },
  {
    name: 'review-contained',
    meaning: 'the same with everything that belongs to the organization',
    inFlights: alone,
    run: (scene) => review(scene, true),
  },
];

async function review({ postern, organization }: Scene, includeContained: boolean): Promise<void> {
  const filter = {
    role: undefined,
    subject: undefined,
    notHolding: undefined,
    expiresBefore: undefined,
    withoutEnd: false,
  };
  const input = { object: organization, includeContained, ...filter, first: 20, after: undefined };
  succeed(await reviewAccess(postern, benchActor, input));
}

function succeed<Value>(result: Result<Value, Refusal>): Value {
  if (result.ok) return result.value;
  throw new Error(describeRefusal(result.problem));
}
