import { directiveName } from '#guard/directive';
import { type Finding, finding, locationOf } from '../finding.ts';
import type { Graph } from '../graph.ts';
import { findNamespaces, type Namespaces } from '../namespaces.ts';
import type { Subgraph } from '../subgraph.ts';

/** Mutations without a guard, at the root and in namespaces, in subgraphs that guard anything at all: those are Postern's. */
export function checkMutations(graph: Graph): readonly Finding[] {
  const namespaces = findNamespaces(graph);
  const guarding = new Set(graph.guards.map(({ subgraph }) => subgraph));
  return [...guarding].flatMap((subgraph) =>
    ['Mutation', ...namespaces.types].flatMap((type) => checkFields(graph, subgraph, type, namespaces)),
  );
}

function checkFields(graph: Graph, subgraph: Subgraph, type: string, namespaces: Namespaces): readonly Finding[] {
  if (namespaces.isGuarded(subgraph, type)) return [];
  const fields = [...(subgraph.types.get(type)?.fields.values() ?? [])];
  return fields
    .filter((field) => graph.guardsIn(subgraph, type, field.name).length === 0 && !namespaces.isNamespaceField(field))
    .map(({ name, node }) => {
      const message = `"${type}.${name}" has no guard; write @${directiveName}(permission: "can_…", object: "<type>:{$args.…}").`;
      return finding('unguarded-mutation', locationOf(subgraph.file, node), message);
    });
}
