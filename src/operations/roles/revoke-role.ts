import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { formatRelationship, type Relationship } from '../../model/relationship.ts';
import type { Actor } from '../actor.ts';
import type { AuditedActor } from '../audited-actor.ts';
import type { Postern } from '../postern.ts';
import { invalid, type Refusal } from '../refusal.ts';
import { type GrantOutcome, grantOutcomeOf, recordOf } from '../relationship-record.ts';
import { type Idempotency, type OpenSnapshot, runWrite, type WriteOutput } from '../writes/run-write.ts';
import { openGrant } from './open-grant.ts';

export interface RevokeRoleInput {
  /** Object, relation and subject of the relationship; its condition and expiry do not matter. */
  readonly relationship: Relationship;
  readonly reason: string | undefined;
  readonly idempotency: Idempotency | undefined;
}

/** Takes a role away, by the same right that gives it: see `authorizeGrant`. */
export async function revokeRole(
  postern: Postern,
  actor: Actor,
  { relationship, reason, idempotency }: RevokeRoleInput,
): Promise<Result<WriteOutput<GrantOutcome>, Refusal>> {
  const entitle = (open: OpenSnapshot, audited: AuditedActor) => openGrant(postern, open, audited, relationship);
  const request = { action: 'revokeRole' as const, wanted: [recordOf(relationship)], reason, idempotency, entitle };
  return runWrite(postern, actor, request, async ({ transaction, record: audit }) => {
    const [deleted] = await transaction.relationships.delete([relationship]);
    if (deleted === undefined) {
      const message = `There is no relationship ${quote(formatRelationship(relationship))}.`;
      return failed(invalid('NOT_FOUND', message, ['input']));
    }
    await audit([recordOf(deleted)], []);
    return ok(grantOutcomeOf(deleted));
  });
}
