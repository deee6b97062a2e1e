import type { GraphQLFieldResolver } from 'graphql';
import { makeObjectRef } from '../model/object-ref.ts';
import { type DecidedPermissions, decidePermissions } from './decided-permissions.ts';
import type { EntityBinding, PermissionField } from './entity-binding.ts';
import type { EntityParent } from './entity-parent.ts';
import { badInput, problemError } from './errors.ts';
import type { RequestContext } from './request-context.ts';
import { selectedPermissions } from './selected-permissions.ts';

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
  What the viewer may do with it, from one committed state for all entities that are asked together. Null when the request is
  anonymous, and when the answer cannot be given: then an error says why, and the rest of the page still renders.
  """
  permissions: ${name}Permissions
}

"What the viewer may do with a \`${name}\`. Errors: \`MISSING_CONTEXT\`, \`AUTHORIZATION_UNAVAILABLE\`, \`BAD_USER_INPUT\`."
type ${name}Permissions {
${fields.join('\n')}
}
`;
}

type Resolver<Parent> = GraphQLFieldResolver<Parent, RequestContext>;

/** The resolvers of the bound entities, by type name. */
export function entityResolvers(bindings: readonly EntityBinding[]) {
  return Object.fromEntries(
    bindings.flatMap((binding) => [
      [binding.name, entityResolver(binding)],
      [`${binding.name}Permissions`, permissionResolvers(binding)],
    ]),
  );
}

function entityResolver(binding: EntityBinding) {
  const keyField: Resolver<EntityParent> = ({ id }) => id;
  const permissions: Resolver<EntityParent> = ({ id, decided, ...parent }, _args, { viewer, ...request }, info) => {
    if (viewer === null) return null;
    if (decided !== undefined) return decided;
    const object = makeObjectRef(binding.type, id);
    if (!object.ok) throw badInput(object.problem);
    const selected = selectedPermissions(info, info.fieldNodes, binding);
    const { decisions = request.decisions } = parent;
    return decidePermissions(decisions, [{ object: object.value, permissions: selected }]).then(([only]) => only);
  };
  return { [binding.key]: keyField, permissions };
}

function permissionResolvers({ permissions }: EntityBinding) {
  const resolverOf =
    ({ permission }: PermissionField): Resolver<DecidedPermissions> =>
    (decided) => {
      const decision = decided.of(permission);
      if (decision.kind === 'undecided') throw problemError(decision.problem);
      return decision.kind === 'allowed';
    };
  return Object.fromEntries(permissions.map((permission) => [permission.field, resolverOf(permission)]));
}
