import { type FieldNode, type GraphQLResolveInfo, isObjectType } from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields.js';
import type { EntityBinding, PermissionField } from './entity-binding.ts';

type Selecting = Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'variableValues'>;

/**
 * The permissions that an answer will have of an entity, each once, by the field nodes that select the entity: found as the
 * executor itself finds its fields, with fragments, aliases, `@skip` and `@include`.
 */
export function permissionsOfEntity(
  info: Selecting,
  nodes: readonly FieldNode[],
  binding: EntityBinding,
): readonly PermissionField[] {
  const ofEntity = subfieldsOf(info, nodes, binding.name);
  const selecting = ofEntity.filter(([node]) => node?.name.value === 'permissions').flat();
  return selecting.length === 0 ? [] : selectedPermissions(info, selecting, binding);
}

/** The same by the field nodes that select its `permissions`. */
export function selectedPermissions(
  info: Selecting,
  nodes: readonly FieldNode[],
  { name, permissions }: EntityBinding,
): readonly PermissionField[] {
  const selected = new Set(subfieldsOf(info, nodes, `${name}Permissions`).map(([node]) => node?.name.value));
  return permissions.filter(({ field }) => selected.has(field));
}

/** The nodes of each field of the answer. */
function subfieldsOf({ schema, fragments, variableValues }: Selecting, nodes: readonly FieldNode[], typeName: string) {
  const type = schema.getType(typeName);
  return isObjectType(type) ? [...collectSubfields(schema, fragments, variableValues, type, nodes).values()] : [];
}
