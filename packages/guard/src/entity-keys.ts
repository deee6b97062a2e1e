import {
  type ConstDirectiveNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  parse,
} from 'graphql';
import { federationName, readLinks, stringArgument } from './schema-links.ts';

/** The keys of the entities of one schema. */
export interface EntityKeys {
  /** The fields that any key of the type selects at its top. */
  fieldsOf(type: GraphQLObjectType): ReadonlySet<string>;
  /** The one field that is the only key of the type; undefined when it has none, several, or a compound one. */
  singleFieldOf(type: GraphQLObjectType): string | undefined;
}

export function readEntityKeys(schema: GraphQLSchema): EntityKeys {
  const name = federationName(readLinks(schema), 'key');
  const keysOf = (type: GraphQLObjectType) =>
    directivesOf(type)
      .filter((node) => node.name.value === name)
      .map((node) => readFieldSet(stringArgument(node, 'fields') ?? ''));
  return {
    fieldsOf: (type) =>
      new Set(
        keysOf(type)
          .flat()
          .map((field) => field.name),
      ),
    singleFieldOf: (type) => {
      const [key, ...otherKeys] = keysOf(type);
      const [field, ...otherFields] = key ?? [];
      return field?.isLeaf && otherKeys.length === 0 && otherFields.length === 0 ? field.name : undefined;
    },
  };
}

/** Every directive of a type, on its definition and on its extensions. */
export function directivesOf(type: GraphQLNamedType): readonly ConstDirectiveNode[] {
  const nodes = type.astNode ? [type.astNode, ...type.extensionASTNodes] : type.extensionASTNodes;
  return nodes.flatMap(({ directives }) => directives ?? []);
}

interface KeyField {
  readonly name: string;
  readonly isLeaf: boolean;
}

/** A field set is what stands between the braces of a query. */
function readFieldSet(fields: string): readonly KeyField[] {
  try {
    const [definition] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
    if (definition?.kind !== Kind.OPERATION_DEFINITION) return [];
    return definition.selectionSet.selections.flatMap((selection) =>
      selection.kind === Kind.FIELD && selection.name.value !== '__typename'
        ? [{ name: selection.name.value, isLeaf: selection.selectionSet === undefined }]
        : [],
    );
  } catch {
    return [];
  }
}
