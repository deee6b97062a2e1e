import type { ASTNode } from 'graphql';
import { coordinateOf, type Field, type GraphType, inputsIn, namedType } from '#guard/rules';
import { type Finding, finding, locationOf } from '../finding.ts';
import type { Graph } from '../graph.ts';
import type { Subgraph } from '../subgraph.ts';

/**
 * Inputs that are called as a guarded field of what is returned: who sorts or filters by it learns what it hides. A hint, as a name
 * proves nothing.
 */
export function checkRevealing(graph: Graph): readonly Finding[] {
  const guarding = new Set([...graph.guards, ...graph.inputs].map(({ subgraph }) => subgraph));
  return [...guarding].flatMap((subgraph) =>
    [...subgraph.types.values()]
      .filter(({ kind }) => kind === 'object')
      .flatMap((type) => [...type.fields.values()].flatMap((field) => checkField(graph, subgraph, type, field))),
  );
}

function checkField(graph: Graph, subgraph: Subgraph, type: GraphType, field: Field): readonly Finding[] {
  if (field.arguments.size === 0) return [];
  const guarded = guardedFieldsOf(graph, subgraph, namedType(field.type));
  if (guarded.size === 0) return [];
  return inputsOf(subgraph, type, field).flatMap(({ name, coordinate, node }) => {
    const revealed = guarded.get(plain(name));
    if (revealed === undefined || isGuarded(graph, subgraph, coordinate)) return [];
    const message = `"${coordinate}", which "${coordinateOf({ type, field })}" takes, is called as "${revealed}", which is guarded; guard it, too, if it tells of that.`;
    return [finding('unguarded-input', locationOf(subgraph.file, node), message)];
  });
}

/** Of a type, and of what its pages hold; by their plain names. */
function guardedFieldsOf(graph: Graph, subgraph: Subgraph, start: string): ReadonlyMap<string, string> {
  const types = new Set([start]);
  for (const name of types) {
    const type = subgraph.types.get(name);
    for (const one of ['edges', 'node', 'nodes']) {
      const page = type?.fields.get(one);
      if (page !== undefined && (one === 'node' || type?.fields.has('pageInfo'))) types.add(namedType(page.type));
    }
  }
  const fields = graph.subgraphs.flatMap((part) =>
    [...types].flatMap((name) => [...(part.types.get(name)?.fields.keys() ?? [])].map((field) => ({ name, field }))),
  );
  const guarded = fields.filter(({ name, field }) => graph.guardsOn(name, field).length > 0);
  return new Map(guarded.map(({ name, field }) => [plain(field), `${name}.${field}`]));
}

interface NamedInput {
  readonly name: string;
  readonly coordinate: string;
  readonly node: ASTNode;
}

function inputsOf(subgraph: Subgraph, type: GraphType, field: Field): readonly NamedInput[] {
  return [...field.arguments].flatMap(([argument, node]) => [
    { name: argument, coordinate: coordinateOf({ type, field, argument }), node },
    ...[...inputsIn(subgraph, namedType(node.type))].flatMap((name) => {
      const inner = subgraph.types.get(name);
      if (inner?.kind !== 'input' && inner?.kind !== 'enum') return [];
      return [...inner.fields.values()].map((one) => ({
        name: one.name,
        coordinate: coordinateOf({ type: inner, field: one }),
        node: one.node,
      }));
    }),
  ]);
}

function isGuarded(graph: Graph, subgraph: Subgraph, coordinate: string): boolean {
  return graph.inputs.some((guard) => guard.subgraph === subgraph && coordinateOf(guard) === coordinate);
}

/** `ROYALTIES_DESC`, `royalties` and `minRoyalties` are about one thing. */
function plain(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_');
  return words.filter((word) => !around.has(word)).join('') || words.join('');
}

/** What is put around the name of a field to say how it is compared. */
const around: ReadonlySet<string> = new Set([
  'asc',
  'desc',
  'by',
  'min',
  'max',
  'gt',
  'gte',
  'lt',
  'lte',
  'eq',
  'in',
  'not',
  'from',
  'to',
]);
