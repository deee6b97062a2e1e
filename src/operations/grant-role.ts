import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import { formatRelationship, type Relationship } from '../model/relationship.ts';
import { validateRelationship } from '../model/validate-relationship.ts';
import { type Actor, actorSubject, formatActor } from './actor.ts';
import { authorizeGrant, objectsToAuthorize } from './authorize.ts';
import type { Postern } from './postern.ts';
import { inputErrorOf, invalid, type Refusal } from './refusal.ts';
import { type RelationshipRecord, recordOf } from './relationship-record.ts';
import { type Idempotency, runWrite, type WriteOutput } from './run-write.ts';

export interface GrantRoleInput {
  readonly relationship: Relationship;
  readonly reason: string | undefined;
  readonly idempotency: Idempotency | undefined;
}

/** A grant as it was made. */
export interface GrantOutcome {
  readonly relationship: RelationshipRecord;
  readonly createdAt: string;
  readonly createdBy: string | null;
}

/**
 * Assigns a role. The actor's right is checked in the writing transaction, after every write before it: a right that was
 * revoked by then does not count.
 */
export async function grantRole(
  postern: Postern,
  actor: Actor,
  { relationship, reason, idempotency }: GrantRoleInput,
): Promise<Result<WriteOutput<GrantOutcome>, Refusal>> {
  const record = recordOf(relationship);
  const request = { action: 'grantRole', wanted: [record], reason, idempotency };
  return runWrite(postern, actor, request, async (write) => {
    const { transaction } = write;
    const { object, relation } = relationship;
    const snapshot = await transaction.openSnapshot(objectsToAuthorize(actor, object));
    const valid = validateRelationship(snapshot.prepared.model, relationship);
    if (!valid.ok) return failed({ kind: 'invalid', errors: [inputErrorOf(valid.problem, ['input'])] });
    const authorized = await authorizeGrant(snapshot, actor, object, relation);
    if (!authorized.ok) return authorized;
    if (relationship.expiresAt !== undefined && relationship.expiresAt <= snapshot.now) {
      return failed(invalid('INVALID_INPUT', 'The grant would have expired already.', ['input', 'expiresAt']));
    }
    const [existing] = await transaction.writeRelationships([relationship], actorSubject(actor));
    if (existing !== undefined) {
      const message = `The relationship ${quote(formatRelationship(existing))} exists already.`;
      return failed(invalid('ALREADY_EXISTS', message, ['input']));
    }
    await write.record([], [record]);
    const createdBy = actor.kind === 'console' ? null : formatActor(actor);
    return ok({ relationship: record, createdAt: snapshot.now.toISOString(), createdBy });
  });
}
