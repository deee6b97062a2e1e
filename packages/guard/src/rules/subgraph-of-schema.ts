import {
  type DefinitionNode,
  type FieldDefinitionNode,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type InputValueDefinitionNode,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  Kind,
  OperationTypeNode,
  parse,
  print,
  printType,
} from 'graphql';
import { makeSubgraph, type Subgraph } from './subgraph.ts';

/** A schema that is built, as it was written: what was made by code, and never written, is printed. */
export function subgraphOfSchema(schema: GraphQLSchema): Subgraph {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
  );
  const directives = schema.getDirectives().flatMap(({ astNode }) => astNode ?? []);
  const definitions = [...schemaNodes(schema), ...directives, ...types.flatMap(nodesOf)];
  return makeSubgraph({ kind: Kind.DOCUMENT, definitions });
}

function schemaNodes(schema: GraphQLSchema): readonly DefinitionNode[] {
  const written = [...(schema.astNode ? [schema.astNode] : []), ...schema.extensionASTNodes];
  const isLinked = written.some(({ directives }) => directives?.some(({ name }) => name.value === 'link'));
  return [...(isLinked ? written : [...written, ...servedNodes(schema)]), rootNode(schema)];
}

/** Some builders of subgraphs leave what is on the schema out of it, and keep it in the text that composition reads. */
function servedNodes(schema: GraphQLSchema): readonly DefinitionNode[] {
  const service = schema.getQueryType()?.getFields()._service?.resolve;
  if (service === undefined) return [];
  try {
    const served: unknown = Reflect.apply(service, undefined, [undefined, {}, {}, undefined]);
    const sdl: unknown = typeof served === 'object' && served !== null ? Reflect.get(served, 'sdl') : undefined;
    const { definitions } = parse(typeof sdl === 'string' ? sdl : '');
    // Only their directives: which types are the roots, the schema itself knows.
    return definitions.flatMap((node) =>
      node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION
        ? [{ ...node, kind: Kind.SCHEMA_EXTENSION, operationTypes: [] }]
        : [],
    );
  } catch {
    return [];
  }
}

/** Which types are the roots, whatever they are called. */
function rootNode(schema: GraphQLSchema): DefinitionNode {
  const roots = [
    [OperationTypeNode.QUERY, schema.getQueryType()],
    [OperationTypeNode.MUTATION, schema.getMutationType()],
    [OperationTypeNode.SUBSCRIPTION, schema.getSubscriptionType()],
  ] as const;
  return {
    kind: Kind.SCHEMA_EXTENSION,
    operationTypes: roots.flatMap(([operation, type]) =>
      type ? [{ kind: Kind.OPERATION_TYPE_DEFINITION, operation, type: namedNode(type.name) }] : [],
    ),
  };
}

function namedNode(value: string) {
  return { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value } } as const;
}

function nodesOf(type: GraphQLNamedType): readonly DefinitionNode[] {
  const own = [...(type.astNode ? [type.astNode] : []), ...type.extensionASTNodes];
  const written = own.length === 0 ? parse(printType(type), { noLocation: true }).definitions : own;
  return 'getFields' in type ? [...written, ...fieldsOfCode(type, written)] : written;
}

type Made = GraphQLField<unknown, unknown> | GraphQLInputField;

/**
 * What is on the fields of a type, and not in its nodes: fields that code has put into it, and builders that keep a node for each
 * field and none of them in that of the type. Of such nodes only the directives are true; what a field is, the schema knows.
 */
function fieldsOfCode(
  type: GraphQLNamedType & { getFields(): { readonly [name: string]: Made } },
  written: readonly DefinitionNode[],
): readonly DefinitionNode[] {
  const known = new Map<string, Set<string>>();
  for (const { name, directives = [] } of written.flatMap(fieldNodesOf)) {
    known.set(name.value, new Set([...(known.get(name.value) ?? []), ...directives.map(print)]));
  }
  const made = Object.values(type.getFields()).flatMap(({ name, astNode }: Made) => {
    const directives = (astNode?.directives ?? []).filter(
      (directive) => known.get(name)?.has(print(directive)) !== true,
    );
    return known.has(name) && directives.length === 0 ? [] : [{ name, directives }];
  });
  if (made.length === 0) return [];
  const [printed] = parse(printType(type), { noLocation: true }).definitions;
  const byName = new Map(fieldNodesOf(printed).map((node) => [node.name.value, node]));
  const fields = made.map(({ name, directives }) => ({ ...byName.get(name), directives }));
  return [{ kind: extensionOf(type), name: { kind: Kind.NAME, value: type.name }, fields } as DefinitionNode];
}

function fieldNodesOf(node: DefinitionNode | undefined): readonly (FieldDefinitionNode | InputValueDefinitionNode)[] {
  return node !== undefined && 'fields' in node ? (node.fields ?? []) : [];
}

function extensionOf(type: GraphQLNamedType): Kind {
  if (isObjectType(type)) return Kind.OBJECT_TYPE_EXTENSION;
  return isInterfaceType(type) ? Kind.INTERFACE_TYPE_EXTENSION : Kind.INPUT_OBJECT_TYPE_EXTENSION;
}
