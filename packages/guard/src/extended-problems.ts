import type { GraphQLNamedType, GraphQLSchema } from 'graphql';
import { directiveName } from './requires-permission.ts';

interface Written {
  readonly directives?: readonly { readonly name: { readonly value: string } }[] | undefined;
}

/** Code can carry directives besides the nodes of a schema's text; nobody reads guards there, so none may be only there. */
export function extendedProblems(schema: GraphQLSchema): readonly string[] {
  return Object.values(schema.getTypeMap()).flatMap(inExtensions);
}

/** Also where no guard can be: what is only there is told by no other rule. */
function inExtensions(type: GraphQLNamedType): readonly string[] {
  const written = [type.astNode, ...type.extensionASTNodes];
  const fields: readonly Extended[] =
    'getFields' in type ? Object.values(type.getFields()) : 'getValues' in type ? type.getValues() : [];
  return [
    ...onlyExtended(type.name, type.extensions.directives, written),
    ...fields.flatMap((field) => inField(`${type.name}.${field.name}`, field)),
  ];
}

/** A field, or one of its arguments. */
interface Extended {
  readonly name: string;
  readonly extensions: { readonly directives?: unknown };
  readonly astNode?: Written | null | undefined;
  readonly args?: readonly Extended[];
}

function inField(coordinate: string, { extensions, astNode, args = [] }: Extended): readonly string[] {
  const inArguments = args.flatMap((arg) => inField(`${coordinate}(${arg.name}:)`, arg));
  return [...onlyExtended(coordinate, extensions.directives, [astNode]), ...inArguments];
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
