import { ownerOf } from '#guard/rules';
import { didYouMean } from '../../../base/did-you-mean.ts';
import { quote } from '../../../base/text-problem.ts';
import { findType, type Model, permissionsOf, type TypeDefinition } from '../../../model/model.ts';
import { isPermissionName } from '../../../model/names.ts';
import { type Finding, finding, locationOf } from '../finding.ts';
import type { Graph } from '../graph.ts';
import type { Guard } from '../guard.ts';

/** Whether the model can answer what the guards ask. */
export function checkRequirements({ guards, inputs }: Graph, model: Model): readonly Finding[] {
  return [...guards, ...inputs].flatMap((guard) => checkRequirement(guard, model));
}

function checkRequirement(guard: Guard, model: Model): readonly Finding[] {
  const { object, subgraph, requirement } = guard;
  const location = locationOf(subgraph.file, requirement.node);
  // A guard that is about nothing has a finding of its own.
  if (object === undefined) return [];
  const type = findType(model, object.type);
  if (type.ok) return checkPermission(guard, type.value, model);
  const hint =
    requirement.object === undefined && object.kind === 'this'
      ? ` Write object: "<type>:{$this.${object.path.join('.')}}", or name "${ownerOf(guard)?.name}" in POSTERN_ENTITIES.`
      : '';
  const message = `The model has no type ${quote(object.type)}.${didYouMean(object.type, model.types.keys())}${hint}`;
  return [finding('unknown-type', location, message)];
}

function checkPermission(
  { subgraph, requirement: { permission, node } }: Guard,
  type: TypeDefinition,
  model: Model,
): readonly Finding[] {
  const location = locationOf(subgraph.file, node);
  if (type.relations.has(permission)) {
    if (isPermissionName(permission)) return [];
    const message = `${quote(permission)} of ${quote(type.name)} is a relation, not a permission; define a "can_*" that says what may be done.`;
    return [finding('not-a-permission', location, message)];
  }
  const names = permissionsOf(type).map(({ name }) => name);
  const hint = didYouMean(permission, names);
  const others = [...model.types.values()].filter(({ relations }) => relations.has(permission));
  const message = `The type ${quote(type.name)} has no permission ${quote(permission)}.`;
  if (others.length === 0) return [finding('unknown-permission', location, message + (hint || oneOf(names)))];
  const owners = others.map(({ name }) => quote(name)).join(', ');
  const fix = hint || ` It is one of ${owners}: write such an object, or a permission of ${quote(type.name)}.`;
  return [finding('permission-of-another-type', location, message + fix)];
}

function oneOf(names: readonly string[]): string {
  return names.length === 0 ? ' It has no permissions.' : ` It has ${names.map(quote).join(', ')}.`;
}
