import type { ConstDirectiveNode } from 'graphql';
import { modelTypeOf, type TypeNames } from '../model-type-of.ts';
import { formatObjectTemplate, type ObjectTemplate } from '../object-template.ts';
import { directiveName, type RequiresPermission, readRequiresPermission } from '../requires-permission.ts';
import { isKeyField, singleKeyOf } from './field-set.ts';
import { type Field, type GraphType, itemTypeName, type Subgraph } from './subgraph.ts';

/** One `@requiresPermission`: on an object type, on one of its fields, or on something that callers give. */
export interface WrittenGuard<Of extends Subgraph = Subgraph> {
  readonly subgraph: Of;
  readonly type: GraphType;
  /** Undefined on a type: then it guards every field but the key. Of an input, its field; of an enum, its value. */
  readonly field: Field | undefined;
  /** The argument of the field, where that is guarded and not the field. */
  readonly argument?: string | undefined;
  readonly requirement: RequiresPermission;
  /** The object that is checked; undefined when none is given and none follows. */
  readonly object: ObjectTemplate | undefined;
}

/** An application of the directive that cannot be read. */
export interface MalformedGuard<Of extends Subgraph = Subgraph> {
  readonly subgraph: Of;
  readonly coordinate: string;
  readonly node: ConstDirectiveNode;
  readonly problem: string;
}

export interface ReadGuards<Of extends Subgraph = Subgraph> {
  /** On objects and their fields. */
  readonly guards: readonly WrittenGuard<Of>[];
  /** On what callers give: arguments, fields of inputs, values of enums. They hold for each field that takes it. */
  readonly inputs: readonly WrittenGuard<Of>[];
  readonly malformed: readonly MalformedGuard<Of>[];
}

/** Every guard of a subgraph that is where one can be. */
export function readGuards<Of extends Subgraph>(subgraph: Of, typeNames: TypeNames): ReadGuards<Of> {
  const guards: WrittenGuard<Of>[] = [];
  const inputs: WrittenGuard<Of>[] = [];
  const malformed: MalformedGuard<Of>[] = [];
  const read = (place: Place, { directives = [] }: Directed, into: WrittenGuard<Of>[]) => {
    for (const node of directives.filter(({ name }) => name.value === directiveName)) {
      for (const requirement of readRequiresPermission([node])) {
        const coordinate = coordinateOf(place);
        if (!requirement.ok) malformed.push({ subgraph, coordinate, node, problem: requirement.problem });
        else into.push(makeGuard({ subgraph, ...place, requirement: requirement.value }, typeNames));
      }
    }
  };
  for (const type of subgraph.types.values()) {
    if (type.kind === 'object') read({ type, field: undefined }, type, guards);
    for (const field of type.fields.values()) {
      if (type.kind === 'object') read({ type, field }, field, guards);
      if (type.kind === 'input' || type.kind === 'enum') read({ type, field }, field, inputs);
      if (type.kind !== 'object') continue;
      for (const [argument, node] of field.arguments) read({ type, field, argument }, node, inputs);
    }
  }
  return { guards, inputs, malformed };
}

type Place = Pick<WrittenGuard, 'type' | 'field' | 'argument'>;

interface Directed {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/** The field of the guard; those of its type that are no key, when it is on a type. */
export function guardedFields({ subgraph, type, field }: WrittenGuard): readonly Field[] {
  if (field !== undefined) return [field];
  return [...type.fields.values()].filter(({ name }) => !isKeyField(subgraph, type.name, name));
}

/** `Track.royalties`, `Track` for a guard of the whole type, `Query.tracks(sortBy:)` for one of an argument. */
export function coordinateOf({ type, field, argument }: Place): string {
  if (field === undefined) return type.name;
  const name = `${type.name}.${field.name}`;
  return argument === undefined ? name : `${name}(${argument}:)`;
}

/** The object as a template; two guards on one type mean the same object when their texts are equal. */
export function objectText({ object }: Pick<WrittenGuard, 'object'>): string {
  return object === undefined ? '' : formatObjectTemplate(object);
}

/** Whose fields `$this` are: the parent of the field, and with FILTER each item of the list. */
export function ownerOf(guard: Omit<WrittenGuard, 'object'>): GraphType | undefined {
  const { subgraph, type, field, requirement } = guard;
  if (requirement.onDeny !== 'FILTER' || field === undefined || isOnInput(guard)) return type;
  const item = subgraph.types.get(itemTypeName(field.type) ?? '');
  return item?.kind === 'object' ? item : undefined;
}

/** Whether a guard is on something that callers give. */
export function isOnInput({ type, argument }: Place): boolean {
  return argument !== undefined || type.kind !== 'object';
}

function makeGuard<Of extends Subgraph>(
  guard: Omit<WrittenGuard<Of>, 'object'>,
  typeNames: TypeNames,
): WrittenGuard<Of> {
  return { ...guard, object: guard.requirement.object ?? defaultObject(guard, typeNames) };
}

/** The entity that a guard without `object` means, by its only key of one field. */
function defaultObject(guard: Omit<WrittenGuard, 'object'>, typeNames: TypeNames): ObjectTemplate | undefined {
  const owner = ownerOf(guard);
  if (owner === undefined || owner.isRoot || owner.kind !== 'object') return undefined;
  const key = singleKeyOf(guard.subgraph, owner);
  return key === undefined ? undefined : { kind: 'this', type: modelTypeOf(owner.name, typeNames), path: [key] };
}
