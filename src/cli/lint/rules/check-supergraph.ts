import type { DocumentNode } from 'graphql';
import { coordinateOf, federationDirectives, isExternalField, isOnInput, readGuards } from '#guard/rules';
import { type Finding, finding, locationOf } from '../finding.ts';
import type { FindingCode } from '../finding-codes.ts';
import type { Graph } from '../graph.ts';
import type { Guard } from '../guard.ts';
import { makeSubgraph, type Subgraph } from '../subgraph.ts';
import { written } from './check-other-subgraphs.ts';

/** What composition made of the guards: each one that it lost without a word. */
export function checkComposed(graph: Graph, document: DocumentNode, known: ReadonlySet<Subgraph>): readonly Finding[] {
  const supergraph = readAll(makeSubgraph('', '', document));
  const guards = [...graph.guards, ...graph.inputs].filter(({ subgraph }) => !known.has(subgraph));
  const fix = 'which composition makes; see whether the directive is linked and composed in every subgraph alike.';
  return lost(guards, supergraph, 'lost-in-composition', fix);
}

/** How a supergraph that is in use differs from the subgraphs. */
export function checkSupergraph(graph: Graph, file: string, document: DocumentNode): readonly Finding[] {
  const supergraph = readAll(makeSubgraph('', file, document));
  const guards = [...graph.guards, ...graph.inputs];
  const added = supergraph.guards.filter((guard) => !guards.some((own) => isWrittenAlike(own, guard)));
  return [
    ...lost(guards, supergraph, 'missing-in-supergraph', `"${file}"; compose it anew.`),
    ...added.map((guard) => {
      const message = `"${coordinateOf(guard)}" has ${written(guard)} in the supergraph and in no subgraph; compose it anew, or write the guard in the subgraph.`;
      return finding('missing-in-subgraphs', locationOf(file, guard.requirement.node), message);
    }),
  ];
}

interface Supergraph {
  readonly subgraph: Subgraph;
  readonly guards: readonly Guard[];
}

function readAll(subgraph: Subgraph): Supergraph {
  const { guards, inputs } = readGuards(subgraph, {});
  return { subgraph, guards: [...guards, ...inputs] };
}

function lost(
  guards: readonly Guard[],
  { subgraph: supergraph, guards: composed }: Supergraph,
  code: FindingCode,
  where: string,
): readonly Finding[] {
  return guards
    .filter((guard) => isKept(guard) && isPlaceIn(supergraph, guard))
    .filter((guard) => !composed.some((one) => isWrittenAlike(one, guard)))
    .map((guard) => {
      const message = `${written(guard)} on "${coordinateOf(guard)}" is not in the supergraph ${where}`;
      return finding(code, locationOf(guard.subgraph.file, guard.requirement.node), message);
    });
}

/** What callers give is in the supergraph where all subgraphs take it; where it is not, nobody can give it. */
function isPlaceIn({ types }: Subgraph, guard: Guard): boolean {
  if (!isOnInput(guard) || guard.field === undefined) return true;
  const field = types.get(guard.type.name)?.fields.get(guard.field.name);
  return field !== undefined && (guard.argument === undefined || field.arguments.has(guard.argument));
}

/** Composers differ in what they keep on a field of another subgraph; an `@interfaceObject` is no object there. */
function isKept({ subgraph, type, field }: Guard): boolean {
  const isExternal = field !== undefined && isExternalField(subgraph, field);
  return !isExternal && federationDirectives(subgraph, type, 'interfaceObject').length === 0;
}

function isWrittenAlike(one: Guard, other: Guard): boolean {
  return (
    coordinateOf(one) === coordinateOf(other) &&
    one.requirement.onDeny === other.requirement.onDeny &&
    writtenObject(one) === writtenObject(other) &&
    one.requirement.permission === other.requirement.permission
  );
}

/** The object as it is given; in the supergraph nothing tells what a missing one means. */
function writtenObject({ requirement }: Guard): string {
  return requirement.object === undefined ? '' : JSON.stringify(requirement.object);
}
