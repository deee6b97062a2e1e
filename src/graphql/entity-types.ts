import type { GraphQLError, GraphQLFieldResolver } from 'graphql';
import { isRecord } from '../base/canonical-json.ts';
import { didYouMean, nearestName } from '../base/did-you-mean.ts';
import { quote } from '../base/text-problem.ts';
import { makeObjectRef, type ObjectRef } from '../model/object-ref.ts';
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
  readonly __typename: string;
  readonly id: string;
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

/** `Query._entities`. A representation that points to no bound entity is an error at its own place; the others answer. */
export function representationResolver(bindings: readonly EntityBinding[]) {
  const bindingByName = new Map(bindings.map((binding) => [binding.name, binding]));
  return (
    _query: unknown,
    { representations }: { readonly representations: readonly unknown[] },
    { decisions }: RequestContext,
  ): readonly (EntityParent | GraphQLError | Promise<EntityParent | GraphQLError>)[] =>
    decisions.handOut(entityParentsOf(representations, bindingByName));
}

/** Wrong representations of a request that are told the nearest name: people send few, and whoever sends thousands reads none. */
const mostHints = 10;

function entityParentsOf(
  representations: readonly unknown[],
  bindingByName: ReadonlyMap<unknown, EntityBinding>,
): readonly (EntityParent | GraphQLError)[] {
  let wrong = 0;
  return representations.map((representation) => {
    const parent = entityParentOf(representation, bindingByName, wrong < mostHints);
    if (!('id' in parent)) wrong += 1;
    return parent;
  });
}

/** Everything but the key that a representation may carry is ignored. */
function entityParentOf(
  representation: unknown,
  bindingByName: ReadonlyMap<unknown, EntityBinding>,
  isHinted: boolean,
): EntityParent | GraphQLError {
  const fields = isRecord(representation) ? representation : {};
  const binding = bindingByName.get(fields.__typename);
  if (binding === undefined) return badInput(unknownEntity(fields.__typename, isHinted ? bindingByName : new Map()));
  const id = fields[binding.key];
  if (typeof id === 'string') return { __typename: binding.name, id };
  if (Number.isSafeInteger(id)) return { __typename: binding.name, id: String(id) };
  const others = Object.keys(fields).filter((name) => name !== '__typename');
  const near = isHinted ? others.find((name) => nearestName(name, [binding.key]) !== undefined) : undefined;
  const instead = near === undefined ? '' : `, but ${quote(near)}`;
  return badInput(`A representation of ${quote(binding.name)} has no key ${quote(binding.key)}${instead}.`);
}

function unknownEntity(name: unknown, bindings: ReadonlyMap<unknown, EntityBinding>): string {
  if (typeof name !== 'string') return 'A representation names no entity in "__typename".';
  const names = Array.from(bindings.values(), (binding) => binding.name);
  return `A representation names ${quote(name)} in "__typename", which is no entity of this subgraph.${didYouMean(name, names)}`;
}

function entityResolver({ key, type }: EntityBinding) {
  const keyField: Resolver<EntityParent> = ({ id }) => id;
  const permissions: Resolver<EntityParent> = ({ id }, _args, { viewer }) => {
    if (viewer === null) return null;
    const object = makeObjectRef(type, id);
    if (!object.ok) throw badInput(object.problem);
    return object.value;
  };
  return { [key]: keyField, permissions };
}

function permissionResolvers({ permissions }: EntityBinding) {
  const resolverOf =
    ({ permission }: PermissionField): Resolver<ObjectRef> =>
    async (object, _args, { decisions }) => {
      const decision = await decisions.load({ permission, object });
      if (decision.kind === 'undecided') throw problemError(decision.problem);
      return decision.kind === 'allowed';
    };
  return Object.fromEntries(permissions.map((permission) => [permission.field, resolverOf(permission)]));
}
