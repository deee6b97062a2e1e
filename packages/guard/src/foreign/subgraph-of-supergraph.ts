import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type InputValueDefinitionNode,
  isEnumType,
  isSpecifiedScalarType,
  Kind,
  type NamedTypeNode,
  parse,
  parseConstValue,
  parseType,
  type TypeDefinitionNode,
} from 'graphql';
import { directiveName } from '../requires-permission.ts';
import { ok, type Result, wrong } from '../result.ts';
import { argument, stringArgument } from '../rules/links.ts';

/**
 * The schema of one subgraph, as a supergraph tells it: what it resolves, its keys, and the guards. A guard that another subgraph
 * has written on the same field is there, too: that can only withhold more.
 */
export function subgraphOfSupergraph(supergraph: GraphQLSchema, name: string): Result<DocumentNode> {
  const graph = graphNamed(supergraph, name);
  if (graph === undefined) return wrong(unknownSubgraph(supergraph, name));
  const types = Object.values(supergraph.getTypeMap()).flatMap((type) =>
    isSpecifiedScalarType(type) || !type.astNode ? [] : partOf(type.astNode, graph),
  );
  const guard = supergraph.getDirective(directiveName)?.astNode;
  const query = types.find((type) => type.name.value === 'Query');
  const others = types.filter((type) => type !== query);
  const definitions = [...(guard ? [guard] : []), ...others, ...queryOf(query, entitiesOf(types))];
  return ok({ kind: Kind.DOCUMENT, definitions });
}

/** What subgraphs of a supergraph are called. */
export function subgraphNames(supergraph: GraphQLSchema): readonly string[] {
  return graphs(supergraph).map(({ name }) => name);
}

/** Where the router asks for objects of other subgraphs. */
export const entitiesField = '_entities';

function unknownSubgraph(supergraph: GraphQLSchema, name: string): string {
  const known = subgraphNames(supergraph).map((one) => `"${one}"`);
  return `The supergraph has no subgraph "${name}". There is ${known.join(', ') || 'none that it names'}.`;
}

interface Graph {
  /** As messages of routers call it. */
  readonly name: string;
  /** As directives of the supergraph call it. */
  readonly value: string;
}

function graphNamed(supergraph: GraphQLSchema, name: string): string | undefined {
  return graphs(supergraph).find((graph) => graph.name === name)?.value;
}

function graphs(supergraph: GraphQLSchema): readonly Graph[] {
  const type = supergraph.getType('join__Graph');
  if (!isEnumType(type)) return [];
  return type.getValues().flatMap(({ name: value, astNode }) => {
    const node = astNode?.directives?.find((directive) => directive.name.value === 'join__graph');
    const name = node && stringArgument(node, 'name');
    return name === undefined ? [] : [{ name, value }];
  });
}

interface Part {
  readonly node: TypeDefinitionNode;
  readonly joins: readonly ConstDirectiveNode[];
}

function partOf(node: TypeDefinitionNode, graph: string): readonly TypeDefinitionNode[] {
  if (/^(?:join|link)__/.test(node.name.value)) return [];
  // The directive is written with them, whoever has linked it.
  if (node.name.value.startsWith('postern__')) return [{ ...node, directives: [] }];
  const joins = joinsOf(node, 'join__type', graph);
  return joins.length === 0 ? [] : [typePart({ node, joins }, graph)];
}

function typePart({ node, joins }: Part, graph: string): TypeDefinitionNode {
  const directives = [...guardsOn(node), ...keysOf(joins)];
  switch (node.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION: {
      const kind = joins.some((join) => isTrue(join, 'isInterfaceObject')) ? Kind.OBJECT_TYPE_DEFINITION : node.kind;
      const interfaces = joinsOf(node, 'join__implements', graph).flatMap((join) =>
        namedTypes(stringArgument(join, 'interface')),
      );
      const fields = (node.fields ?? []).flatMap((field) => fieldPart(field, graph, isKeyOf(joins)));
      return { kind, name: node.name, directives, interfaces, fields };
    }
    case Kind.UNION_TYPE_DEFINITION: {
      const members = joinsOf(node, 'join__unionMember', graph);
      const types = members.flatMap((join) => namedTypes(stringArgument(join, 'member')));
      return { kind: node.kind, name: node.name, directives, types: types.length > 0 ? types : (node.types ?? []) };
    }
    case Kind.ENUM_TYPE_DEFINITION: {
      const isOwn = (value: Directed) =>
        !hasJoin(value, 'join__enumValue') || joinsOf(value, 'join__enumValue', graph).length > 0;
      const values = (node.values ?? []).filter(isOwn).map((value) => ({ ...value, directives: guardsOn(value) }));
      return { kind: node.kind, name: node.name, directives, values };
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION: {
      const fields = (node.fields ?? []).flatMap((field) => inputPart(field, graph));
      return { kind: node.kind, name: node.name, directives, fields };
    }
    case Kind.SCALAR_TYPE_DEFINITION:
      return { kind: node.kind, name: node.name, directives };
  }
}

function fieldPart(
  field: FieldDefinitionNode,
  graph: string,
  isKey: (name: string) => boolean,
): readonly FieldDefinitionNode[] {
  const joins = joinsOf(field, 'join__field', graph);
  if (hasJoin(field, 'join__field') && joins.length === 0) return [];
  const [join] = joins;
  const args = (field.arguments ?? []).map((arg) => ({ ...arg, directives: guardsOn(arg) }));
  const directives = [...guardsOn(field), ...(join === undefined ? [] : ownership(join, isKey(field.name.value)))];
  return [{ kind: field.kind, name: field.name, arguments: args, directives, type: typeIn(join, field) }];
}

function inputPart(field: InputValueDefinitionNode, graph: string): readonly InputValueDefinitionNode[] {
  const joins = joinsOf(field, 'join__field', graph);
  if (hasJoin(field, 'join__field') && joins.length === 0) return [];
  return [{ ...field, directives: guardsOn(field), type: typeIn(joins[0], field) }];
}

/** A subgraph may have another type than the one that holds for all of them. */
function typeIn(join: ConstDirectiveNode | undefined, { type }: Pick<FieldDefinitionNode, 'type'>) {
  const own = join && stringArgument(join, 'type');
  return own === undefined ? type : parseType(own, { noLocation: true });
}

/** A key is known to whoever resolves the object, whatever is written on it. */
function ownership(join: ConstDirectiveNode, isKey: boolean): readonly ConstDirectiveNode[] {
  const requires = stringArgument(join, 'requires');
  const isElsewhere = !isKey && (isTrue(join, 'external') || isTrue(join, 'usedOverridden'));
  return [
    ...(isElsewhere ? [directive('external')] : []),
    ...(requires === undefined ? [] : [directive('requires', requires)]),
  ];
}

function keysOf(joins: readonly ConstDirectiveNode[]): readonly ConstDirectiveNode[] {
  return joins.flatMap((join) => stringArgument(join, 'key') ?? []).map((key) => directive('key', key));
}

function isKeyOf(joins: readonly ConstDirectiveNode[]): (name: string) => boolean {
  const names = new Set(joins.flatMap((join) => (stringArgument(join, 'key') ?? '').split(/[\s,{}]+/)));
  return (name) => names.has(name);
}

function directive(name: 'key' | 'external' | 'requires', fields?: string): ConstDirectiveNode {
  const value = parseConstValue(JSON.stringify(fields ?? ''), { noLocation: true });
  const given = { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'fields' }, value } as const;
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: name },
    arguments: fields === undefined ? [] : [given],
  };
}

/** The types that the router can ask for by a representation. */
function entitiesOf(types: readonly TypeDefinitionNode[]): readonly string[] {
  return types
    .filter((type) => type.kind === Kind.OBJECT_TYPE_DEFINITION)
    .filter(({ directives }) => directives?.some(({ name }) => name.value === 'key'))
    .map(({ name }) => name.value);
}

/** With the field that every subgraph has for the router; a type needs one field at least. */
function queryOf(query: TypeDefinitionNode | undefined, entities: readonly string[]): readonly DefinitionNode[] {
  const own = query?.kind === Kind.OBJECT_TYPE_DEFINITION ? query : undefined;
  const [made, ...more] = parse(entities.length > 0 ? entityQuery(entities) : 'type Query { _none: Boolean }', {
    noLocation: true,
  }).definitions;
  if (made?.kind !== Kind.OBJECT_TYPE_DEFINITION) throw new Error('A type was written that cannot be read.');
  const fields = [...(own?.fields ?? []), ...(made.fields ?? [])];
  return [{ ...made, directives: own?.directives ?? [], fields }, ...more];
}

function entityQuery(entities: readonly string[]): string {
  return `type Query { ${entitiesField}(representations: [_Any!]!): [_Entity]! } union _Entity = ${entities.join(' | ')} scalar _Any`;
}

interface Directed {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

function joinsOf({ directives = [] }: Directed, name: string, graph: string): readonly ConstDirectiveNode[] {
  return directives.filter((node) => {
    const value = argument(node, 'graph');
    return node.name.value === name && value?.kind === Kind.ENUM && value.value === graph;
  });
}

function hasJoin({ directives = [] }: Directed, name: string): boolean {
  return directives.some((node) => node.name.value === name);
}

function guardsOn({ directives = [] }: Directed): readonly ConstDirectiveNode[] {
  return directives.filter((node) => node.name.value === directiveName);
}

function isTrue(node: ConstDirectiveNode, name: string): boolean {
  const value = argument(node, name);
  return value?.kind === Kind.BOOLEAN && value.value;
}

function namedTypes(name: string | undefined): readonly NamedTypeNode[] {
  return name === undefined ? [] : [{ kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } }];
}
