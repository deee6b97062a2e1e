import {
  type DefinitionNode,
  type FieldDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  isObjectType,
  isSpecifiedScalarType,
  Kind,
  OperationTypeNode,
  parse,
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
  const written = [...(type.astNode ? [type.astNode] : []), ...type.extensionASTNodes];
  if (written.length === 0) return parse(printType(type), { noLocation: true }).definitions;
  return isObjectType(type) ? [...written, ...fieldsOfCode(type)] : written;
}

/** Fields that code has put into a type which was written without them. */
function fieldsOfCode(type: GraphQLNamedType & { getFields(): object }): readonly DefinitionNode[] {
  const made = Object.values(type.getFields()).filter(({ astNode }) => !astNode);
  if (made.length === 0) return [];
  const names = new Set(made.map(({ name }) => name));
  const [printed] = parse(printType(type), { noLocation: true }).definitions;
  const fields: readonly FieldDefinitionNode[] =
    printed?.kind === Kind.OBJECT_TYPE_DEFINITION ? (printed.fields ?? []) : [];
  const name = { kind: Kind.NAME, value: type.name } as const;
  return [{ kind: Kind.OBJECT_TYPE_EXTENSION, name, fields: fields.filter((field) => names.has(field.name.value)) }];
}
