import { ok } from '../base/result.ts';
import type { ConditionTest } from '../engine/rests-on.ts';
import { formatObjectRef, type ObjectRef } from '../model/object-ref.ts';
import type { Actor } from './actor.ts';
import type { Postern } from './postern.ts';
import { auditRecordOf } from './record-denied.ts';

/** A condition of this name, or one that begins so, is for emergencies: who is let through by it is in the audit log. */
export const isBreakGlass: ConditionTest = (condition) => condition.startsWith('break_glass');

/** A permission that somebody is about to use, or to be told to have, by break-glass. */
export interface BreakGlassRead {
  readonly object: ObjectRef;
  readonly permission: string;
}

/** Records what somebody is let through to, before anybody hears of it; throws when it cannot be recorded. */
export async function recordBreakGlassReads(
  { store }: Postern,
  actor: Actor,
  reads: readonly BreakGlassRead[],
): Promise<void> {
  if (reads.length === 0) return;
  const after = reads.map(({ object, permission }) => ({ object: formatObjectRef(object), permission }));
  await store.writer.write(async (transaction) => {
    const event = auditRecordOf(actor, { action: 'breakGlassRead', reason: undefined });
    await transaction.recordAudit({ ...event, outcome: 'done', before: [], after });
    return ok(undefined);
  });
}
