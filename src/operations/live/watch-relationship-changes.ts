import { failed, ok, type Result } from '../../base/result.ts';
import type { Consistency } from '../../model/consistency.ts';
import { type ConsistencyToken, type Position, tokenOf } from '../../model/consistency-token.ts';
import type { Revision, RevisionPage } from '../../store/revision-page.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import { recheckMs } from '../../store/watches.ts';
import type { Actor } from '../actor.ts';
import type { BreakGlassRead } from '../audited-actor.ts';
import { authorizeRead, objectsToAuthorize } from '../authorize.ts';
import { recordBreakGlassReads } from '../break-glass.ts';
import { checkFreshness, findStaleness } from '../check-freshness.ts';
import { orUnavailable } from '../or-unavailable.ts';
import type { Postern } from '../postern.ts';
import { invalid, type Refusal } from '../refusal.ts';

/** What one revision changed, and the token to go on after it. */
export interface RevisionEvent extends Revision {
  readonly token: ConsistencyToken;
}

/** How many changes are read at a time; what nobody takes is not read. */
const rowsPerRead = 100;

/** Where a watch starts: after the token's revision, or after the present one. Needs `can_read_relationships`. */
export async function findStartOfChanges(
  postern: Postern,
  actor: Actor,
  after: ConsistencyToken | undefined,
): Promise<Result<ConsistencyToken, Refusal>> {
  return readEntitled(postern, actor, async (snapshot) => {
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
 * Every revision after `start`, in commit order and without a gap, until the signal is aborted or something is refused;
 * a refusal is the last event.
 *
 * Each read asks for the right and for the changes in one snapshot, so nothing is delivered that was committed after the
 * right was lost. It reads when the consumer wants more, and keeps no more than one read.
 */
export async function* watchRelationshipChanges(
  postern: Postern,
  actor: Actor,
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
    const page = await readPage(postern, actor, after, isNews);
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
    if (next < revisions.length || page.value.hasMore) continue;
    after = tokenOf(state);
    await changes.next(seen, recheckMs, signal);
  }
}

interface EntitledPage extends RevisionPage {
  /** The state that was read. */
  readonly state: Position;
}

function readPage(
  postern: Postern,
  actor: Actor,
  after: ConsistencyToken,
  isNews: (isByBreakGlass: boolean) => boolean,
): Promise<Result<EntitledPage, Refusal>> {
  const read = async (snapshot: StoreSnapshot): Promise<Result<EntitledPage, Refusal>> => {
    // What is read after a fail-over that lost writes is no continuation of what was said before it.
    const fresh = await checkFreshness(snapshot, following(after), { line: postern.store.line, log: snapshot });
    if (!fresh.ok) return fresh;
    const page = await snapshot.readRevisions(after.revision, rowsPerRead);
    const { identity, revision, mark } = snapshot;
    return page.removedTo > after.revision ? failed(notKept()) : ok({ ...page, state: { identity, revision, mark } });
  };
  return readEntitled(postern, actor, read, isNews);
}

function readEntitled<Value>(
  postern: Postern,
  actor: Actor,
  read: (snapshot: StoreSnapshot) => Promise<Result<Value, Refusal>>,
  isNews: (isByBreakGlass: boolean) => boolean = () => false,
): Promise<Result<Value, Refusal>> {
  const { store, platform } = postern;
  return orUnavailable(postern, 'Watching relationships', async () => {
    const byBreakGlass: BreakGlassRead[] = [];
    const audited = { actor, note: (noted: BreakGlassRead) => byBreakGlass.push(noted) };
    const result = await store.liveReader.withSnapshot(objectsToAuthorize(actor, platform), async (snapshot) => {
      const authorized = await authorizeRead(snapshot, audited, 'can_read_relationships', platform);
      return authorized.ok ? read(snapshot) : authorized;
    });
    if (result.ok && isNews(byBreakGlass.length > 0)) await recordBreakGlassReads(postern, actor, byBreakGlass);
    return result;
  });
}
