import { canonicalJson } from '../../base/canonical-json.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import type { Consistency } from '../../model/consistency.ts';
import type { Position } from '../../model/consistency-token.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { Problem } from '../../model/problem.ts';
import type { Context } from '../../model/relationship.ts';
import { subjectOf } from '../../model/subject-ref.ts';
import type { WatchedQuestion } from '../../store/watches.ts';
import {
  findViewerState,
  objectsOfPermissions,
  type ViewerPermissions,
  type ViewerState,
} from '../access/list-viewer-permissions.ts';
import { agentOf, callerName, type Viewer } from '../actor.ts';
import { recordBreakGlassReads } from '../break-glass.ts';
import { findStaleness } from '../check-freshness.ts';
import type { Postern } from '../postern.ts';
import { problemOfFailure } from '../problem-of-failure.ts';
import type { Refusal } from '../refusal.ts';

export interface WatchedObjects {
  readonly objects: readonly ObjectRef[];
  readonly consistency?: Consistency | undefined;
}

/**
 * The permissions of the viewer on the objects: now, and again whenever they differ from what was said last; a refusal is
 * the last event. What is said first is as fresh as wanted, and everything after it is no older. Whoever watches the same is
 * answered by one evaluation: see `Watches`.
 */
export async function* watchViewerPermissions(
  postern: Postern,
  viewer: Viewer,
  { objects, consistency }: WatchedObjects,
  signal: AbortSignal,
): AsyncGenerator<Result<readonly ViewerPermissions[], Refusal>, void, undefined> {
  let known: string | undefined;
  let knownState: string | undefined;
  for await (const outcome of postern.store.watches.watch(questionOf(viewer, objects), signal)) {
    const state = outcome.ok
      ? await stateOf(postern, outcome.value, consistency)
      : failed(failureOf(postern, outcome.problem));
    if (!state.ok) return yield failed({ kind: 'undecided', problem: state.problem });
    // The same right by break-glass is news for the log, though not for the viewer.
    const foundState = canonicalJson(state.value);
    if (foundState === knownState) continue;
    knownState = foundState;
    const problem = await recordReads(postern, viewer, state.value);
    if (problem !== undefined) return yield failed({ kind: 'undecided', problem });
    const said = canonicalJson(state.value.permissions);
    if (said !== known) yield ok(state.value.permissions);
    known = said;
  }
}

/** What was found, and the state that says so. */
interface Found {
  readonly position: Position;
  readonly state: Result<ViewerState, Problem>;
}

async function stateOf(
  postern: Postern,
  { position, state }: Found,
  consistency: Consistency | undefined,
): Promise<Result<ViewerState, Problem>> {
  try {
    const stale = await findStaleness(position, consistency, { line: postern.store.line, log: postern.store });
    return stale === undefined ? state : failed(stale);
  } catch (error) {
    return failed(failureOf(postern, error));
  }
}

function questionOf(viewer: Viewer, objects: readonly ObjectRef[]): WatchedQuestion<Found> {
  const { subject, context } = viewer;
  const agent = agentOf(viewer);
  return {
    key: canonicalJson([
      callerName(viewer),
      membersOf(context),
      agent === undefined ? null : [agent.permission, membersOf(agent.context)],
      objects.map(formatObjectRef),
    ]),
    subjects: agent === undefined ? [subject] : [subject, subjectOf(agent.object)],
    objects: objectsOfPermissions(viewer, objects),
    ask: async (snapshot) => {
      const { identity, revision, mark } = snapshot;
      const state = await findViewerState(snapshot, viewer, objects);
      const isCertain = state.ok && state.value.permissions.every(({ undecided }) => undecided.length === 0);
      return { value: { position: { identity, revision, mark }, state }, isCertain };
    },
  };
}

function membersOf(context: Context) {
  return [...context].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** What rests on break-glass is in the audit log before the viewer hears of it; the problem when that fails. */
async function recordReads(postern: Postern, viewer: Viewer, { reads }: ViewerState): Promise<Problem | undefined> {
  try {
    await recordBreakGlassReads(postern, viewer, reads);
    return undefined;
  } catch (error) {
    return failureOf(postern, error);
  }
}

function failureOf(postern: Postern, error: unknown): Problem {
  return problemOfFailure(postern, 'The permissions of a viewer could not be watched.', error);
}
