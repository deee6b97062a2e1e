import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import type { RelationName } from '../../model/names.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { formatRelationship, type Relationship } from '../../model/relationship.ts';
import { isSameSubject, type SubjectRef } from '../../model/subject-ref.ts';
import { validateRelationship, validateSubject } from '../../model/validate-relationship.ts';
import type { DecidingSnapshot } from '../../store/deciding-snapshot.ts';
import { type Actor, actorSubject } from '../actor.ts';
import type { AuditedActor } from '../audited-actor.ts';
import type { Postern } from '../postern.ts';
import { inputErrorOf, invalid, type Refusal } from '../refusal.ts';
import { type GrantOutcome, recordOf } from '../relationship-record.ts';
import type { PreviewableOutput } from '../writes/previewable-write.ts';
import type { Idempotency, OpenDeciding, RelationshipWrite } from '../writes/run-write.ts';
import { writeOrPreview } from '../writes/write-or-preview.ts';
import { existsAlready, madeBy } from './grant-role.ts';
import { openGrant } from './open-grant.ts';

export interface TransferRoleInput {
  readonly object: ObjectRef;
  readonly role: RelationName;
  readonly from: SubjectRef;
  readonly to: SubjectRef;
  readonly reason: string | undefined;
  readonly idempotency: Idempotency | undefined;
  /** Tries it, says what it would mean for whom, and changes nothing. */
  readonly dryRun?: boolean | undefined;
}

/** Hands a role over in one step, with its condition, beginning and end, by the same right that gives it. */
export async function transferRole(
  postern: Postern,
  actor: Actor,
  input: TransferRoleInput,
): Promise<Result<PreviewableOutput<GrantOutcome>, Refusal>> {
  const { reason, idempotency, dryRun } = input;
  const wanted = [recordOf(roleOf(input, input.from)), recordOf(roleOf(input, input.to))];
  const fieldOf = () => ['input', 'to'];
  const entitle = async (open: OpenDeciding, audited: AuditedActor): Promise<Result<DecidingSnapshot, Refusal>> => {
    const held = roleOf(input, input.from);
    const opened = await openGrant(postern, open, audited, held, { subjectField: 'from', also: input.to });
    if (!opened.ok) return opened;
    const known = validateSubject(opened.value.prepared.model, input.to, 'administrator');
    return known.ok ? opened : failed({ kind: 'invalid', errors: [inputErrorOf(known.problem, ['input', 'to'])] });
  };
  const request = { action: 'transferRole' as const, wanted, reason, idempotency, fieldOf, entitle, dryRun };
  return writeOrPreview(postern, actor, request, (write, snapshot) => handOver(write, actor, input, snapshot));
}

async function handOver(
  { transaction, record }: RelationshipWrite,
  actor: Actor,
  input: TransferRoleInput,
  { prepared, now }: DecidingSnapshot,
): Promise<Result<GrantOutcome, Refusal>> {
  if (isSameSubject(input.from, input.to)) {
    return failed(invalid('INVALID_INPUT', 'A role is transferred to somebody else.', ['input', 'to']));
  }
  const [held] = await transaction.relationships.find([roleOf(input, input.from)]);
  if (held === undefined) {
    const message = `There is no relationship ${quote(formatRelationship(roleOf(input, input.from)))}.`;
    return failed(invalid('NOT_FOUND', message, ['input', 'from']));
  }
  const { condition, startsAt, expiresAt } = held;
  const next: Relationship = { ...roleOf(input, input.to), condition, startsAt, expiresAt };
  const valid = validateRelationship(prepared.model, next);
  if (!valid.ok) return failed({ kind: 'invalid', errors: [inputErrorOf(valid.problem, ['input', 'to'])] });
  await transaction.relationships.delete([held]);
  const [existing] = await transaction.relationships.write([next], actorSubject(actor));
  if (existing !== undefined) return failed(existsAlready(next, existing, ['input', 'to']));
  await record([recordOf(held)], [recordOf(next)]);
  return ok(madeBy(actor, next, now));
}

function roleOf({ object, role }: TransferRoleInput, subject: SubjectRef): Relationship {
  return { object, relation: role, subject, condition: undefined, startsAt: undefined, expiresAt: undefined };
}
