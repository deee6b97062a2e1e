import { failed, ok, type Result } from '../../base/result.ts';
import type { Consistency } from '../../model/consistency.ts';
import { type ConsistencyToken, type Position, tokenOf } from '../../model/consistency-token.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Revision } from '../../store/revision-page.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import { recheckMs } from '../../store/watches.ts';
import type { Actor } from '../actor.ts';
import type { AuditedActor, BreakGlassRead } from '../audited-actor.ts';
import { recordBreakGlassReads } from '../break-glass.ts';
import { checkFreshness, findStaleness } from '../check-freshness.ts';
import { orUnavailable } from '../or-unavailable.ts';
import type { Postern } from '../postern.ts';
import { invalid, type Refusal } from '../refusal.ts';

/** What one revision changed, and the token to go on after it. */
export interface RevisionEvent extends Revision {
  readonly token: ConsistencyToken;
}

/** Which revisions somebody follows, by which right. */
export interface RevisionFeed {
  /** As a report of a failure says it. */
  readonly what: string;
  /** The objects that the right, and what is seen by it, are asked about. */
  readonly objects: readonly ObjectRef[];
  readonly entitle: (snapshot: StoreSnapshot, audited: AuditedActor) => Promise<Result<undefined, Refusal>>;
  /** What of the revisions is the follower's to see; those of which nothing is are left out. */
  readonly narrow: (
    snapshot: StoreSnapshot,
    revisions: readonly Revision[],
  ) => Promise<Result<readonly Revision[], Refusal>>;
}

/** How many changes are read at a time; what nobody takes is not read. */
const rowsPerRead = 100;

/** Where a feed starts: after the token's revision, or after the present one. */
export async function findStartOfFeed(
  postern: Postern,
  actor: Actor,
  feed: RevisionFeed,
  after: ConsistencyToken | undefined,
): Promise<Result<ConsistencyToken, Refusal>> {
  return readEntitled(postern, actor, feed, async (snapshot) => {
    if (after === undefined) return ok(tokenOf(snapshot));
    const stale = await findStaleness(snapshot, following(after), { line: postern.store.line, log: snapshot });
    // That the write is of a history that is lost says more than that it is not there.
    const wrong = stale?.code === 'HISTORY_DIVERGED' ? undefined : tokenProblem(after, snapshot);
    if (wrong !== undefined) return failed(invalid('INVALID_INPUT', wrong, ['after']));
    if (stale !== undefined) return failed({ kind: 'undecided', problem: stale });
    const { removedTo } = await snapshot.readRevisions(after.revision, 1);
    return removedTo > after.revision ? failed(notKept()) : ok(after);
  });
}

/** A state that goes on from the one of the token. */
function following(after: ConsistencyToken): Consistency {
  return { mode: 'usual', atLeastAsFresh: [after] };
}

/** To begin later would be a gap that nobody notices. */
function notKept(): Refusal {
  const message =
    'What was changed since the consistency token is not kept any more; read everything anew, and follow from there.';
  return invalid('INVALID_INPUT', message, ['after']);
}

/** Going on from "now" instead would be a gap that nobody notices. */
function tokenProblem(after: ConsistencyToken, snapshot: StoreSnapshot): string | undefined {
  if (after.identity !== snapshot.identity) return 'The consistency token belongs to another database.';
  if (after.revision > snapshot.revision) return 'The consistency token is of a write that the database does not have.';
  return undefined;
}

/**
 * Every revision of a feed after `start`, in commit order and without a gap, until the signal is aborted or something is refused;
 * a refusal is the last event.
 *
 * Each read asks for the right and for the changes in one snapshot, so nothing is delivered that was committed after the
 * right was lost. It reads when the consumer wants more, and keeps no more than one read.
 */
export async function* followRevisions(
  postern: Postern,
  actor: Actor,
  feed: RevisionFeed,
  start: ConsistencyToken,
  signal: AbortSignal,
): AsyncGenerator<Result<RevisionEvent, Refusal>, void, undefined> {
  const { changes } = postern.store;
  let after = start;
  let wasByBreakGlass = false;
  // It is recorded when the right comes to rest on break-glass, and not with every read.
  const isNews = (isByBreakGlass: boolean) => {
    const isNew = isByBreakGlass && !wasByBreakGlass;
    wasByBreakGlass = isByBreakGlass;
    return isNew;
  };
  while (!signal.aborted) {
    const seen = changes.wakeUps;
    const readAt = performance.now();
    const page = await readPage(postern, actor, feed, after, isNews);
    if (!page.ok) return yield page;
    const { revisions, state } = page.value;
    // What lay about too long, because the consumer was slow, is read anew, and with it the right.
    const isFresh = () => performance.now() - readAt < recheckMs && !signal.aborted;
    let next = 0;
    for (let revision = revisions[next]; revision !== undefined && isFresh(); revision = revisions[next]) {
      // Whoever goes on after it goes on in the history in which it was read.
      after = tokenOf({ ...state, revision: revision.revision });
      yield ok({ ...revision, token: after });
      next += 1;
    }
    if (next < revisions.length) continue;
    // What was read and is not the follower's to see is behind it as well.
    after = tokenOf({ ...state, revision: page.value.readTo });
    if (!page.value.hasMore) await changes.next(seen, recheckMs, signal);
  }
}

interface EntitledPage {
  readonly revisions: readonly Revision[];
  readonly hasMore: boolean;
  /** The last revision that was looked at. */
  readonly readTo: number;
  /** The state that was read. */
  readonly state: Position;
}

function readPage(
  postern: Postern,
  actor: Actor,
  feed: RevisionFeed,
  after: ConsistencyToken,
  isNews: (isByBreakGlass: boolean) => boolean,
): Promise<Result<EntitledPage, Refusal>> {
  const read = async (snapshot: StoreSnapshot): Promise<Result<EntitledPage, Refusal>> => {
    // What is read after a fail-over that lost writes is no continuation of what was said before it.
    const fresh = await checkFreshness(snapshot, following(after), { line: postern.store.line, log: snapshot });
    if (!fresh.ok) return fresh;
    const { revisions, hasMore, removedTo } = await snapshot.readRevisions(after.revision, rowsPerRead);
    if (removedTo > after.revision) return failed(notKept());
    const narrowed = await feed.narrow(snapshot, revisions);
    if (!narrowed.ok) return narrowed;
    const { identity, revision, mark } = snapshot;
    const readTo = (hasMore ? revisions.at(-1)?.revision : undefined) ?? revision;
    return ok({ revisions: narrowed.value, hasMore, readTo, state: { identity, revision, mark } });
  };
  return readEntitled(postern, actor, feed, read, isNews);
}

function readEntitled<Value>(
  postern: Postern,
  actor: Actor,
  { what, objects, entitle }: RevisionFeed,
  read: (snapshot: StoreSnapshot) => Promise<Result<Value, Refusal>>,
  isNews: (isByBreakGlass: boolean) => boolean = () => false,
): Promise<Result<Value, Refusal>> {
  return orUnavailable(postern, what, async () => {
    const byBreakGlass: BreakGlassRead[] = [];
    const audited = { actor, note: (noted: BreakGlassRead) => byBreakGlass.push(noted), used: postern.onEnforced };
    const result = await postern.store.liveReader.withSnapshot(objects, async (snapshot) => {
      const authorized = await entitle(snapshot, audited);
      return authorized.ok ? read(snapshot) : authorized;
    });
    if (result.ok && isNews(byBreakGlass.length > 0)) await recordBreakGlassReads(postern, actor, byBreakGlass);
    return result;
  });
}
