import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { directivesOf } from './entity-keys.ts';
import { directiveName } from './requires-permission.ts';

interface Written {
  readonly directives?: readonly { readonly name: { readonly value: string } }[] | undefined;
}

/** Sentences about directives that stand where no guard can work. */
export function misplacedProblems(schema: GraphQLSchema): readonly string[] {
  return Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => [...onType(type), ...within(type), ...inExtensions(type)]);
}

/** Code can carry directives besides the nodes of a schema's text; nobody reads guards there, so none may be only there. */
function inExtensions(type: GraphQLNamedType): readonly string[] {
  if (!isObjectType(type)) return [];
  const fields = Object.values(type.getFields()).flatMap(({ name, extensions, astNode }) =>
    onlyExtended(`${type.name}.${name}`, extensions.directives, astNode),
  );
  return [...onlyExtended(type.name, type.extensions.directives, { directives: directivesOf(type) }), ...fields];
}

function onlyExtended(coordinate: string, directives: unknown, node: Written | null | undefined): readonly string[] {
  if (!isExtended(directives) || isGuarded(node)) return [];
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

function onType(type: GraphQLNamedType): readonly string[] {
  if (isObjectType(type) || !isGuarded({ directives: directivesOf(type) })) return [];
  return [sentence(type.name, isInterfaceType(type) ? 'an interface' : 'this kind of type')];
}

function within(type: GraphQLNamedType): readonly string[] {
  if (isInterfaceType(type)) return guardedOf(type, type.getFields(), 'a field of an interface');
  if (isInputObjectType(type)) return guardedOf(type, type.getFields(), 'an input field');
  if (isEnumType(type)) {
    const values = type.getValues().filter(({ astNode }) => isGuarded(astNode));
    return values.map(({ name }) => sentence(`${type.name}.${name}`, 'a value of an enum'));
  }
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) =>
    field.args
      .filter(({ astNode }) => isGuarded(astNode))
      .map(({ name }) => sentence(`${type.name}.${field.name}(${name}:)`, 'an argument')),
  );
}

function guardedOf(
  type: GraphQLNamedType,
  fields: Readonly<Record<string, { readonly name: string; readonly astNode?: Written | null | undefined }>>,
  kind: string,
): readonly string[] {
  const guarded = Object.values(fields).filter(({ astNode }) => isGuarded(astNode));
  return guarded.map(({ name }) => sentence(`${type.name}.${name}`, kind));
}

function isGuarded(node: Written | null | undefined): boolean {
  return (node?.directives ?? []).some(({ name }) => name.value === directiveName);
}

function sentence(coordinate: string, kind: string): string {
  return `${coordinate}: @${directiveName} on ${kind} guards nothing; write it on the object types or on their fields.`;
}
