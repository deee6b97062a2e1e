import { coordinateOf } from '#guard/rules';
import { compareText } from './finding.ts';
import type { Graph } from './graph.ts';
import type { Guard } from './guard.ts';

/** What a permission of a type guards. */
export interface GuardedCoordinates {
  readonly permission: string;
  /** Null where the guard says no object and none follows. */
  readonly type: string | null;
  readonly guards: readonly { readonly coordinate: string; readonly subgraph: string }[];
}

/** Every permission that is asked for, and the types, fields and inputs that it guards, in the order of their names. */
export function listPermissions({ guards, inputs }: Graph): readonly GuardedCoordinates[] {
  const groups = Map.groupBy([...guards, ...inputs], ({ requirement, object }) =>
    JSON.stringify([object?.type ?? '', requirement.permission]),
  );
  const listed = [...groups.values()].flatMap((group): readonly GuardedCoordinates[] => {
    const [first] = group;
    if (first === undefined) return [];
    return [{ permission: first.requirement.permission, type: first.object?.type ?? null, guards: coordinates(group) }];
  });
  return listed.toSorted((a, b) => compareText(a.type ?? '', b.type ?? '') || compareText(a.permission, b.permission));
}

function coordinates(guards: readonly Guard[]) {
  return guards
    .map((guard) => ({ coordinate: coordinateOf(guard), subgraph: guard.subgraph.name }))
    .toSorted((a, b) => compareText(a.coordinate, b.coordinate) || compareText(a.subgraph, b.subgraph));
}
