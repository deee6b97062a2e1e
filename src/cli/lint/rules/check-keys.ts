import { guardedFields, guardedKey, isKeyField } from '#guard/rules';
import { type Finding, finding, locationOf } from '../finding.ts';
import type { Graph } from '../graph.ts';

/** A guard spares the keys of its own subgraph; here are those of another one, which the gateway joins by as well. */
export function checkKeys(graph: Graph): readonly Finding[] {
  return graph.guards.flatMap((guard) => {
    const { subgraph, type, requirement } = guard;
    const field = guardedFields(guard).find(
      ({ name }) => graph.isKey(type.name, name) && !isKeyField(subgraph, type.name, name),
    );
    if (field === undefined) return [];
    return [finding('guarded-key', locationOf(subgraph.file, requirement.node), guardedKey(type.name, field.name))];
  });
}
