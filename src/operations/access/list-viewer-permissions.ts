import { invariant } from '../../base/invariant.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { zip } from '../../base/zip.ts';
import type { Check } from '../../engine/check/check.ts';
import { checkAtOnce } from '../../engine/check/check-at-once.ts';
import { checkInParts } from '../../engine/check/check-in-parts.ts';
import type { Snapshot } from '../../engine/ports.ts';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import { type Consistency, usualConsistency } from '../../model/consistency.ts';
import type { Decision } from '../../model/decision.ts';
import { findType, type Model, permissionsOf } from '../../model/model.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Problem } from '../../model/problem.ts';
import { emptyContext } from '../../model/relationship.ts';
import type { StoreReader } from '../../store/store-reader.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { Viewer } from '../actor.ts';
import type { BreakGlassRead } from '../audited-actor.ts';
import { objectsToAuthorize } from '../authorize.ts';
import { isBreakGlass, readsOf, recordBreakGlassReads } from '../break-glass.ts';
import { findStaleness } from '../check-freshness.ts';
import type { Postern } from '../postern.ts';
import { problemOfFailure } from '../problem-of-failure.ts';

/** The permissions of the viewer on one object; what is in neither list is denied. */
export interface ViewerPermissions {
  readonly object: ObjectRef;
  readonly granted: readonly string[];
  readonly undecided: readonly { readonly permission: string; readonly error: Problem }[];
}

export interface ViewerState {
  readonly permissions: readonly ViewerPermissions[];
  /** What of it rests on break-glass. */
  readonly reads: readonly BreakGlassRead[];
}

/** Every permission that the active model defines for each object, from one snapshot. */
export async function listViewerPermissions(
  postern: Postern,
  viewer: Viewer,
  objects: readonly ObjectRef[],
  consistency: Consistency = usualConsistency,
): Promise<Result<readonly ViewerPermissions[], Problem>> {
  // Types have about ten permissions.
  const reader = postern.store.checkReader(objects.length * 10);
  try {
    const find = async (snapshot: StoreSnapshot) => {
      const stale = await findStaleness(snapshot, consistency, { line: postern.store.line, log: snapshot });
      if (stale !== undefined) return failed(stale);
      postern.answeredFrom?.(snapshot);
      return findViewerState(snapshot, viewer, objects);
    };
    const state =
      (await findStateAtOnce({ ...postern, reader }, viewer, objects, consistency)) ??
      (await reader.withSnapshot(objectsOfViewer(viewer, objects), find, { consistency }));
    if (!state.ok) return state;
    await recordBreakGlassReads(postern, viewer, state.value.reads);
    return ok(state.value.permissions);
  } catch (error) {
    return failed(problemOfFailure(postern, 'The permissions of a viewer could not be listed.', error));
  }
}

/** What a snapshot has to be opened for. */
export function objectsOfViewer(viewer: Viewer, objects: readonly ObjectRef[]): readonly ObjectRef[] {
  return [...objects, ...objects.flatMap((object) => objectsToAuthorize(viewer, object))];
}

/** The same as `findViewerState`, where it can be found with one read. */
async function findStateAtOnce(
  { reader, store, answeredFrom }: Pick<Postern, 'answeredFrom' | 'store'> & { readonly reader: StoreReader },
  viewer: Viewer,
  objects: readonly ObjectRef[],
  consistency: Consistency,
): Promise<Result<ViewerState, Problem> | undefined> {
  let asked: readonly (readonly Check[])[] = [];
  const ask = ({ model }: PreparedModel) => {
    const checks = checksOf(model, viewer, objects);
    if (!checks.ok) return undefined;
    asked = checks.value;
    return { checks: asked.flat(), contextual: [] };
  };
  const answer = await checkAtOnce(reader, ask, { isWatched: isBreakGlass, consistency });
  if (answer === undefined) return undefined;
  const stale = await findStaleness(answer.state, consistency, { line: store.line, log: store });
  if (stale !== undefined) return failed(stale);
  answeredFrom?.(answer.state);
  return ok({ permissions: collect(objects, asked, answer.decisions), reads: [] });
}

/** It depends on the subject and the context of the viewer, and on nothing else of the viewer. */
export async function findViewerState(
  snapshot: Snapshot,
  viewer: Viewer,
  objects: readonly ObjectRef[],
): Promise<Result<ViewerState, Problem>> {
  const checks = checksOf(snapshot.prepared.model, viewer, objects);
  if (!checks.ok) return checks;
  const { decisions, dependingOn } = await checkInParts(snapshot, { checks: checks.value.flat(), contextual: [] });
  return ok({ permissions: collect(objects, checks.value, decisions), reads: readsOf(dependingOn(isBreakGlass)) });
}

function checksOf(
  model: Model,
  { subject, context: facts }: Viewer,
  objects: readonly ObjectRef[],
): Result<readonly (readonly Check[])[], Problem> {
  const checks: Check[][] = [];
  const ask = { subject, context: emptyContext, facts };
  for (const object of objects) {
    const type = findType(model, object.type);
    if (!type.ok) return type;
    checks.push(permissionsOf(type.value).map(({ name }) => ({ ...ask, relation: name, object })));
  }
  return ok(checks);
}

function collect(
  objects: readonly ObjectRef[],
  checks: readonly (readonly Check[])[],
  decisions: readonly Decision[],
): readonly ViewerPermissions[] {
  const decided = new Map(zip(checks.flat(), decisions));
  return zip(objects, checks).map(([object, ofObject]) => {
    const granted: string[] = [];
    const undecided: { permission: string; error: Problem }[] = [];
    for (const check of ofObject) {
      const decision = decided.get(check);
      invariant(decision !== undefined, 'a check that was asked is decided');
      if (decision.kind === 'allowed') granted.push(check.relation);
      if (decision.kind === 'undecided') undecided.push({ permission: check.relation, error: decision.problem });
    }
    return { object, granted, undecided };
  });
}
