import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import type { Problem } from '../../model/problem.ts';
import { formatRelationship, type Relationship, type RelationshipCondition } from '../../model/relationship.ts';
import { validateRelationship, validateTimes } from '../../model/validate-relationship.ts';
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
  /** Object, relation and subject of the grant; its condition, beginning and end do not matter. */
  readonly relationship: Relationship;
  /** Null for a grant that has begun; undefined leaves the beginning as it is. */
  readonly startsAt: Date | null | undefined;
  /** Null for a grant without an end; undefined leaves the end as it is. */
  readonly expiresAt: Date | null | undefined;
  /** Null for a grant without a condition; undefined leaves the condition as it is. */
  readonly condition: RelationshipCondition | null | undefined;
  readonly reason: string | undefined;
  readonly idempotency: Idempotency | undefined;
  /** Tries it, says what it would mean for whom, and changes nothing. */
  readonly dryRun?: boolean | undefined;
}

/** Gives a grant another beginning, another end, or another condition, in one step, by the same right that gives it. */
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
      const refused = isNew ? changeProblem(opened.value, changed(relationship, input), input) : undefined;
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
  const refused = changeProblem(snapshot, next, input);
  if (refused !== undefined) return failed(refused);
  const lasting = checkExpiry(next, snapshot.now);
  if (!lasting.ok) return lasting;
  if (isSameRelationship(next, held)) return failed(existsAlready(next, held, ['input']));
  await transaction.relationships.replace(next, actorSubject(actor));
  await record([recordOf(held)], [recordOf(next)]);
  return ok(madeBy(actor, next, snapshot.now));
}

function changeProblem(
  { prepared }: DecidingSnapshot,
  next: Relationship,
  input: ExtendGrantInput,
): Refusal | undefined {
  const timed = validateTimes(next);
  if (!timed.ok) return invalidAt(timed.problem, input.startsAt ? 'startsAt' : 'expiresAt');
  const valid = validateRelationship(prepared.model, next);
  return valid.ok ? undefined : invalidAt(valid.problem, 'condition');
}

function invalidAt(problem: Problem, field: string): Refusal {
  return { kind: 'invalid', errors: [inputErrorOf(problem, ['input', field])] };
}

function changed(held: Relationship, { startsAt, expiresAt, condition }: ExtendGrantInput): Relationship {
  const { object, relation, subject } = held;
  return {
    ...{ object, relation, subject },
    condition: condition === undefined ? held.condition : (condition ?? undefined),
    startsAt: startsAt === undefined ? held.startsAt : (startsAt ?? undefined),
    expiresAt: expiresAt === undefined ? held.expiresAt : (expiresAt ?? undefined),
  };
}
