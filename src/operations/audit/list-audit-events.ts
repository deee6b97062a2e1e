import { ok, type Result } from '../../base/result.ts';
import { type ConsistencyToken, tokenOf } from '../../model/consistency-token.ts';
import type { HistoryMark } from '../../model/history-mark.ts';
import { findType } from '../../model/model.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import type { AuditEvent } from '../../store/audit-event.ts';
import type { AuditFilter, AuditPage } from '../../store/audit-page.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import { type Actor, formatActor } from '../actor.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { authorizeRead, objectsToAuthorize } from '../authorize.ts';
import { cursorsOf, numberPlace } from '../cursors.ts';
import type { PageRequest } from '../page-request.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';
import { withFreshState } from '../with-fresh-snapshot.ts';
import type { AuditQuestion } from './audit-question.ts';
import { type AuditState, auditStateOf } from './audit-state.ts';
import { explainNoEvents, judgeAuditQuestion } from './judge-audit-question.ts';

/** An event as its reader may see it. */
export interface AuditedEvent extends Omit<AuditEvent, 'before' | 'after' | 'revision'> {
  readonly before: AuditState;
  readonly after: AuditState;
  readonly token: ConsistencyToken;
}

/** A page of events, newest first, with cursors that only the same asker can use for the same question. */
export interface AuditedEvents {
  readonly events: readonly { readonly event: AuditedEvent; readonly cursor: string }[];
  readonly hasMore: boolean;
  readonly endCursor: string | undefined;
  readonly isCutShort: boolean;
  readonly token: ConsistencyToken;
}

/**
 * The audit log, page by page.
 *
 * For an actor with `can_read_audit_log` on the platform: everything. For an actor with `can_read_audit_log` on the object
 * of the filter: the events that name it, and of them what is about it. Where the type of that object, or of the platform,
 * defines `can_read_own_audit_log`, the events that record the actor are left out for those who do not hold it.
 */
export async function listAuditEvents(
  postern: Postern,
  actor: Actor,
  question: AuditQuestion,
  page: PageRequest,
): Promise<Result<AuditedEvents, Refusal>> {
  const { store, platform } = postern;
  const asked = recordOfQuestion(question);
  const request = { what: 'AuditedActor the audit log', attempt: { action: 'readAuditLog' as const, wanted: [asked] } };
  return readAs(postern, actor, request, async (audited) => {
    const named = [...objectsToAuthorize(actor, platform), ...(question.object === undefined ? [] : [question.object])];
    const cursors = await cursorsOf(postern, ['audit', formatActor(actor), asked], numberPlace);
    const start = cursors.read(page);
    const { consistency } = start.ok ? start.value : page;
    return withFreshState<AuditedEvents>(store, named, { consistency }, async (snapshot, state) => {
      const view = await openAuditView(snapshot, audited, platform, question.object);
      if (!view.ok) return view;
      const judged = judgeAuditQuestion(question);
      if (!judged.ok) return judged;
      if (!start.ok) return start;
      const { place } = start.value;
      const filter: AuditFilter = { ...asked, from: question.from, to: question.to, without: view.value.without };
      const found = await state.readAuditEvents(filter, page.first, place);
      const isNothing = found.events.length === 0 && !found.hasMore && place === undefined;
      const explained = isNothing ? await explainNoEvents(postern, snapshot, audited, question) : ok(undefined);
      if (!explained.ok) return explained;
      return ok({ ...listed(found, view.value, cursors.in(snapshot)), token: tokenOf(snapshot) });
    });
  });
}

function listed(
  { events, hasMore, last, isCutShort }: AuditPage,
  view: AuditView,
  cursorOf: (place: number) => string,
) {
  return {
    events: events.map((event) => ({ event: seenBy(view, event), cursor: cursorOf(event.id) })),
    hasMore,
    endCursor: last === undefined ? undefined : cursorOf(last),
    isCutShort,
  };
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

/** Whether somebody may read the log, and what of it: see `listAuditEvents`. */
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
  return ok([formatSubjectRef(subject), ...id, ...(delegate === undefined ? [] : [delegate])]);
}

function defines({ prepared }: StoreSnapshot, object: ObjectRef, permission: string): boolean {
  const type = findType(prepared.model, object.type);
  return type.ok && type.value.relations.has(permission);
}

/** The question as JSON: in cursors, and in the log when it is refused. */
export function recordOfQuestion({ object, subject, actor, action, outcome, from, to }: AuditQuestion) {
  return {
    ...(object && { object: formatObjectRef(object) }),
    ...(subject && { subject: formatSubjectRef(subject) }),
    ...(actor !== undefined && { actor }),
    ...(action !== undefined && { action }),
    ...(outcome && { outcome }),
    ...(from && { from: from.toISOString() }),
    ...(to && { to: to.toISOString() }),
  };
}

/** A reason is one sentence about everything that was done: who may not see all of it does not get to see the reason. */
export function seenBy({ only, identity, mark }: AuditView, { revision, ...event }: AuditEvent): AuditedEvent {
  const before = auditStateOf(event.before, only);
  const after = auditStateOf(event.after, only);
  const reason = before.hidden + after.hidden > 0 ? undefined : event.reason;
  return { ...event, reason, before, after, token: tokenOf({ identity, revision, mark }) };
}
