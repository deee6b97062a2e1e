import type { ConstDirectiveNode } from 'graphql';
import {
  directiveName,
  formatObjectTemplate,
  modelTypeOf,
  type ObjectTemplate,
  type RequiresPermission,
  readRequiresPermission,
  type TypeNames,
} from '#guard/directive.ts';
import { keyFields, keysOf } from './field-set.ts';
import { type Field, type GraphType, isListType, namedType, type Subgraph } from './subgraph.ts';

/** One `@requiresPermission` on an object type, or on one of its fields. */
export interface Guard {
  readonly subgraph: Subgraph;
  readonly type: GraphType;
  /** Undefined on a type: then it guards every field but the key. */
  readonly field: Field | undefined;
  readonly requirement: RequiresPermission;
  /** The object that is checked; undefined when none is given and none follows. */
  readonly object: ObjectTemplate | undefined;
}

/** An application of the directive that cannot be read. */
export interface MalformedGuard {
  readonly subgraph: Subgraph;
  readonly node: ConstDirectiveNode;
  readonly problem: string;
}

export interface ReadGuards {
  readonly guards: readonly Guard[];
  readonly malformed: readonly MalformedGuard[];
}

/** Every guard of a subgraph on objects and their fields. */
export function readGuards(subgraph: Subgraph, typeNames: TypeNames): ReadGuards {
  const guards: Guard[] = [];
  const malformed: MalformedGuard[] = [];
  const read = (type: GraphType, field: Field | undefined) => {
    for (const node of (field ?? type).directives.filter(({ name }) => name.value === directiveName)) {
      for (const requirement of readRequiresPermission([node])) {
        if (!requirement.ok) malformed.push({ subgraph, node, problem: requirement.problem });
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

/** Whether two guards ask for the same permission on the same object; what a denial does may differ. */
export function isSameGuard(one: Guard, other: Guard): boolean {
  // With FILTER the object is the item's, even where its text is the same.
  const [isFilter, isOtherFilter] = [one, other].map(({ requirement }) => requirement.onDeny === 'FILTER');
  if (isFilter !== isOtherFilter) return false;
  return one.requirement.permission === other.requirement.permission && objectText(one) === objectText(other);
}

/** The object as a template; two guards on one type mean the same object when their texts are equal. */
export function objectText({ object }: Pick<Guard, 'object'>): string {
  return object === undefined ? '' : formatObjectTemplate(object);
}

/** `Track.royalties`, or `Track` for a guard of the whole type. */
export function coordinateOf({ type, field }: Pick<Guard, 'type' | 'field'>): string {
  return field === undefined ? type.name : `${type.name}.${field.name}`;
}

function makeGuard(guard: Omit<Guard, 'object'>, typeNames: TypeNames): Guard {
  return { ...guard, object: guard.requirement.object ?? defaultObject(guard, typeNames) };
}

/** Whose fields `$this` are: the parent of the field, and with FILTER each item of the list. */
export function ownerOf({ subgraph, type, field, requirement }: Omit<Guard, 'object'>): GraphType | undefined {
  if (requirement.onDeny !== 'FILTER' || field === undefined) return type;
  return isListType(field.type) ? subgraph.types.get(namedType(field.type)) : undefined;
}

/** The entity that a guard without `object` means, by its only key of one field. */
function defaultObject(guard: Omit<Guard, 'object'>, typeNames: TypeNames): ObjectTemplate | undefined {
  const owner = ownerOf(guard);
  if (owner === undefined || owner.isRoot || keysOf(guard.subgraph, owner).length !== 1) return undefined;
  const [key, ...others] = keyFields(guard.subgraph, owner);
  if (key === undefined || others.length > 0) return undefined;
  return { kind: 'this', type: modelTypeOf(owner.name, typeNames), path: [key.field] };
}
