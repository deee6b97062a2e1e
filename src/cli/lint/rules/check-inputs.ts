import { type ASTNode, Kind } from 'graphql';
import { directiveName, specIdentity, specUrl } from '#guard/directive';
import { coordinateOf, type GraphType, takersOf } from '#guard/rules';
import { type Finding, finding, locationOf } from '../finding.ts';
import type { Graph } from '../graph.ts';
import { type Guard, isSameGuard } from '../guard.ts';
import type { Subgraph } from '../subgraph.ts';
import { written } from './check-other-subgraphs.ts';

/** Guards on what callers give hold in each subgraph that takes it, or in none. */
export function checkInputs(graph: Graph): readonly Finding[] {
  return graph.inputs.flatMap((guard) => [
    ...graph.subgraphs.flatMap((subgraph) => checkSubgraph(graph, subgraph, guard)),
    ...checkImplementations(graph, guard),
    ...checkDefinitions(graph, guard),
  ]);
}

/** The gateway gives it to any subgraph that has a field for it. */
function checkSubgraph(graph: Graph, subgraph: Subgraph, guard: Guard): readonly Finding[] {
  const node = placeIn(subgraph.types.get(guard.type.name), guard);
  if (subgraph === guard.subgraph || node === undefined || isGuardedAlike(graph, subgraph, guard)) return [];
  const takers = takersOf({ ...guard, subgraph });
  const taker = takers.find(({ type, field }) => {
    const own = subgraph.types.get(type.name)?.fields.get(field.name);
    return own !== undefined && graph.isResolvedIn(subgraph, type, own);
  });
  if (taker === undefined) return [];
  const message = `"${coordinateOf(taker)}" in "${subgraph.name}" takes "${coordinateOf(guard)}" without a guard that it has in "${guard.subgraph.name}"; write ${written(guard)} here.`;
  return [finding('unguarded-in-subgraph', locationOf(subgraph.file, node), message)];
}

function isGuardedAlike(graph: Graph, subgraph: Subgraph, guard: Guard): boolean {
  return graph.inputs.some(
    (own) => own.subgraph === subgraph && coordinateOf(own) === coordinateOf(guard) && isSameGuard(own, guard),
  );
}

/** What the guard is on, where a subgraph has it, too. */
function placeIn(type: GraphType | undefined, { field, argument }: Guard): ASTNode | undefined {
  const own = type?.fields.get(field?.name ?? '');
  return argument === undefined ? own?.node : own?.arguments.get(argument);
}

/** Whoever asks an interface gives an argument to each implementation. */
function checkImplementations(graph: Graph, guard: Guard): readonly Finding[] {
  const { type, field, argument } = guard;
  if (field === undefined || argument === undefined) return [];
  return graph.subgraphs.flatMap((subgraph) =>
    [...subgraph.types.values()].flatMap((other) => {
      const shared = [...type.interfaces].find((name) => other.interfaces.has(name) && has(graph, name, field.name));
      const node = placeIn(other, guard);
      if (shared === undefined || node === undefined || other.kind !== 'object' || other.name === type.name) return [];
      const own = coordinateOf({ type: other, field, argument });
      if (graph.inputs.some((one) => one.subgraph === subgraph && coordinateOf(one) === own)) return [];
      const message = `"${coordinateOf(guard)}" is guarded and "${own}" is not, though both are of "${shared}.${field.name}"; guard this one, too.`;
      return [finding('unequal-implementations', locationOf(subgraph.file, node), message)];
    }),
  );
}

function has({ subgraphs }: Graph, type: string, field: string): boolean {
  return subgraphs.some(({ types }) => types.get(type)?.fields.has(field) ?? false);
}

/** A composer takes one definition for all: of the highest version that is linked, and of several such one by chance. */
function checkDefinitions({ subgraphs }: Graph, guard: Guard): readonly Finding[] {
  const location = guard.argument !== undefined ? 'ARGUMENT_DEFINITION' : locationOfType(guard.type);
  const linked = subgraphs.map((subgraph) => ({ subgraph, minor: minorOf(subgraph) }));
  const highest = Math.max(...linked.map(({ minor }) => minor));
  return linked.flatMap(({ subgraph, minor }) => {
    const definition = subgraph.document.definitions.find(
      (node) => node.kind === Kind.DIRECTIVE_DEFINITION && node.name.value === directiveName,
    );
    if (minor < highest || definition?.kind !== Kind.DIRECTIVE_DEFINITION) return [];
    if (definition.locations.some(({ value }) => value === location)) return [];
    const message = `@${directiveName} is defined here without ${location}, where "${coordinateOf(guard)}" has it in "${guard.subgraph.name}"; link "${specUrl}" in "${guard.subgraph.name}", of which composition takes the definition then.`;
    return subgraph === guard.subgraph
      ? []
      : [finding('different-definition', locationOf(subgraph.file, definition), message)];
  });
}

function minorOf({ links }: Subgraph): number {
  return links.find(({ identity }) => identity === specIdentity)?.minor ?? -1;
}

function locationOfType({ kind }: GraphType): string {
  return kind === 'enum' ? 'ENUM_VALUE' : 'INPUT_FIELD_DEFINITION';
}
