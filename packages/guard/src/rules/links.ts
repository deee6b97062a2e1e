import { type ConstDirectiveNode, type ConstValueNode, type DocumentNode, Kind } from 'graphql';

/** One `@link` of a schema: a specification, and what is taken from it. */
export interface Link {
  readonly node: ConstDirectiveNode;
  /** The URL without its version. */
  readonly identity: string;
  /** `1` of `v1.0`; undefined when the URL names none. */
  readonly major: number | undefined;
  /** `0` of `v1.0`. */
  readonly minor: number | undefined;
  /** `as:`, the prefix of what is not imported. */
  readonly alias: string | undefined;
  readonly imports: readonly LinkImport[];
}

export interface LinkImport {
  /** `@key` */
  readonly name: string;
  /** What it is called here: `@key`, or what `as` says. */
  readonly as: string;
  readonly node: ConstValueNode;
}

export const federationIdentity = 'https://specs.apollo.dev/federation';

export function readLinks(document: DocumentNode): readonly Link[] {
  return schemaDirectives(document, 'link').flatMap((node) => {
    const url = stringArgument(node, 'url');
    if (url === undefined) return [];
    const [, identity = url.replace(/\/$/, ''), major, minor] = /^(.*)\/v(\d+)\.(\d+)\/?$/.exec(url) ?? [];
    const imports = argument(node, 'import');
    return {
      node,
      identity,
      major: major === undefined ? undefined : Number(major),
      minor: minor === undefined ? undefined : Number(minor),
      alias: stringArgument(node, 'as'),
      imports: imports?.kind === Kind.LIST ? imports.values.flatMap(readImport) : [],
    };
  });
}

/** The directives of this name on `schema` and on its extensions. */
export function schemaDirectives(document: DocumentNode, name: string): readonly ConstDirectiveNode[] {
  return document.definitions.flatMap((definition) => {
    const isSchema = definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION;
    return isSchema ? (definition.directives ?? []).filter((directive) => directive.name.value === name) : [];
  });
}

export function argument(node: ConstDirectiveNode, name: string): ConstValueNode | undefined {
  return node.arguments?.find((given) => given.name.value === name)?.value;
}

export function stringArgument(node: ConstDirectiveNode, name: string): string | undefined {
  const value = argument(node, name);
  return value?.kind === Kind.STRING ? value.value : undefined;
}

function readImport(node: ConstValueNode): readonly LinkImport[] {
  if (node.kind === Kind.STRING) return [{ name: node.value, as: node.value, node }];
  if (node.kind !== Kind.OBJECT) return [];
  const field = (name: string) => {
    const value = node.fields.find((given) => given.name.value === name)?.value;
    return value?.kind === Kind.STRING ? value.value : undefined;
  };
  const name = field('name');
  return name === undefined ? [] : [{ name, as: field('as') ?? name, node }];
}
