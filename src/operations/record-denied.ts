import { isRecord } from '../base/canonical-json.ts';
import type { AuditRecord } from '../store/audit-event.ts';
import { type Actor, formatActor, formatDelegate } from './actor.ts';
import type { Postern } from './postern.ts';

/** Every operation that the audit log names. */
export const auditActions = [
  'activateModel',
  'applyProposal',
  'breakGlassRead',
  'extendGrant',
  'grantRole',
  'offboardSubject',
  'proposeChange',
  'publishAndActivateModel',
  'publishModel',
  'readAuditLog',
  'readModel',
  'readRelationships',
  'rejectProposal',
  'removeAuditEvents',
  'removeExpiredRelationships',
  'retireObject',
  'reviewAccess',
  'revokeRole',
  'staleProposal',
  'transferRole',
  'withdrawProposal',
  'writeRelationships',
] as const;

export type AuditAction = (typeof auditActions)[number];

/** What was tried, as the audit log says it. */
export interface Attempt {
  /** The operation's name. */
  readonly action: AuditAction;
  /** What it would have written, or read, as records. */
  readonly wanted: readonly unknown[];
  readonly reason: string | undefined;
}

/** The part of an audit event that says who did what. */
export function auditRecordOf(actor: Actor, { action, reason }: Omit<Attempt, 'wanted'>) {
  const { delegate, requestId } = actor.kind === 'subject' ? actor : { delegate: undefined, requestId: undefined };
  const acting = delegate && formatDelegate(delegate);
  return { actor: formatActor(actor), delegate: acting, action, reason, requestId } satisfies Partial<AuditRecord>;
}

/** Most characters of what somebody without the right wanted that the log keeps, as JSON, and most of one record. */
const maxDeniedCharacters = 8000;
const maxRecordCharacters = 2000;

/**
 * Records an attempt without the right, outside of its transaction, which is rolled back; it is in the log before anybody hears of
 * the refusal.
 *
 * Anybody can make such attempts, and nothing is ever taken out of the log: so of a large one there is the beginning, and how
 * many records follow.
 */
export async function recordDenied({ store }: Postern, actor: Actor, attempt: Attempt): Promise<void> {
  const after = beginningOf(attempt.wanted);
  await store.appendEvent({ ...auditRecordOf(actor, attempt), outcome: 'denied', before: [], after });
}

function beginningOf(wanted: readonly unknown[]): readonly unknown[] {
  const kept: unknown[] = [];
  let characters = 0;
  for (const record of wanted.map(withoutLongContext)) {
    characters += JSON.stringify(record).length;
    if (characters > maxDeniedCharacters) return [...kept, { omitted: wanted.length - kept.length }];
    kept.push(record);
  }
  return kept;
}

/** Everything else in a record has a bounded length. */
function withoutLongContext(record: unknown): unknown {
  if (!isRecord(record) || !isRecord(record.condition)) return record;
  if (JSON.stringify(record).length <= maxRecordCharacters) return record;
  return { ...record, condition: { name: record.condition.name } };
}
