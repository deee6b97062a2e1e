import { failed, type Result } from '../base/result.ts';
import type { Actor } from './actor.ts';
import type { AuditedActor, BreakGlassRead } from './audited-actor.ts';
import { recordBreakGlassReads } from './break-glass.ts';
import { refuseDelegate } from './delegate-access.ts';
import { orUnavailable } from './or-unavailable.ts';
import type { Postern } from './postern.ts';
import { type AuditAction, recordDenied } from './record-denied.ts';
import type { Refusal } from './refusal.ts';

/** What is read, as a report of its failure says it; and for reads of admins, as the audit log says an attempt at it. */
export interface ReadRequest {
  readonly what: string;
  readonly attempt?: { readonly action: AuditAction; readonly wanted: readonly unknown[] };
}

/**
 * Runs a read that somebody needs a right for.
 *
 * Before anybody hears of its result, the audit log has it when an admin's read was refused, and what it was allowed by
 * break-glass. If that cannot be recorded, or if anything throws, the read is unavailable: neither an answer nor a denial.
 */
export async function readAs<Value>(
  postern: Postern,
  actor: Actor,
  { what, attempt }: ReadRequest,
  read: (audited: AuditedActor) => Promise<Result<Value, Refusal>>,
): Promise<Result<Value, Refusal>> {
  return orUnavailable(postern, what, async () => {
    const notForAgents = attempt && refuseDelegate(actor, attempt.action);
    if (attempt !== undefined && notForAgents !== undefined) {
      await recordDenied(postern, actor, { ...attempt, reason: undefined });
      return failed(notForAgents);
    }
    const byBreakGlass: BreakGlassRead[] = [];
    const granted = (permission: string) => {
      if (permission === 'can_check_any_subject') postern.caller?.recognise();
    };
    const used = postern.onEnforced;
    const result = await read({ actor, note: (noted) => byBreakGlass.push(noted), granted, used });
    if (result.ok) await recordBreakGlassReads(postern, actor, byBreakGlass);
    else if (attempt !== undefined && result.problem.kind === 'forbidden') {
      await recordDenied(postern, actor, { ...attempt, reason: undefined });
    }
    return result;
  });
}
