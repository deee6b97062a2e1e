import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import type { Audience } from '../../model/model.ts';
import { formatRelationship, isThereAt, type Relationship } from '../../model/relationship.ts';
import { validateRelationship } from '../../model/validate-relationship.ts';
import type { DecidingSnapshot } from '../../store/deciding-snapshot.ts';
import type { StoredRelationship } from '../../store/stored-relationship.ts';
import { type Actor, actorSubject, formatActor } from '../actor.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { authorizeGrant, objectsToAuthorize } from '../authorize.ts';
import { noticeUnnamed, objectIn } from '../notice-unnamed.ts';
import type { Postern } from '../postern.ts';
import { inputErrorOf, invalid, type Refusal } from '../refusal.ts';
import { type GrantOutcome, grantOutcomeOf, isSameRelationship, recordOf } from '../relationship-record.ts';
import type { PreviewableOutput } from '../writes/previewable-write.ts';
import type { Idempotency, OpenDeciding } from '../writes/run-write.ts';
import { writeOrPreview } from '../writes/write-or-preview.ts';
import { explainTo } from './open-role-snapshot.ts';

export interface GrantRoleInput {
  readonly relationship: Relationship;
  readonly reason: string | undefined;
  readonly idempotency: Idempotency | undefined;
  /** Tries it, says what it would mean for whom, and changes nothing. */
  readonly dryRun?: boolean | undefined;
}

/** Assigns a role, by the right that `authorizeGrant` asks for. */
export async function grantRole(
  postern: Postern,
  actor: Actor,
  { relationship, reason, idempotency, dryRun }: GrantRoleInput,
): Promise<Result<PreviewableOutput<GrantOutcome>, Refusal>> {
  const record = recordOf(relationship);
  const { object, relation } = relationship;
  const fieldOf = () => ['input', 'subject'];
  const entitle = async (open: OpenDeciding, audited: AuditedActor): Promise<Result<DecidingSnapshot, Refusal>> => {
    const subject = objectIn(relationship.subject);
    const snapshot = await open([
      ...objectsToAuthorize(actor, object),
      ...(subject === undefined ? [] : [subject]),
      postern.platform,
    ]);
    const validate = (audience: Audience) => validateRelationship(snapshot.prepared.model, relationship, audience);
    const valid = await explainTo(snapshot, actor, object, validate);
    if (!valid.ok) return failed({ kind: 'invalid', errors: [inputErrorOf(valid.problem, ['input'])] });
    const authorized = await authorizeGrant(snapshot, audited, object, relation);
    if (!authorized.ok) return authorized;
    await noticeUnnamed(postern, snapshot, audited, [object, relationship.subject]);
    return ok(snapshot);
  };
  const request = { action: 'grantRole' as const, wanted: [record], reason, idempotency, fieldOf, entitle, dryRun };
  return writeOrPreview(postern, actor, request, async ({ transaction, record: audit }, snapshot) => {
    const lasting = checkExpiry(relationship, snapshot.now);
    if (!lasting.ok) return lasting;
    const [existing] = await transaction.relationships.write([relationship], actorSubject(actor));
    if (existing !== undefined) return failed(existsAlready(relationship, existing, ['input']));
    await audit([], [record]);
    return ok(madeBy(actor, relationship, snapshot.now));
  });
}

/** A grant must not be over before it is made. */
export function checkExpiry(grant: Relationship, now: Date): Result<undefined, Refusal> {
  const { expiresAt } = grant;
  if (expiresAt === undefined || isThereAt(grant, now)) return ok(undefined);
  const message = `The grant would have expired already, on ${quote(expiresAt.toISOString())}. Next: give a time to come, or leave it out.`;
  return failed(invalid('INVALID_INPUT', message, ['input', 'expiresAt']));
}

/** A grant that somebody has just made. */
export function madeBy(actor: Actor, relationship: Relationship, now: Date): GrantOutcome {
  const createdBy = actor.kind === 'console' ? null : formatActor(actor);
  return { relationship: recordOf(relationship), createdAt: now.toISOString(), createdBy };
}

/** Says whether what is stored is what was wanted, or has another condition, beginning or end. */
export function existsAlready(wanted: Relationship, stored: StoredRelationship, field: readonly string[]): Refusal {
  const isSame = isSameRelationship(wanted, stored);
  const message = `The relationship ${quote(formatRelationship(stored))} exists already${isSame ? '' : ', with another condition, beginning or end'}.`;
  return invalid(isSame ? 'ALREADY_EXISTS' : 'CONFLICT', message, field, grantOutcomeOf(stored));
}
