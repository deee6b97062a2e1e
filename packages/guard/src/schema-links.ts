import { type ConstDirectiveNode, type GraphQLSchema, Kind, type StringValueNode, valueFromASTUntyped } from 'graphql';

/** One `@link` of a schema. */
export interface SchemaLink {
  /** The url without its version. */
  readonly identity: string;
  /** `v1.0`; empty when the url has none. */
  readonly version: string;
  /** What is imported: its name in the specification and its name here, which `as` can make another one. */
  readonly imports: readonly { readonly name: string; readonly as: string }[];
}

export const federationIdentity = 'https://specs.apollo.dev/federation';

/** Every directive on the schema itself, on its definition and on its extensions. */
export function schemaDirectives(schema: GraphQLSchema): readonly ConstDirectiveNode[] {
  const nodes = schema.astNode ? [schema.astNode, ...schema.extensionASTNodes] : schema.extensionASTNodes;
  return nodes.flatMap(({ directives }) => directives ?? []);
}

export function readLinks(schema: GraphQLSchema): readonly SchemaLink[] {
  return schemaDirectives(schema)
    .filter(({ name }) => name.value === 'link')
    .map(readLink);
}

/** The name that one of federation's directives has in this schema, without `@`. */
export function federationName(links: readonly SchemaLink[], directive: string): string {
  const link = links.find(({ identity }) => identity === federationIdentity);
  // Federation 1 links nothing, and its directives have their own names.
  if (link === undefined) return directive;
  const imported = link.imports.find(({ name }) => name === `@${directive}`);
  return imported === undefined ? `federation__${directive}` : imported.as.slice(1);
}

export function stringArgument(node: ConstDirectiveNode, wanted: string): string | undefined {
  const value = node.arguments?.find(({ name }) => name.value === wanted)?.value;
  return value?.kind === Kind.STRING ? (value satisfies StringValueNode).value : undefined;
}

function readLink(node: ConstDirectiveNode): SchemaLink {
  const url = (stringArgument(node, 'url') ?? '').replace(/\/+$/, '');
  const [, identity = url, version = ''] = /^(.*)\/(v\d+\.\d+)$/.exec(url) ?? [];
  const written = node.arguments?.find(({ name }) => name.value === 'import')?.value;
  const imports: unknown = written === undefined ? [] : valueFromASTUntyped(written);
  return { identity, version, imports: (Array.isArray(imports) ? imports : [imports]).flatMap(readImport) };
}

function readImport(value: unknown): SchemaLink['imports'] {
  if (typeof value === 'string') return [{ name: value, as: value }];
  if (typeof value !== 'object' || value === null) return [];
  const name: unknown = Reflect.get(value, 'name');
  const as: unknown = Reflect.get(value, 'as') ?? name;
  return typeof name === 'string' && typeof as === 'string' ? [{ name, as }] : [];
}
