import { type Field, federationDirectives, type GraphType, isListType, isNamespaceName, namedType } from '#guard/rules';
import type { Graph } from './graph.ts';
import type { Subgraph } from './subgraph.ts';

/** Objects that mutations stand on, as in `mutation { track { rename } }`: what runs there is a mutation like one at the root. */
export interface Namespaces {
  readonly types: ReadonlySet<string>;
  /** Whether a field is only what leads to a namespace, and does nothing itself. */
  isNamespaceField(field: Field): boolean;
  /** Whether nobody comes to a namespace without passing a guard. */
  isGuarded(subgraph: Subgraph, type: string): boolean;
}

/** A type is one when queries do not reach it, it is no entity, and a mutation without arguments, or its name, says so. */
export function findNamespaces(graph: Graph): Namespaces {
  const readable = reachable(graph, 'Query');
  const isCandidate = (name: string) => {
    const parts = partsOf(graph, name);
    return parts.length > 0 && !readable.has(name) && parts.every(isPlainObject);
  };
  const types = new Set<string>();
  const isNamespaceField = (field: Field) => {
    const name = namedType(field.type);
    if (isListType(field.type) || !isCandidate(name)) return false;
    return isNamespaceName(name) || (field.arguments.size === 0 && hasOperations(graph, name, isCandidate, new Set()));
  };
  const open = ['Mutation'];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const fields = partsOf(graph, name).flatMap(({ type }) => [...type.fields.values()]);
    const found = fields.filter(isNamespaceField).map(({ type }) => namedType(type));
    const fresh = found.filter((type) => !types.has(type));
    for (const type of fresh) types.add(type);
    open.push(...fresh);
  }
  return { types, isNamespaceField, isGuarded: (subgraph, type) => isGuarded(graph, types, subgraph, type, new Set()) };
}

/** Payloads have fields too; what takes arguments there, or leads to such, is an operation. */
function hasOperations(graph: Graph, name: string, isCandidate: (name: string) => boolean, seen: Set<string>): boolean {
  if (seen.has(name) || !isCandidate(name)) return false;
  seen.add(name);
  return partsOf(graph, name)
    .flatMap(({ type }) => [...type.fields.values()])
    .some((field) => field.arguments.size > 0 || hasOperations(graph, namedType(field.type), isCandidate, seen));
}

function isGuarded(
  graph: Graph,
  types: ReadonlySet<string>,
  subgraph: Subgraph,
  name: string,
  seen: Set<string>,
): boolean {
  if (name === 'Mutation' || seen.has(name)) return false;
  seen.add(name);
  const fields = ['Mutation', ...types].flatMap((owner) =>
    [...(subgraph.types.get(owner)?.fields.values() ?? [])]
      .filter(({ type }) => namedType(type) === name)
      .map((field) => ({ owner, field })),
  );
  const isClosed = ({ owner, field }: { readonly owner: string; readonly field: Field }) =>
    graph.guardsIn(subgraph, owner, field.name).length > 0 || isGuarded(graph, types, subgraph, owner, seen);
  return fields.length > 0 && fields.every(isClosed);
}

interface TypeOfSubgraph {
  readonly subgraph: Subgraph;
  readonly type: GraphType;
}

function partsOf({ subgraphs }: Graph, name: string): readonly TypeOfSubgraph[] {
  return subgraphs.flatMap((subgraph) => {
    const type = subgraph.types.get(name);
    return type === undefined ? [] : [{ subgraph, type }];
  });
}

function isPlainObject({ subgraph, type }: TypeOfSubgraph): boolean {
  return type.kind === 'object' && !type.isRoot && federationDirectives(subgraph, type, 'key').length === 0;
}

/** Every type that a query can return, through interfaces and unions. */
function reachable(graph: Graph, root: string): ReadonlySet<string> {
  const seen = new Set<string>([root]);
  const open = [root];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const next = partsOf(graph, name).flatMap(({ subgraph, type }) => [
      ...[...type.fields.values()].map((field) => namedType(field.type)),
      ...type.members,
      ...[...subgraph.types.values()].filter(({ interfaces }) => interfaces.has(type.name)).map((one) => one.name),
    ]);
    const fresh = next.filter((one) => !seen.has(one));
    for (const one of fresh) seen.add(one);
    open.push(...fresh);
  }
  return seen;
}
