import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { formatRelationship, type Relationship, type RelationshipCondition } from '../../model/relationship.ts';
import { validateRelationship } from '../../model/validate-relationship.ts';
import type { DecidingSnapshot } from '../../store/deciding-snapshot.ts';
import { type Actor, actorSubject } from '../actor.ts';
import type { AuditedActor } from '../audited-actor.ts';
import type { Postern } from '../postern.ts';
import { inputErrorOf, invalid, type Refusal } from '../refusal.ts';
import { type GrantOutcome, isSameRelationship, recordOf } from '../relationship-record.ts';
import type { PreviewableOutput } from '../writes/previewable-write.ts';
import type { Idempotency, OpenDeciding, RelationshipWrite } from '../writes/run-write.ts';
import { writeOrPreview } from '../writes/write-or-preview.ts';
import { checkExpiry, existsAlready, madeBy } from './grant-role.ts';
import { openGrant } from './open-grant.ts';

export interface ExtendGrantInput {
  /** Object, relation and subject of the grant; its condition and expiry do not matter. */
  readonly relationship: Relationship;
  /** Null for a grant without an end; undefined leaves the end as it is. */
  readonly expiresAt: Date | null | undefined;
  /** Null for a grant without a condition; undefined leaves the condition as it is. */
  readonly condition: RelationshipCondition | null | undefined;
  readonly reason: string | undefined;
  readonly idempotency: Idempotency | undefined;
  /** Tries it, says what it would mean for whom, and changes nothing. */
  readonly dryRun?: boolean | undefined;
}

/** Gives a grant another end, or another condition, in one step: longer or shorter, by the same right that gives it. */
export async function extendGrant(
  postern: Postern,
  actor: Actor,
  input: ExtendGrantInput,
): Promise<Result<PreviewableOutput<GrantOutcome>, Refusal>> {
  const { relationship, reason, idempotency, dryRun } = input;
  const fieldOf = () => ['input', 'subject'];
  const request = {
    action: 'extendGrant' as const,
    wanted: [recordOf(changed(relationship, input))],
    reason,
    idempotency,
    dryRun,
    fieldOf,
    entitle: async (open: OpenDeciding, audited: AuditedActor): Promise<Result<DecidingSnapshot, Refusal>> => {
      const opened = await openGrant(postern, open, audited, relationship);
      // A new condition says all that has to be valid, whatever is there.
      const isNew = opened.ok && input.condition !== undefined;
      const refused = isNew ? conditionProblem(opened.value, changed(relationship, input)) : undefined;
      return refused === undefined ? opened : failed(refused);
    },
  };
  return writeOrPreview(postern, actor, request, (write, snapshot) => replace(write, actor, input, snapshot));
}

async function replace(
  { transaction, record }: RelationshipWrite,
  actor: Actor,
  input: ExtendGrantInput,
  snapshot: DecidingSnapshot,
): Promise<Result<GrantOutcome, Refusal>> {
  const [held] = await transaction.relationships.find([input.relationship]);
  if (held === undefined) {
    const message = `There is no relationship ${quote(formatRelationship(input.relationship))}.`;
    return failed(invalid('NOT_FOUND', message, ['input']));
  }
  const next = changed(held, input);
  const refused = conditionProblem(snapshot, next);
  if (refused !== undefined) return failed(refused);
  const lasting = checkExpiry(next, snapshot.now);
  if (!lasting.ok) return lasting;
  if (isSameRelationship(next, held)) return failed(existsAlready(next, held, ['input']));
  await transaction.relationships.replace(next, actorSubject(actor));
  await record([recordOf(held)], [recordOf(next)]);
  return ok(madeBy(actor, next, snapshot.now));
}

function conditionProblem({ prepared }: DecidingSnapshot, next: Relationship): Refusal | undefined {
  const valid = validateRelationship(prepared.model, next);
  return valid.ok ? undefined : { kind: 'invalid', errors: [inputErrorOf(valid.problem, ['input', 'condition'])] };
}

function changed(held: Relationship, { expiresAt, condition }: ExtendGrantInput): Relationship {
  const { object, relation, subject } = held;
  return {
    ...{ object, relation, subject },
    condition: condition === undefined ? held.condition : (condition ?? undefined),
    expiresAt: expiresAt === undefined ? held.expiresAt : (expiresAt ?? undefined),
  };
}
