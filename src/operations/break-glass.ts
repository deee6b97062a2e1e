import type { Check, CheckAnswer } from '../engine/check/check.ts';
import type { ConditionTest } from '../engine/check/depends-on.ts';
import { formatObjectRef } from '../model/object-ref.ts';
import { isSameSubject } from '../model/subject-ref.ts';
import { type Actor, actorSubject } from './actor.ts';
import type { AuditedActor, BreakGlassRead } from './audited-actor.ts';
import type { Postern } from './postern.ts';
import { auditRecordOf } from './record-denied.ts';

/** A condition of this name, or one that begins so, is for emergencies: who is let through by it is in the audit log. */
export const isBreakGlass: ConditionTest = (condition) => condition.startsWith('break_glass');

/** What checks let their subjects through to. */
export function readsOf(checks: Iterable<Check>): readonly BreakGlassRead[] {
  return [...checks].map(({ object, relation }) => ({ object, permission: relation }));
}

/** Records what somebody is let through to, before anybody hears of it; throws when it cannot be recorded. */
export async function recordBreakGlassReads(
  { store }: Postern,
  actor: Actor,
  reads: readonly BreakGlassRead[],
): Promise<void> {
  if (reads.length === 0) return;
  const after = reads.map(({ object, permission }) => ({ object: formatObjectRef(object), permission }));
  const event = auditRecordOf(actor, { action: 'breakGlassRead', reason: undefined });
  await store.appendEvent({ ...event, outcome: 'done', before: [], after });
}

/**
 * Notes what the asker is about to be told to hold by break-glass, in a question that may be about anybody. What is told of
 * others is not noted: they have not used it.
 */
export function noteOwnReads(
  { actor, note }: AuditedActor,
  checks: readonly Check[],
  dependingOn: CheckAnswer['dependingOn'],
): void {
  const own = actorSubject(actor);
  if (own === undefined || !checks.some(({ subject }) => isSameSubject(subject, own))) return;
  const ownChecks = [...dependingOn(isBreakGlass)].filter(({ subject }) => isSameSubject(subject, own));
  for (const read of readsOf(ownChecks)) note(read);
}
