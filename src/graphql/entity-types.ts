import type { GraphQLFieldResolver } from 'graphql';
import { makeObjectRef } from '../model/object-ref.ts';
import type { EntityBinding, PermissionField } from './entity-binding.ts';
import { badInput, problemError } from './errors.ts';
import type { RequestContext } from './request-context.ts';

/** The SDL of the bound entities: a stub with the key, its permissions, and what each of them is called in the model. */
export function printEntityTypes(bindings: readonly EntityBinding[]): string {
  return bindings.map(printEntityType).join('\n');
}

function printEntityType({ type, name, key, permissions }: EntityBinding): string {
  const fields = permissions.map(
    ({ field, permission }) =>
      `  "Whether the viewer has the permission \`${permission}\` on this \`${type}\`."\n  ${field}: Boolean!`,
  );
  return `
"An object of the type \`${type}\` of the authorization model; other subgraphs know more about it."
type ${name} @key(fields: "${key}") {
  "The id of the object \`${type}:<id>\`."
  ${key}: ID!
  """
  What the viewer may do with it, from one committed state for the whole request. Null when the request is anonymous,
  and when the answer cannot be given: then an error says why, and the rest of the page still renders.
  """
  permissions: ${name}Permissions
}

"What the viewer may do with a \`${name}\`. Errors: \`MISSING_CONTEXT\`, \`AUTHORIZATION_UNAVAILABLE\`, \`BAD_USER_INPUT\`."
type ${name}Permissions {
${fields.join('\n')}
}
`;
}

/** An entity on its way through the resolvers: a pointer, never data. */
interface EntityParent {
  readonly id: unknown;
}

type EntityResolver = GraphQLFieldResolver<EntityParent, RequestContext>;

/** The resolvers of the bound entities, by type name. */
export function entityResolvers(bindings: readonly EntityBinding[]) {
  return Object.fromEntries(
    bindings.flatMap((binding) => [
      [binding.name, entityResolver(binding)],
      [`${binding.name}Permissions`, permissionResolvers(binding)],
    ]),
  );
}

function entityResolver({ key, name }: EntityBinding) {
  const keyField: EntityResolver = (parent) => parent.id;
  const permissions: EntityResolver = (parent, _args, { viewer }) => (viewer === null ? null : parent);
  return {
    // A representation is a pointer: everything but the key that it may carry is ignored.
    __resolveReference: (representation: Readonly<Record<string, unknown>>): EntityParent & { __typename: string } => ({
      __typename: name,
      id: representation[key],
    }),
    [key]: keyField,
    permissions,
  };
}

function permissionResolvers({ type, permissions }: EntityBinding) {
  const resolverOf =
    ({ permission }: PermissionField): EntityResolver =>
    async ({ id }, _args, { decisions }) => {
      const object = typeof id === 'string' || typeof id === 'number' ? makeObjectRef(type, String(id)) : undefined;
      if (object === undefined) throw badInput(`The key of an object of the type "${type}" is missing.`);
      if (!object.ok) throw badInput(object.problem);
      const decision = await decisions.load({ permission, object: object.value });
      if (decision.kind === 'undecided') throw problemError(decision.problem);
      return decision.kind === 'allowed';
    };
  return Object.fromEntries(permissions.map((permission) => [permission.field, resolverOf(permission)]));
}
