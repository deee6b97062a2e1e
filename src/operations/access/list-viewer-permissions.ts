import { invariant } from '../../base/invariant.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { zip } from '../../base/zip.ts';
import { checkAtOnce } from '../../engine/check/check-at-once.ts';
import { checkInParts } from '../../engine/check/check-in-parts.ts';
import type { Snapshot } from '../../engine/ports.ts';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import { type Consistency, usualConsistency } from '../../model/consistency.ts';
import type { Decision } from '../../model/decision.ts';
import { findType, type Model, permissionsOf } from '../../model/model.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Problem } from '../../model/problem.ts';
import type { StoreReader } from '../../store/store-reader.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { Viewer } from '../actor.ts';
import { type AskedRights, askRights, type JudgedRights, objectsOfViewer, type Right } from '../ask-rights.ts';
import type { BreakGlassRead } from '../audited-actor.ts';
import { isBreakGlass, recordBreakGlassReads } from '../break-glass.ts';
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
      (await reader.withSnapshot(objectsOfPermissions(viewer, objects), find, { consistency }));
    if (!state.ok) return state;
    await recordBreakGlassReads(postern, viewer, state.value.reads);
    return ok(state.value.permissions);
  } catch (error) {
    return failed(problemOfFailure(postern, 'The permissions of a viewer could not be listed.', error));
  }
}

/** What a snapshot has to be opened for. */
export function objectsOfPermissions(viewer: Viewer, objects: readonly ObjectRef[]): readonly ObjectRef[] {
  return [...objects, ...objectsOfViewer(viewer)];
}

/** The same as `findViewerState`, where it can be found with one read. */
async function findStateAtOnce(
  { reader, store, answeredFrom }: Pick<Postern, 'answeredFrom' | 'store'> & { readonly reader: StoreReader },
  viewer: Viewer,
  objects: readonly ObjectRef[],
  consistency: Consistency,
): Promise<Result<ViewerState, Problem> | undefined> {
  let rights: readonly (readonly Right[])[] = [];
  let asked: AskedRights | undefined;
  const ask = ({ model }: PreparedModel) => {
    const found = rightsOn(model, objects);
    if (!found.ok) return undefined;
    rights = found.value;
    asked = askRights(viewer, rights.flat());
    return { checks: asked.checks, contextual: [] };
  };
  const answer = await checkAtOnce(reader, ask, { isWatched: isBreakGlass, consistency });
  if (answer === undefined || asked === undefined) return undefined;
  const stale = await findStaleness(answer.state, consistency, { line: store.line, log: store });
  if (stale !== undefined) return failed(stale);
  answeredFrom?.(answer.state);
  return ok(stateFrom(objects, rights, asked.judge(answer)));
}

/** It depends on the subject, the context and the agent of the viewer, and on nothing else of the viewer. */
export async function findViewerState(
  snapshot: Snapshot,
  viewer: Viewer,
  objects: readonly ObjectRef[],
): Promise<Result<ViewerState, Problem>> {
  const rights = rightsOn(snapshot.prepared.model, objects);
  if (!rights.ok) return rights;
  const { checks, judge } = askRights(viewer, rights.value.flat());
  return ok(stateFrom(objects, rights.value, judge(await checkInParts(snapshot, { checks, contextual: [] }))));
}

function rightsOn(model: Model, objects: readonly ObjectRef[]): Result<readonly (readonly Right[])[], Problem> {
  const rights: Right[][] = [];
  for (const object of objects) {
    const type = findType(model, object.type);
    if (!type.ok) return type;
    rights.push(permissionsOf(type.value).map(({ name }) => ({ permission: name, object })));
  }
  return ok(rights);
}

function stateFrom(
  objects: readonly ObjectRef[],
  rights: readonly (readonly Right[])[],
  { decisions, reads }: JudgedRights,
): ViewerState {
  const decided = new Map(zip(rights.flat(), decisions));
  const permissions = zip(objects, rights).map(([object, ofObject]) => permissionsFrom(object, ofObject, decided));
  return { permissions, reads };
}

function permissionsFrom(
  object: ObjectRef,
  rights: readonly Right[],
  decided: ReadonlyMap<Right, Decision>,
): ViewerPermissions {
  const granted: string[] = [];
  const undecided: { permission: string; error: Problem }[] = [];
  for (const right of rights) {
    const decision = decided.get(right);
    invariant(decision !== undefined, 'a right that was asked for is decided');
    if (decision.kind === 'allowed') granted.push(right.permission);
    if (decision.kind === 'undecided') undecided.push({ permission: right.permission, error: decision.problem });
  }
  return { object, granted, undecided };
}
