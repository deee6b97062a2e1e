import {
  type ConstDirectiveNode,
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  type TypeNode,
} from 'graphql';
import { federationIdentity, type Link, readLinks } from './links.ts';

/** A subgraph's schema as it is written: types and their extensions joined, nothing resolved. */
export interface Subgraph {
  readonly document: DocumentNode;
  readonly links: readonly Link[];
  /** By name; root types under the names that they have in the supergraph. */
  readonly types: ReadonlyMap<string, GraphType>;
}

export interface GraphType {
  readonly name: string;
  readonly kind: 'object' | 'interface' | 'input' | 'enum' | 'other';
  readonly isRoot: boolean;
  /** The definition, then the extensions. */
  readonly nodes: readonly (TypeDefinitionNode | TypeExtensionNode)[];
  readonly directives: readonly ConstDirectiveNode[];
  readonly interfaces: ReadonlySet<string>;
  /** What a union is made of. */
  readonly members: readonly string[];
  /** Of an enum, its values. */
  readonly fields: ReadonlyMap<string, Field>;
}

export interface Field {
  readonly name: string;
  readonly type: TypeNode;
  readonly node: FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode;
  readonly directives: readonly ConstDirectiveNode[];
  /** The directives of the part of its type that it is written in: `@external` there is on each field. */
  readonly typeDirectives: readonly ConstDirectiveNode[];
  readonly arguments: ReadonlyMap<string, InputValueDefinitionNode>;
}

export function makeSubgraph(document: DocumentNode): Subgraph {
  const roots = rootNames(document);
  const byName = new Map<string, TypeNodes[]>();
  for (const node of document.definitions) {
    if (!isTypeDefinitionNode(node) && !isTypeExtensionNode(node)) continue;
    const name = roots.get(node.name.value) ?? node.name.value;
    byName.set(name, [...(byName.get(name) ?? []), node]);
  }
  const types = [...byName].map(([type, parts]) => makeType(type, parts));
  return { document, links: readLinks(document), types: new Map(types.map((type) => [type.name, type])) };
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

/** Whether another subgraph resolves a field: it says so, or the part of its type does for all fields in it. */
export function isExternalField(subgraph: Pick<Subgraph, 'links'>, field: Field): boolean {
  const directives = [...field.directives, ...field.typeDirectives];
  return federationDirectives(subgraph, { directives }, 'external').length > 0;
}

/** The type that a list or non-null type is made of. */
export function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

/** The name of what a plain list is made of; undefined for what is no list, and for lists of lists. */
export function itemTypeName(type: TypeNode): string | undefined {
  const list = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
  if (list.kind !== Kind.LIST_TYPE) return undefined;
  const item = list.type.kind === Kind.NON_NULL_TYPE ? list.type.type : list.type;
  return item.kind === Kind.NAMED_TYPE ? item.name.value : undefined;
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

type TypeNodes = TypeDefinitionNode | TypeExtensionNode;

function makeType(name: string, nodes: readonly TypeNodes[]): GraphType {
  const interfaces = nodes.flatMap((node) => ('interfaces' in node ? (node.interfaces ?? []) : []));
  const members = nodes.flatMap((node) => ('types' in node ? (node.types ?? []) : []));
  return {
    name,
    kind: kindOf(nodes[0]),
    isRoot: Object.values(rootTypes).some((root) => root === name),
    nodes,
    directives: nodes.flatMap(({ directives }) => directives ?? []),
    interfaces: new Set(interfaces.map((node) => node.name.value)),
    members: members.map((node) => node.name.value),
    fields: makeFields(nodes),
  };
}

function makeFields(nodes: readonly TypeNodes[]): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  for (const type of nodes) {
    for (const node of [
      ...('fields' in type ? (type.fields ?? []) : []),
      ...('values' in type ? (type.values ?? []) : []),
    ]) {
      const field = makeField(node, type);
      const before = fields.get(field.name);
      fields.set(field.name, before === undefined ? field : join(before, field));
    }
  }
  return fields;
}

function makeField(node: Field['node'], owner: TypeNodes): Field {
  const args = node.kind === Kind.FIELD_DEFINITION ? (node.arguments ?? []) : [];
  return {
    name: node.name.value,
    type: node.kind === Kind.ENUM_VALUE_DEFINITION ? { kind: Kind.NAMED_TYPE, name: owner.name } : node.type,
    node,
    directives: node.directives ?? [],
    typeDirectives: owner.directives ?? [],
    arguments: new Map(args.map((arg) => [arg.name.value, arg])),
  };
}

/** A field that is written more than once has what is written anywhere. */
function join(one: Field, other: Field): Field {
  return {
    ...one,
    directives: [...one.directives, ...other.directives],
    typeDirectives: [...one.typeDirectives, ...other.typeDirectives],
    arguments: new Map([...one.arguments, ...[...other.arguments].map(joined(one.arguments))]),
  };
}

function joined(before: Field['arguments']) {
  return ([name, node]: readonly [string, InputValueDefinitionNode]) => {
    const written = before.get(name);
    const directives = [...(written?.directives ?? []), ...(node.directives ?? [])];
    return [name, { ...(written ?? node), directives }] as const;
  };
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
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_EXTENSION:
      return 'enum';
    default:
      return 'other';
  }
}
