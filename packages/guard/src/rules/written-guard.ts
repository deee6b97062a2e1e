import type { ConstDirectiveNode } from 'graphql';
import { modelTypeOf, type TypeNames } from '../model-type-of.ts';
import { formatObjectTemplate, type ObjectTemplate } from '../object-template.ts';
import { directiveName, type RequiresPermission, readRequiresPermission } from '../requires-permission.ts';
import { isKeyField, singleKeyOf } from './field-set.ts';
import { type Field, type GraphType, itemTypeName, type Subgraph } from './subgraph.ts';

/** One `@requiresPermission` on an object type, or on one of its fields. */
export interface WrittenGuard<Of extends Subgraph = Subgraph> {
  readonly subgraph: Of;
  readonly type: GraphType;
  /** Undefined on a type: then it guards every field but the key. */
  readonly field: Field | undefined;
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
  readonly guards: readonly WrittenGuard<Of>[];
  readonly malformed: readonly MalformedGuard<Of>[];
}

/** Every guard of a subgraph on objects and their fields. */
export function readGuards<Of extends Subgraph>(subgraph: Of, typeNames: TypeNames): ReadGuards<Of> {
  const guards: WrittenGuard<Of>[] = [];
  const malformed: MalformedGuard<Of>[] = [];
  const read = (type: GraphType, field: Field | undefined) => {
    for (const node of (field ?? type).directives.filter(({ name }) => name.value === directiveName)) {
      for (const requirement of readRequiresPermission([node])) {
        const coordinate = coordinateOf({ type, field });
        if (!requirement.ok) malformed.push({ subgraph, coordinate, node, problem: requirement.problem });
        else guards.push(makeGuard({ subgraph, type, field, requirement: requirement.value }, typeNames));
      }
    }
  };
  for (const type of subgraph.types.values()) {
    if (type.kind !== 'object') continue;
    read(type, undefined);
    for (const field of type.fields.values()) read(type, field);
  }
  return { guards, malformed };
}

/** The field of the guard; those of its type that are no key, when it is on a type. */
export function guardedFields({ subgraph, type, field }: WrittenGuard): readonly Field[] {
  if (field !== undefined) return [field];
  return [...type.fields.values()].filter(({ name }) => !isKeyField(subgraph, type.name, name));
}

/** `Track.royalties`, or `Track` for a guard of the whole type. */
export function coordinateOf({ type, field }: Pick<WrittenGuard, 'type' | 'field'>): string {
  return field === undefined ? type.name : `${type.name}.${field.name}`;
}

/** The object as a template; two guards on one type mean the same object when their texts are equal. */
export function objectText({ object }: Pick<WrittenGuard, 'object'>): string {
  return object === undefined ? '' : formatObjectTemplate(object);
}

/** Whose fields `$this` are: the parent of the field, and with FILTER each item of the list. */
export function ownerOf({ subgraph, type, field, requirement }: Omit<WrittenGuard, 'object'>): GraphType | undefined {
  if (requirement.onDeny !== 'FILTER' || field === undefined) return type;
  const item = subgraph.types.get(itemTypeName(field.type) ?? '');
  return item?.kind === 'object' ? item : undefined;
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
  if (owner === undefined || owner.isRoot) return undefined;
  const key = singleKeyOf(guard.subgraph, owner);
  return key === undefined ? undefined : { kind: 'this', type: modelTypeOf(owner.name, typeNames), path: [key] };
}
