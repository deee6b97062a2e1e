import { directiveName } from '#guard/directive.ts';
import { type Finding, finding, placeOf } from '../finding.ts';
import type { Graph } from '../graph.ts';

/** Mutations without a guard, in subgraphs that guard anything at all: those are Postern's. */
export function checkMutations(graph: Graph): readonly Finding[] {
  const guarding = new Set(graph.guards.map(({ subgraph }) => subgraph));
  return [...guarding].flatMap((subgraph) =>
    [...(subgraph.types.get('Mutation')?.fields.values() ?? [])]
      .filter(({ name }) => graph.guardsIn(subgraph, 'Mutation', name).length === 0)
      .map(({ name, node }) => {
        const message = `"Mutation.${name}" has no guard; write @${directiveName}(permission: "can_…", object: "<type>:{$args.…}").`;
        return finding('unguarded-mutation', placeOf(subgraph.file, node), message);
      }),
  );
}
