import { failed, ok, type Result } from '../../base/result.ts';
import type { Consistency } from '../../model/consistency.ts';
import { type Position, tokenOf } from '../../model/consistency-token.ts';
import type { ReadState } from '../../store/store-reader.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import { recheckMs } from '../../store/watches.ts';
import { type Actor, formatAsker } from '../actor.ts';
import type { AuditQuestion } from '../audit/audit-question.ts';
import { type AuditedEvent, openAuditView, seenBy } from '../audit/audit-view.ts';
import { explainNoEvents, judgeAuditQuestion } from '../audit/judge-audit-question.ts';
import { filterOf, recordOfQuestion } from '../audit/list-audit-events.ts';
import type { AuditedActor, BreakGlassRead } from '../audited-actor.ts';
import { objectsToAuthorize } from '../authorize.ts';
import { recordBreakGlassReads } from '../break-glass.ts';
import { type Cursors, cursorsOf, numberPlace } from '../cursors.ts';
import { orUnavailable } from '../or-unavailable.ts';
import type { Postern } from '../postern.ts';
import { recordDenied } from '../record-denied.ts';
import { invalid, type Refusal } from '../refusal.ts';
import { withFreshState } from '../with-fresh-snapshot.ts';

/** Who follows the log, and what of it. */
export interface AuditTail {
  readonly question: AuditQuestion;
  readonly cursors: Cursors<number>;
}

/** After which event of the log, and no state before this one. */
export interface AuditPlace {
  readonly event: number;
  readonly consistency: Consistency;
}

export interface TailedEvent {
  readonly event: AuditedEvent;
  readonly cursor: string;
}

/** How many events are looked at in one read. */
const eventsPerRead = 100;

/** Where a tail starts: after the cursor, or after the present end of the log. For whom, see `listAuditEvents`. */
export async function findStartOfAuditTail(
  postern: Postern,
  actor: Actor,
  question: AuditQuestion,
  after: string | undefined,
): Promise<Result<{ readonly tail: AuditTail; readonly place: AuditPlace }, Refusal>> {
  const asked = recordOfQuestion(question);
  const started = await orUnavailable(postern, 'Watching the audit log', async () => {
    const tail = { question, cursors: await cursorsOf(postern, ['audit', formatAsker(actor), asked], numberPlace) };
    const start = tail.cursors.read({ after });
    const { consistency } = start.ok ? start.value : { consistency: undefined };
    return readEntitled(postern, actor, question, { consistency }, async (snapshot, _state, _view, audited) => {
      const judged = judgeAuditQuestion(question);
      if (!judged.ok) return judged;
      if (!start.ok) return start;
      // Nothing would ever come of a name that nothing has, and nobody would know why.
      const known = await explainNoEvents(postern, snapshot, audited, question);
      if (!known.ok) return known;
      const { place = snapshot.mark?.event ?? 0 } = start.value;
      return ok({ tail, place: { event: place, consistency: start.value.consistency } });
    });
  });
  if (!started.ok && started.problem.kind === 'forbidden') {
    await recordDenied(postern, actor, { action: 'readAuditLog', wanted: [asked], reason: undefined });
  }
  return started;
}

/**
 * Every event of the question after a place, in the order of the log and without a gap, until the signal is aborted or something is
 * refused; a refusal is the last event. The right is asked for with each read, in the same state.
 */
export async function* watchAuditEvents(
  postern: Postern,
  actor: Actor,
  { question, cursors }: AuditTail,
  start: AuditPlace,
  signal: AbortSignal,
): AsyncGenerator<Result<TailedEvent, Refusal>, void, undefined> {
  const { changes } = postern.store;
  let place = start;
  let wasByBreakGlass = false;
  const isNews = (isByBreakGlass: boolean) => {
    const isNew = isByBreakGlass && !wasByBreakGlass;
    wasByBreakGlass = isByBreakGlass;
    return isNew;
  };
  while (!signal.aborted) {
    const seen = changes.wakeUps;
    const readAt = performance.now();
    const page = await readNew(postern, actor, question, place, isNews);
    if (!page.ok) return yield page;
    const { events, state, readTo, hasMore } = page.value;
    const cursorOf = cursors.in(state);
    // What lay about too long, because the consumer was slow, is read anew, and with it the right.
    const isFresh = () => performance.now() - readAt < recheckMs && !signal.aborted;
    const consistency: Consistency = { mode: 'usual', atLeastAsFresh: [tokenOf(state)] };
    let next = 0;
    for (let event = events[next]; event !== undefined && isFresh(); event = events[next]) {
      place = { event: event.id, consistency };
      yield ok({ event, cursor: cursorOf(event.id) });
      next += 1;
    }
    if (next < events.length) continue;
    place = { event: readTo, consistency };
    if (!hasMore) await changes.next(seen, recheckMs, signal);
  }
}

interface NewEvents {
  /** In the order of the log. */
  readonly events: readonly AuditedEvent[];
  /** The last event that was looked at. */
  readonly readTo: number;
  readonly hasMore: boolean;
  readonly state: Position;
}

function readNew(
  postern: Postern,
  actor: Actor,
  question: AuditQuestion,
  { event: after, consistency }: AuditPlace,
  isNews: (isByBreakGlass: boolean) => boolean,
): Promise<Result<NewEvents, Refusal>> {
  return orUnavailable(postern, 'Watching the audit log', () =>
    readEntitled(postern, actor, question, { consistency, isNews }, async (snapshot, state, view) => {
      const end = snapshot.mark?.event ?? 0;
      const first = await snapshot.readHashes(after < end ? [after + 1] : []);
      if (first.get(after + 1) === null) return failed(notKept());
      const filter = { ...filterOf(question, view), after };
      const { events } = await state.readAuditEvents(filter, eventsPerRead, after + eventsPerRead + 1);
      const readTo = Math.max(after, Math.min(end, after + eventsPerRead));
      const { identity, revision, mark } = snapshot;
      return ok({
        events: events.toReversed().map((event) => seenBy(view, event)),
        readTo,
        hasMore: readTo < end,
        state: { identity, revision, mark },
      });
    }),
  );
}

/** To begin later would be a gap that nobody notices. */
function notKept(): Refusal {
  const message = 'Events after the cursor are not kept any more; list what there is, and follow from there.';
  return invalid('INVALID_INPUT', message, ['after']);
}

interface EntitledOptions {
  readonly consistency: Consistency | undefined;
  readonly isNews?: (isByBreakGlass: boolean) => boolean;
}

type View = Parameters<typeof seenBy>[0];

async function readEntitled<Value>(
  postern: Postern,
  actor: Actor,
  { object }: AuditQuestion,
  { consistency, isNews = () => false }: EntitledOptions,
  read: (
    snapshot: StoreSnapshot,
    state: ReadState,
    view: View,
    audited: AuditedActor,
  ) => Promise<Result<Value, Refusal>>,
): Promise<Result<Value, Refusal>> {
  const { platform, store } = postern;
  const reads: BreakGlassRead[] = [];
  const audited: AuditedActor = { actor, note: (noted) => void reads.push(noted), used: postern.onEnforced };
  const named = [...objectsToAuthorize(actor, platform), ...(object === undefined ? [] : [object])];
  const { liveReader: reader, line } = store;
  const result = await withFreshState<Value>({ reader, line }, named, { consistency }, async (snapshot, state) => {
    const view = await openAuditView(snapshot, audited, platform, object);
    return view.ok ? read(snapshot, state, view.value, audited) : view;
  });
  if (result.ok && isNews(reads.length > 0)) await recordBreakGlassReads(postern, actor, reads);
  return result;
}
