import { findReach } from '../../engine/findings/find-reach.ts';
import type { AskedPermissions, TwoStates } from '../../engine/impact/compare-each.ts';
import type { NamedNode, NodeId } from '../../engine/ports.ts';
import { compareObjects } from '../../engine/review/find-contained-objects.ts';
import { isPermissionName } from '../../model/names.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import { Trial } from '../../store/trial/trial.ts';
import { unconstrained } from '../../store/write-constraint.ts';
import type { AccessChange } from './access-change.ts';
import type { Grant } from './finding-scope.ts';

/** The state as it is, and as if these grants were not there. */
export async function statesWithout(snapshot: StoreSnapshot, grants: readonly Grant[]): Promise<TwoStates> {
  return statesAfter(snapshot, { writes: [], deletes: grants.map(({ relationship }) => relationship) });
}

/** The state as it is, and as it would be after a change. */
export async function statesAfter(snapshot: StoreSnapshot, { writes, deletes }: AccessChange): Promise<TwoStates> {
  const trial = new Trial(snapshot, unconstrained);
  await trial.relationships.delete(deletes);
  for (const one of writes) await trial.relationships.replace(one, undefined);
  return trial.states;
}

/**
 * The permissions that these grants reach, on any object; undefined where those are more than `limit`. With `among`, on these objects
 * only.
 */
export async function permissionsReachedBy(
  states: TwoStates,
  grants: readonly Grant[],
  limit: number,
  among?: ReadonlyMap<NodeId, NamedNode>,
): Promise<AskedPermissions | undefined> {
  const starts = grants.map(({ edge, role }) => ({ node: edge.object, relation: role }));
  const reached = await findReach([states.before, states.after], starts, limit);
  if (reached === undefined) return undefined;
  const permissions = reached.filter(
    ({ node, relation }) => isPermissionName(relation.name) && (among?.has(node) ?? true),
  );
  const nodes = [...new Set(permissions.map(({ node }) => node))];
  const named = among ?? (await namedNodes(states, nodes));
  const ofPermission = Map.groupBy(permissions, ({ relation }) => relation);
  const inOrder = [...ofPermission].toSorted(([left], [right]) => left.number - right.number);
  return new Map(
    inOrder.map(([permission, all]) => {
      const objects = all.flatMap(({ node }) => named.get(node) ?? []);
      return [permission, objects.toSorted((left, right) => compareObjects(left.object, right.object))];
    }),
  );
}

async function namedNodes({ before }: TwoStates, nodes: readonly NodeId[]): Promise<ReadonlyMap<NodeId, NamedNode>> {
  const names = await before.readNames(nodes);
  return new Map([...names].map(([node, object]) => [node, { node, object }]));
}
