import { type GraphQLNamedType, type GraphQLSchema, isObjectType } from 'graphql';
import { directiveName } from './requires-permission.ts';

interface Written {
  readonly directives?: readonly { readonly name: { readonly value: string } }[] | undefined;
}

/** Code can carry directives besides the nodes of a schema's text; nobody reads guards there, so none may be only there. */
export function extendedProblems(schema: GraphQLSchema): readonly string[] {
  return Object.values(schema.getTypeMap()).flatMap(inExtensions);
}

function inExtensions(type: GraphQLNamedType): readonly string[] {
  if (!isObjectType(type)) return [];
  const fields = Object.values(type.getFields()).flatMap(({ name, extensions, astNode }) =>
    onlyExtended(`${type.name}.${name}`, extensions.directives, [astNode]),
  );
  return [...onlyExtended(type.name, type.extensions.directives, [type.astNode, ...type.extensionASTNodes]), ...fields];
}

function onlyExtended(
  coordinate: string,
  directives: unknown,
  nodes: readonly (Written | null | undefined)[],
): readonly string[] {
  if (!isExtended(directives) || nodes.some(isGuarded)) return [];
  const fix = 'print the schema with its directives, and build it from that';
  return [`${coordinate}: @${directiveName} is in its extensions only, where it guards nothing; ${fix}.`];
}

/** Either by name, or a list of what has a name. */
function isExtended(directives: unknown): boolean {
  if (typeof directives !== 'object' || directives === null) return false;
  if (!Array.isArray(directives)) return Object.hasOwn(directives, directiveName);
  return directives.some(
    (one: unknown) => typeof one === 'object' && one !== null && Reflect.get(one, 'name') === directiveName,
  );
}

function isGuarded(node: Written | null | undefined): boolean {
  return (node?.directives ?? []).some(({ name }) => name.value === directiveName);
}
