import { ok, type Result } from '../../base/result.ts';
import { type ConsistencyToken, tokenOf } from '../../model/consistency-token.ts';
import { formatObjectRef } from '../../model/object-ref.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import type { AuditFilter, AuditPage, InvolvedSubject } from '../../store/audit-page.ts';
import { type Actor, formatAsker } from '../actor.ts';
import { objectsToAuthorize } from '../authorize.ts';
import { cursorsOf, numberPlace } from '../cursors.ts';
import type { PageRequest } from '../page-request.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';
import { withFreshState } from '../with-fresh-snapshot.ts';
import type { AuditQuestion } from './audit-question.ts';
import { type AuditedEvent, type AuditView, openAuditView, seenBy } from './audit-view.ts';
import { explainNoEvents, judgeAuditQuestion } from './judge-audit-question.ts';

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
    const cursors = await cursorsOf(postern, ['audit', formatAsker(actor), asked], numberPlace);
    const start = cursors.read(page);
    const { consistency } = start.ok ? start.value : page;
    return withFreshState<AuditedEvents>(store, named, { consistency }, async (snapshot, state) => {
      const view = await openAuditView(snapshot, audited, platform, question.object);
      if (!view.ok) return view;
      const judged = judgeAuditQuestion(question);
      if (!judged.ok) return judged;
      if (!start.ok) return start;
      const { place } = start.value;
      const found = await state.readAuditEvents(filterOf(question, view.value), page.first, place);
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

/** Which events a question means, of those that the asker may see. */
export function filterOf(question: AuditQuestion, { without }: AuditView): AuditFilter {
  const { from, to, involving } = question;
  return { ...recordOfQuestion(question), from, to, without, involving: involving && namesOf(involving) };
}

/** How the log names somebody: the claim `act` of a token says who acts for another, with a type or without. */
function namesOf(involved: SubjectRef): InvolvedSubject {
  const subject = formatSubjectRef(involved);
  return { subject, delegates: involved.kind === 'object' ? [subject, involved.object.id] : [subject] };
}

/** The question as JSON: in cursors, and in the log when it is refused. */
export function recordOfQuestion(question: AuditQuestion) {
  const { object, subject, actor, action, actions, involving, outcome, from, to } = question;
  return {
    ...(object && { object: formatObjectRef(object) }),
    ...(subject && { subject: formatSubjectRef(subject) }),
    ...(actor !== undefined && { actor }),
    ...(action !== undefined && { action }),
    ...(actions !== undefined && { actions }),
    ...(involving && { involving: formatSubjectRef(involving) }),
    ...(outcome && { outcome }),
    ...(from && { from: from.toISOString() }),
    ...(to && { to: to.toISOString() }),
  };
}
