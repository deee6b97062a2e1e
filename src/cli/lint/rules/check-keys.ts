import { type Finding, finding, placeOf } from '../finding.ts';
import type { Graph } from '../graph.ts';

/** The gateway fetches keys to join entities, for whoever asks; a guarded one would break joins and hide nothing. */
export function checkKeys(graph: Graph): readonly Finding[] {
  return graph.guards.flatMap(({ subgraph, type, field, requirement }) => {
    if (field === undefined || !graph.isKey(type.name, field.name)) return [];
    const message = `"${type.name}.${field.name}" belongs to a @key, without which the gateway cannot join "${type.name}"; guard the fields that return a "${type.name}" instead.`;
    return [finding('guarded-key', placeOf(subgraph.file, requirement.node), message)];
  });
}
