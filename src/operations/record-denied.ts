import { ok, type Result } from '../base/result.ts';
import type { AuditRecord } from '../store/audit-event.ts';
import { type Actor, formatActor } from './actor.ts';
import type { Postern } from './postern.ts';
import type { Refusal } from './refusal.ts';

/** What was tried, as the audit log says it. */
export interface Attempt {
  /** The operation's name. */
  readonly action: string;
  /** What it would have written, or read, as records. */
  readonly wanted: readonly unknown[];
  readonly reason: string | undefined;
}

/** The part of an audit event that says who did what. */
export function auditRecordOf(actor: Actor, { action, reason }: Omit<Attempt, 'wanted'>) {
  const { delegate, requestId } = actor.kind === 'subject' ? actor : { delegate: undefined, requestId: undefined };
  return { actor: formatActor(actor), delegate, action, reason, requestId } satisfies Partial<AuditRecord>;
}

/** Records an attempt without the right, in a transaction of its own: that of the attempt is rolled back. */
export async function recordDenied({ store }: Postern, actor: Actor, attempt: Attempt): Promise<void> {
  await store.writer.write(async (transaction) => {
    const after = attempt.wanted;
    await transaction.recordAudit({ ...auditRecordOf(actor, attempt), outcome: 'denied', before: [], after });
    return ok(undefined);
  });
}

/** A read for admins: an attempt without the right is in the audit log before it is refused. */
export async function orRecordDenied<Value>(
  postern: Postern,
  actor: Actor,
  attempt: Omit<Attempt, 'reason'>,
  read: Promise<Result<Value, Refusal>>,
): Promise<Result<Value, Refusal>> {
  const result = await read;
  if (!result.ok && result.problem.kind === 'forbidden') {
    await recordDenied(postern, actor, { ...attempt, reason: undefined });
  }
  return result;
}
