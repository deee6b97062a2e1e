import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  type TypeNode,
} from 'graphql';
import { federationIdentity, type Link, readLinks } from './link.ts';

/** A subgraph's schema as it is written: types and their extensions joined, nothing resolved. */
export interface Subgraph {
  readonly name: string;
  readonly file: string;
  readonly document: DocumentNode;
  readonly links: readonly Link[];
  /** By name; root types under the names that they have in the supergraph. */
  readonly types: ReadonlyMap<string, GraphType>;
}

export interface GraphType {
  readonly name: string;
  readonly kind: 'object' | 'interface' | 'input' | 'other';
  readonly isRoot: boolean;
  /** The definition, then the extensions. */
  readonly nodes: readonly (TypeDefinitionNode | TypeExtensionNode)[];
  readonly directives: readonly ConstDirectiveNode[];
  readonly interfaces: ReadonlySet<string>;
  /** What a union is made of. */
  readonly members: readonly string[];
  readonly fields: ReadonlyMap<string, Field>;
}

export interface Field {
  readonly name: string;
  readonly type: TypeNode;
  readonly node: FieldDefinitionNode | InputValueDefinitionNode;
  readonly directives: readonly ConstDirectiveNode[];
  readonly arguments: ReadonlyMap<string, InputValueDefinitionNode>;
}

export function makeSubgraph(name: string, file: string, document: DocumentNode): Subgraph {
  const roots = rootNames(document);
  const nodes = document.definitions.filter((node) => isTypeDefinitionNode(node) || isTypeExtensionNode(node));
  const byName = Map.groupBy(nodes, (node) => roots.get(node.name.value) ?? node.name.value);
  const types = [...byName].map(([type, parts]) => makeType(type, parts));
  return { name, file, document, links: readLinks(document), types: new Map(types.map((type) => [type.name, type])) };
}

/** The applications of a directive of federation, whatever the subgraph calls it. */
export function federationDirectives(
  { links }: Pick<Subgraph, 'links'>,
  { directives }: { readonly directives: readonly ConstDirectiveNode[] },
  name: FederationDirective,
): readonly ConstDirectiveNode[] {
  const local = federationName(links, name);
  return directives.filter((directive) => directive.name.value === local);
}

export type FederationDirective =
  | 'key'
  | 'external'
  | 'requires'
  | 'provides'
  | 'override'
  | 'composeDirective'
  | 'interfaceObject'
  | 'context'
  | 'fromContext';

/** The type that a list or non-null type is made of. */
export function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

export function isListType(type: TypeNode): boolean {
  return type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && type.type.kind === Kind.LIST_TYPE);
}

/** What a subgraph calls a directive. A schema that links no federation is one of version 1, which has the plain names. */
export function federationName(links: readonly Link[], name: FederationDirective): string {
  const federation = links.find(({ identity }) => identity === federationIdentity);
  if (federation === undefined) return name;
  const imported = federation.imports.find((taken) => taken.name === `@${name}`);
  return imported === undefined ? `${federation.alias ?? 'federation'}__${name}` : imported.as.replace(/^@/, '');
}

const rootTypes = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const;

/** What a subgraph calls its root types, to what the supergraph calls them. */
function rootNames(document: DocumentNode): ReadonlyMap<string, string> {
  const given = document.definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION ? (node.operationTypes ?? []) : [],
  );
  return new Map(given.map(({ operation, type }) => [type.name.value, rootTypes[operation]]));
}

function makeType(name: string, nodes: readonly (TypeDefinitionNode | TypeExtensionNode)[]): GraphType {
  const fieldNodes = nodes.flatMap((node): readonly (FieldDefinitionNode | InputValueDefinitionNode)[] =>
    'fields' in node ? (node.fields ?? []) : [],
  );
  const interfaces = nodes.flatMap((node) => ('interfaces' in node ? (node.interfaces ?? []) : []));
  return {
    name,
    kind: kindOf(nodes[0]),
    isRoot: Object.values(rootTypes).some((root) => root === name),
    nodes,
    directives: nodes.flatMap(({ directives }) => directives ?? []),
    interfaces: new Set(interfaces.map((node) => node.name.value)),
    members: nodes.flatMap((node) => ('types' in node ? (node.types ?? []) : [])).map((node) => node.name.value),
    fields: new Map([...Map.groupBy(fieldNodes, (node) => node.name.value)].map(makeField)),
  };
}

function makeField([name, nodes]: [string, (FieldDefinitionNode | InputValueDefinitionNode)[]]): [string, Field] {
  const [node] = nodes;
  if (node === undefined) throw new Error('A group is never empty.');
  const args = nodes.flatMap((part) => (part.kind === Kind.FIELD_DEFINITION ? (part.arguments ?? []) : []));
  const directives = nodes.flatMap((part) => part.directives ?? []);
  return [
    name,
    { name, type: node.type, node, directives, arguments: new Map(args.map((arg) => [arg.name.value, arg])) },
  ];
}

function kindOf(node: TypeDefinitionNode | TypeExtensionNode | undefined): GraphType['kind'] {
  switch (node?.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_EXTENSION:
      return 'object';
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_EXTENSION:
      return 'interface';
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_EXTENSION:
      return 'input';
    default:
      return 'other';
  }
}
