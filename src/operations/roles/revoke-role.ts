import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { formatRelationship, type Relationship } from '../../model/relationship.ts';
import type { Actor } from '../actor.ts';
import type { AuditedActor } from '../audited-actor.ts';
import type { Postern } from '../postern.ts';
import { invalid, type Refusal } from '../refusal.ts';
import { type GrantOutcome, grantOutcomeOf, recordOf } from '../relationship-record.ts';
import type { PreviewableOutput } from '../writes/previewable-write.ts';
import type { Idempotency, OpenDeciding } from '../writes/run-write.ts';
import { writeOrPreview } from '../writes/write-or-preview.ts';
import { openGrant } from './open-grant.ts';

export interface RevokeRoleInput {
  /** Object, relation and subject of the relationship; its condition, beginning and end do not matter. */
  readonly relationship: Relationship;
  readonly reason: string | undefined;
  readonly idempotency: Idempotency | undefined;
  /** Tries it, says what it would mean for whom, and changes nothing. */
  readonly dryRun?: boolean | undefined;
}

/** Takes a role away, by the same right that gives it: see `authorizeGrant`. */
export async function revokeRole(
  postern: Postern,
  actor: Actor,
  { relationship, reason, idempotency, dryRun }: RevokeRoleInput,
): Promise<Result<PreviewableOutput<GrantOutcome>, Refusal>> {
  const entitle = (open: OpenDeciding, audited: AuditedActor) => openGrant(postern, open, audited, relationship);
  const wanted = [recordOf(relationship)];
  const request = { action: 'revokeRole' as const, wanted, reason, idempotency, entitle, dryRun };
  return writeOrPreview(postern, actor, request, async ({ transaction, record: audit }) => {
    const [deleted] = await transaction.relationships.delete([relationship]);
    if (deleted === undefined) {
      const message = `There is no relationship ${quote(formatRelationship(relationship))}.`;
      return failed(invalid('NOT_FOUND', message, ['input']));
    }
    await audit([recordOf(deleted)], []);
    return ok(grantOutcomeOf(deleted));
  });
}
