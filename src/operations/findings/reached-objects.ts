import { zip } from '../../base/zip.ts';
import { findReach } from '../../engine/findings/find-reach.ts';
import type { TwoStates } from '../../engine/impact/compare-each.ts';
import type { Source } from '../../engine/lists/find-sources.ts';
import type { NodeId } from '../../engine/ports.ts';
import { compareObjects, findContainedObjects } from '../../engine/review/find-contained-objects.ts';
import type { Model, Relation } from '../../model/model.ts';
import { isPermissionName } from '../../model/names.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { TrialChange } from '../../store/trial/trial-changes.ts';
import type { AuditedActor } from '../audited-actor.ts';
import type { Postern } from '../postern.ts';
import { authorizeReview } from '../reviews/authorize-review.ts';
import type { SimulationScope } from './simulation-scope.ts';
import type { TriedChange } from './try-change.ts';

/** Relations of objects that a change is followed to. */
const maxReached = 20_000;
/** Objects that the right to review is asked for: what belongs to one of them needs no other. */
const mostAsked = 30;
/** Relationships that are followed to find what belongs to one of them. */
const maxContained = 5_000;

/**
 * The permissions, on whichever object, that others may hold once a change is made: who is in a team holds something wherever the team
 * stands. Undefined where they are too many, or too far away.
 */
export async function findReachedPermissions({
  changes,
  states: { before, after },
}: Pick<TriedChange, 'changes' | 'states'>): Promise<readonly Source[] | undefined> {
  const starts = changes.flatMap((change) => {
    const relation = relationOf(before.prepared.model, change);
    return relation === undefined ? [] : [{ node: change.edge.object, relation }];
  });
  const reached = await findReach([before, after], starts, maxReached);
  return reached?.filter(({ relation }) => isPermissionName(relation.name));
}

/** Undefined where the model does not know it any more: then it is ignored, whether it is there or not. */
export function relationOf(model: Model, { relationship: { object, relation } }: TrialChange): Relation | undefined {
  return model.types.get(object.type)?.relations.get(relation);
}

/**
 * The scope with those of the reached objects that the asker may review, and whether all that is reached is in it then. It is told neither
 * which nor how many the others are: they are not the asker's to see.
 */
export async function widenToReached(
  postern: Postern,
  audited: AuditedActor,
  snapshot: StoreSnapshot,
  { after }: TwoStates,
  scope: SimulationScope,
  permissions: readonly Source[] | undefined,
): Promise<SimulationScope> {
  if (permissions === undefined) return { ...scope, leavesOut: true };
  const examined = await nodesOf(after, scope.objects);
  const outside = [...new Set(permissions.map(({ node }) => node))].filter((node) => !examined.has(node));
  const names = await after.readNames(outside);
  const open = new Set<NodeId>();
  let asked = 0;
  for (const node of outside) {
    const object = names.get(node);
    if (object === undefined || open.has(node)) continue;
    if (asked === mostAsked) break;
    asked += 1;
    const entitled = await authorizeReview(snapshot, audited, object, postern.platform);
    if (!entitled.ok) continue;
    const { objects } = await findContainedObjects(snapshot, object, maxContained);
    for (const part of await nodesOf(after, objects)) open.add(part);
  }
  const added = outside.filter((node) => open.has(node)).flatMap((node) => names.get(node) ?? []);
  return {
    ...scope,
    objects: [...scope.objects, ...added].toSorted(compareObjects),
    leavesOut: added.length < outside.length,
  };
}

async function nodesOf(state: TwoStates['after'], objects: readonly ObjectRef[]): Promise<ReadonlySet<NodeId>> {
  return new Set(zip(objects, await state.resolve(objects)).flatMap(([, node]) => node ?? []));
}
