import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type GraphQLDirective,
  type GraphQLNamedType,
  GraphQLSchema,
  isEnumType,
  isInterfaceType,
  isObjectType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  Kind,
  type NameNode,
  OperationTypeNode,
  parse,
  print,
  printSchema,
  printType,
} from 'graphql';
import { directiveName } from '../requires-permission.ts';
import { makeSubgraph, type Subgraph } from './subgraph.ts';

/** A schema that is built, as it was written: what was made by code, and never written, is printed. */
export function subgraphOfSchema(schema: GraphQLSchema): Subgraph {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
  );
  const directives = schema.getDirectives().flatMap(directiveNodes);
  const definitions = [...schemaNodes(schema), ...directives, ...types.flatMap(nodesOf)];
  return makeSubgraph({ kind: Kind.DOCUMENT, definitions });
}

/** What guards are written with has to be written; another directive of code matters for what operations give to it. */
function directiveNodes(directive: GraphQLDirective): readonly DefinitionNode[] {
  if (directive.astNode) return [directive.astNode];
  if (isSpecifiedDirective(directive) || directive.name === directiveName) return [];
  const { definitions } = parse(printSchema(new GraphQLSchema({ directives: [directive] })), { noLocation: true });
  return definitions.filter(({ kind }) => kind === Kind.DIRECTIVE_DEFINITION);
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
  return madeIn(type).length === 0 ? written : [...written, ...partsOfCode(type, written)];
}

/** A field, an argument, or a value of an enum, as the schema has it. */
interface Made {
  readonly name: string;
  readonly astNode?: Directed | null | undefined;
  readonly args?: readonly Made[];
}

interface Directed {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/** The same in a text. */
interface Written extends Directed {
  readonly name: NameNode;
  readonly arguments?: readonly Written[] | undefined;
}

/**
 * What is on the fields of a type, and not in its nodes: fields that code has put into it, and builders that keep a node for each
 * field and none of them in that of the type. Of such nodes only the directives are true; what a field is, the schema knows.
 */
function partsOfCode(type: GraphQLNamedType, written: readonly DefinitionNode[]): readonly DefinitionNode[] {
  const printed = () => partsOf(parse(printType(type), { noLocation: true }).definitions[0]);
  const parts = missingIn(madeIn(type), written.flatMap(partsOf), printed);
  if (parts.length === 0) return [];
  const key = isEnumType(type) ? 'values' : 'fields';
  return [{ kind: extensionOf(type), name: { kind: Kind.NAME, value: type.name }, [key]: parts } as DefinitionNode];
}

function madeIn(type: GraphQLNamedType): readonly Made[] {
  if ('getFields' in type) return Object.values<Made>(type.getFields());
  return isEnumType(type) ? type.getValues() : [];
}

/** What was made and is not written, or has directives that are not; with those directives only. */
function missingIn(
  made: readonly Made[],
  written: readonly Written[],
  printed: () => readonly Written[],
): readonly Written[] {
  return made.flatMap((part): readonly Written[] => {
    const printedPart = () => printed().find(({ name }) => name.value === part.name);
    const own = written.filter(({ name }) => name.value === part.name);
    const known = new Set(own.flatMap(({ directives = [] }) => directives.map(print)));
    const directives = (part.astNode?.directives ?? []).filter((directive) => !known.has(print(directive)));
    const ownArguments = own.flatMap((one) => one.arguments ?? []);
    const args = missingIn(part.args ?? [], ownArguments, () => printedPart()?.arguments ?? []);
    if (own.length > 0 && directives.length === 0 && args.length === 0) return [];
    const node = printedPart();
    return node === undefined ? [] : [{ ...node, directives, ...(part.args !== undefined && { arguments: args }) }];
  });
}

function partsOf(node: DefinitionNode | undefined): readonly Written[] {
  if (node === undefined) return [];
  if ('fields' in node) return node.fields ?? [];
  return 'values' in node ? (node.values ?? []) : [];
}

function extensionOf(type: GraphQLNamedType): Kind {
  if (isObjectType(type)) return Kind.OBJECT_TYPE_EXTENSION;
  if (isEnumType(type)) return Kind.ENUM_TYPE_EXTENSION;
  return isInterfaceType(type) ? Kind.INTERFACE_TYPE_EXTENSION : Kind.INPUT_OBJECT_TYPE_EXTENSION;
}
