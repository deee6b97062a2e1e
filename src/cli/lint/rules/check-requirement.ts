import { directiveName } from '#guard/directive.ts';
import { didYouMean } from '../../../base/did-you-mean.ts';
import { quote } from '../../../base/text-problem.ts';
import { findType, type Model, permissionsOf, type TypeDefinition } from '../../../model/model.ts';
import { isPermissionName } from '../../../model/names.ts';
import { parseObjectRef } from '../../../model/object-ref.ts';
import { type Finding, finding, placeOf } from '../finding.ts';
import type { Graph } from '../graph.ts';
import { coordinateOf, type Guard, objectText, ownerOf } from '../guard.ts';

/** Whether the model can answer what the guards ask. */
export function checkRequirements({ guards, malformed }: Graph, model: Model): readonly Finding[] {
  return [
    ...malformed.map(({ subgraph, node, problem }) =>
      finding('malformed-directive', placeOf(subgraph.file, node), problem),
    ),
    ...guards.flatMap((guard) => checkRequirement(guard, model)),
  ];
}

function checkRequirement(guard: Guard, model: Model): readonly Finding[] {
  const { object, subgraph, requirement } = guard;
  const place = placeOf(subgraph.file, requirement.node);
  // A filter of what is no list has a finding of its own.
  if (object === undefined && ownerOf(guard) === undefined) return [];
  if (object === undefined) return [finding('missing-object', place, missingObject(guard))];
  const wrongId = object.kind === 'literal' ? parseObjectRef(objectText(guard)) : undefined;
  if (wrongId?.ok === false) return [finding('malformed-directive', place, wrongId.problem)];
  const type = findType(model, object.type);
  if (type.ok) return checkPermission(guard, type.value, model);
  const hint =
    requirement.object === undefined && object.kind === 'this'
      ? ` Write object: "<type>:{$this.${object.path.join('.')}}", or name "${ownerOf(guard)?.name}" in POSTERN_ENTITIES.`
      : '';
  const message = `The model has no type ${quote(object.type)}.${didYouMean(object.type, model.types.keys())}${hint}`;
  return [finding('unknown-type', place, message)];
}

function checkPermission(
  { subgraph, requirement: { permission, node } }: Guard,
  type: TypeDefinition,
  model: Model,
): readonly Finding[] {
  const place = placeOf(subgraph.file, node);
  if (type.relations.has(permission)) {
    if (isPermissionName(permission)) return [];
    const message = `${quote(permission)} of ${quote(type.name)} is a relation, not a permission; define a "can_*" that says what may be done.`;
    return [finding('not-a-permission', place, message)];
  }
  const names = permissionsOf(type).map(({ name }) => name);
  const hint = didYouMean(permission, names);
  const others = [...model.types.values()].filter(({ relations }) => relations.has(permission));
  const message = `The type ${quote(type.name)} has no permission ${quote(permission)}.`;
  if (others.length === 0) return [finding('unknown-permission', place, message + (hint || oneOf(names)))];
  const owners = others.map(({ name }) => quote(name)).join(', ');
  const fix = hint || ` It is one of ${owners}: write such an object, or a permission of ${quote(type.name)}.`;
  return [finding('permission-of-another-type', place, message + fix)];
}

function oneOf(names: readonly string[]): string {
  return names.length === 0 ? ' It has no permissions.' : ` It has ${names.map(quote).join(', ')}.`;
}

function missingObject(guard: Guard): string {
  const type = ownerOf(guard) ?? guard.type;
  const { permission } = guard.requirement;
  const what = `@${directiveName}(permission: ${quote(permission)}) on "${coordinateOf(guard)}" needs an object`;
  return type.isRoot
    ? `${what}; write object: "<type>:{$args.id}", or one such as "platform:main".`
    : `${what}, as "${type.name}" has no single @key of one field; write object: "<type>:{$this.<field>}".`;
}
