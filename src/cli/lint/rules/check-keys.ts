import { type Finding, finding, placeOf } from '../finding.ts';
import type { Graph } from '../graph.ts';
import { guardedFields } from './check-pointer.ts';

/** The gateway fetches keys to join entities, for whoever asks; a guarded one would break joins and hide nothing. */
export function checkKeys(graph: Graph): readonly Finding[] {
  return graph.guards.flatMap((guard) => {
    const { subgraph, type, requirement } = guard;
    // A guard on a type spares the keys of its own subgraph, not those of another.
    const field = guardedFields(guard).find(({ name }) => graph.isKey(type.name, name));
    if (field === undefined || graph.guardsIn(subgraph, type.name, field.name).length === 0) return [];
    const message = `"${type.name}.${field.name}" belongs to a @key, without which the gateway cannot join "${type.name}"; guard the fields that return a "${type.name}" instead.`;
    return [finding('guarded-key', placeOf(subgraph.file, requirement.node), message)];
  });
}
