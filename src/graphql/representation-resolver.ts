import type { GraphQLError, GraphQLResolveInfo } from 'graphql';
import { isRecord } from '../base/canonical-json.ts';
import { didYouMean, nearestName } from '../base/did-you-mean.ts';
import { quote } from '../base/text-problem.ts';
import { zip } from '../base/zip.ts';
import { makeObjectRef } from '../model/object-ref.ts';
import { type DecidedPermissions, decidePermissions, type PermissionsQuestion } from './decided-permissions.ts';
import type { EntityBinding, PermissionField } from './entity-binding.ts';
import type { EntityParent } from './entity-parent.ts';
import { badInput } from './errors.ts';
import type { RequestContext } from './request-context.ts';
import { permissionsOfEntity } from './selected-permissions.ts';

type Parent = EntityParent | GraphQLError;
type Bindings = ReadonlyMap<unknown, EntityBinding>;

/**
 * `Query._entities`. A representation that points to no bound entity is an error at its own place; the others answer. What the
 * answer has of their permissions is decided before the first is handed out, so that it waits at none of them.
 */
export function representationResolver(bindings: readonly EntityBinding[]) {
  const bindingByName = new Map(bindings.map((binding) => [binding.name, binding]));
  return async (
    _query: unknown,
    { representations }: { readonly representations: readonly unknown[] },
    { viewer, decisions }: RequestContext,
    info: GraphQLResolveInfo,
  ): Promise<readonly (Parent | Promise<Parent>)[]> => {
    const parents = entityParentsOf(representations, bindingByName);
    if (viewer === null) return decisions.handOut(parents);
    const selected = selectedOf(info);
    const decided = await decidePermissions(
      decisions,
      parents.map((parent) => questionOf(parent, bindingByName, selected)),
    );
    return decisions.handOut(zip(parents, decided).map(([parent, found]) => withDecided(parent, found)));
  };
}

/** Nothing where the key is no id: `permissions` says so at its place. */
function questionOf(
  parent: Parent,
  bindings: Bindings,
  selected: (binding: EntityBinding) => readonly PermissionField[],
): PermissionsQuestion | undefined {
  const binding = 'id' in parent ? bindings.get(parent.__typename) : undefined;
  const object = binding && 'id' in parent ? makeObjectRef(binding.type, parent.id) : undefined;
  return binding && object?.ok ? { object: object.value, permissions: selected(binding) } : undefined;
}

function withDecided(parent: Parent, decided: DecidedPermissions | undefined): Parent {
  return 'id' in parent && decided !== undefined ? { ...parent, decided } : parent;
}

/** What is selected of an entity, found once for all representations of its type. */
function selectedOf(info: GraphQLResolveInfo): (binding: EntityBinding) => readonly PermissionField[] {
  const known = new Map<EntityBinding, readonly PermissionField[]>();
  return (binding) => {
    const fields = known.get(binding) ?? permissionsOfEntity(info, info.fieldNodes, binding);
    known.set(binding, fields);
    return fields;
  };
}

/** Wrong representations of a request that are told the nearest name: people send few, and whoever sends thousands reads none. */
const mostHints = 10;

function entityParentsOf(representations: readonly unknown[], bindingByName: Bindings): readonly Parent[] {
  let wrong = 0;
  return representations.map((representation) => {
    const parent = entityParentOf(representation, bindingByName, wrong < mostHints);
    if (!('id' in parent)) wrong += 1;
    return parent;
  });
}

/** Everything but the key that a representation may carry is ignored. */
function entityParentOf(representation: unknown, bindingByName: Bindings, isHinted: boolean): Parent {
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

function unknownEntity(name: unknown, bindings: Bindings): string {
  if (typeof name !== 'string') return 'A representation names no entity in "__typename".';
  const names = Array.from(bindings.values(), (binding) => binding.name);
  return `A representation names ${quote(name)} in "__typename", which is no entity of this subgraph.${didYouMean(name, names)}`;
}
