import { ok, type Result } from '../../base/result.ts';
import { type ConsistencyToken, tokenOf } from '../../model/consistency-token.ts';
import type { HistoryMark } from '../../model/history-mark.ts';
import { findType } from '../../model/model.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import type { AuditEvent } from '../../store/audit-event.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import { type Delegate, formatDelegate } from '../actor.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { authorizeRead } from '../authorize.ts';
import type { Refusal } from '../refusal.ts';
import { type AuditState, auditStateOf } from './audit-state.ts';

/** An event as its reader may see it. */
export interface AuditedEvent extends Omit<AuditEvent, 'before' | 'after' | 'revision'> {
  readonly before: AuditState;
  readonly after: AuditState;
  readonly token: ConsistencyToken;
}

/** What a reader may see of the log. */
export interface AuditView {
  /** Only what is about this object; everything without one. */
  readonly only: string | undefined;
  /** Nothing that one of these did. */
  readonly without: readonly string[] | undefined;
  /** The database that revisions count in. */
  readonly identity: string;
  readonly mark: HistoryMark | undefined;
}

/** Who may read the log, and what of it: see `listAuditEvents`. */
export async function openAuditView(
  snapshot: StoreSnapshot,
  audited: AuditedActor,
  platform: ObjectRef,
  object: ObjectRef | undefined,
): Promise<Result<AuditView, Refusal>> {
  const { identity, mark } = snapshot;
  const onPlatform = await authorizeRead(snapshot, audited, 'can_read_audit_log', platform);
  if (onPlatform.ok) {
    const without = await ownNames(snapshot, audited, platform);
    return without.ok ? ok({ only: undefined, without: without.value, identity, mark }) : without;
  }
  if (object === undefined || !defines(snapshot, object, 'can_read_audit_log')) return onPlatform;
  const onObject = await authorizeRead(snapshot, audited, 'can_read_audit_log', object);
  if (!onObject.ok) return onPlatform.problem.kind === 'undecided' ? onPlatform : onObject;
  const without = await ownNames(snapshot, audited, object);
  return without.ok ? ok({ only: formatObjectRef(object), without: without.value, identity, mark }) : without;
}

/** The names that the log has for the actor, where the model keeps the actor's own events from it. */
async function ownNames(
  snapshot: StoreSnapshot,
  audited: AuditedActor,
  object: ObjectRef,
): Promise<Result<readonly string[] | undefined, Refusal>> {
  const { actor } = audited;
  if (actor.kind === 'console' || !defines(snapshot, object, 'can_read_own_audit_log')) return ok(undefined);
  const own = await authorizeRead(snapshot, audited, 'can_read_own_audit_log', object);
  if (own.ok) return ok(undefined);
  if (own.problem.kind !== 'forbidden') return own;
  const { subject, delegate } = actor;
  const id = subject.kind === 'wildcard' ? [] : [subject.object.id];
  return ok([formatSubjectRef(subject), ...id, ...(delegate === undefined ? [] : namesOf(delegate))]);
}

/** The log has an agent as the one who acts for somebody, and as one that acts on its own; and by its id, from before it was a subject. */
function namesOf(delegate: Delegate): readonly string[] {
  return delegate.kind === 'agent' ? [formatDelegate(delegate), delegate.object.id] : [delegate.name];
}

function defines({ prepared }: StoreSnapshot, object: ObjectRef, permission: string): boolean {
  const type = findType(prepared.model, object.type);
  return type.ok && type.value.relations.has(permission);
}

/** A reason is one sentence about everything that was done: who may not see all of it does not get to see the reason. */
export function seenBy({ only, identity, mark }: AuditView, { revision, ...event }: AuditEvent): AuditedEvent {
  const before = auditStateOf(event.before, only);
  const after = auditStateOf(event.after, only);
  const reason = before.hidden + after.hidden > 0 ? undefined : event.reason;
  return { ...event, reason, before, after, token: tokenOf({ identity, revision, mark }) };
}
