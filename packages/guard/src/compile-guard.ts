import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { compileArgsPointer } from './compile-args-pointer.ts';
import { compileThisPointer } from './compile-this-pointer.ts';
import type { EntityKeys } from './entity-keys.ts';
import { type Guard, maxObjects } from './guard.ts';
import { modelTypeOf, type TypeNames } from './model-type-of.ts';
import { isObjectId } from './object-id.ts';
import type { Found, Pointer } from './pointer.ts';
import { tooManyObjects } from './postern-error.ts';
import type { RequiresPermission } from './requires-permission.ts';
import { ok, type Result, wrong } from './result.ts';

export type ObjectType = GraphQLObjectType<unknown, unknown>;

/** Where a guard is written, and on which field it works. */
export interface Place {
  readonly schema: GraphQLSchema;
  readonly keys: EntityKeys;
  readonly types: TypeNames;
  readonly parent: ObjectType;
  readonly field: GraphQLField<unknown, unknown>;
  /** Whether it is written on the type, for all of its fields. */
  readonly onType: boolean;
}

/** A guard that can be asked, or why it cannot, in a sentence without the place. */
export function compileGuard(written: RequiresPermission, place: Place): Result<Guard> {
  const problem = written.onDeny === 'FILTER' ? filterProblem(place) : nullProblem(written, place);
  if (problem !== undefined) return wrong(problem);
  const target = targetOf(written, place);
  if (!target.ok) return target;
  const { permission, onDeny } = written;
  const { type, owner, path } = target.value;
  const open = () => openFound({ permission, type });
  const find = path === undefined ? literal(written) : pointer(written, place, owner, path, open);
  return find.ok ? ok({ permission, type, onDeny, find: find.value }) : find;
}

interface Target {
  readonly type: string;
  /** Whose fields `$this` are. */
  readonly owner: ObjectType;
  /** Undefined for one object for everybody. */
  readonly path: readonly string[] | undefined;
}

function targetOf({ object, onDeny }: RequiresPermission, place: Place): Result<Target> {
  const owner = onDeny === 'FILTER' ? itemType(place) : place.parent;
  if (owner === undefined) return wrong(notFilterable);
  if (object !== undefined && object.kind !== 'this') {
    if (onDeny === 'FILTER')
      return wrong('FILTER asks about each item; leave the object out, or point to "{$this.…}".');
    const path = object.kind === 'args' ? object.path : undefined;
    return ok({ type: object.type, owner, path });
  }
  if (isRoot(owner, place.schema)) {
    return wrong(`"${owner.name}" is no object to ask about; write object: "track:{$args.…}" or "platform:main".`);
  }
  if (object !== undefined) return ok({ type: object.type, owner, path: object.path });
  const key = place.keys.singleFieldOf(owner);
  const type = modelTypeOf(owner.name, place.types);
  if (key !== undefined) return ok({ type, owner, path: [key] });
  return wrong(`"${owner.name}" is no entity with one key of one field; write object: "${type}:{$this.…}".`);
}

function pointer(
  { object }: RequiresPermission,
  { field, onType }: Place,
  owner: ObjectType,
  path: readonly string[],
  open: () => Found,
): Result<Pointer> {
  if (object?.kind !== 'args') return compileThisPointer(owner, path, open);
  if (onType)
    return wrong('a guard on a type cannot use "$args", which are each field\'s own; write it on the fields.');
  return compileArgsPointer(field, path, open);
}

function literal({ object }: RequiresPermission): Result<Pointer> {
  const id = object?.kind === 'literal' ? object.id : '';
  if (!isObjectId(id)) return wrong(`"${id}" cannot be the id of an object.`);
  return ok(() => [id]);
}

function nullProblem({ onDeny }: RequiresPermission, { field }: Place): string | undefined {
  if (onDeny !== 'NULL' || !isNonNullType(field.type)) return undefined;
  return `NULL needs a field that can be null, and "${field.name}" is "${String(field.type)}"; write ERROR, or make it nullable.`;
}

function filterProblem(place: Place): string | undefined {
  const { schema, parent, field, onType } = place;
  if (onType) return 'FILTER belongs on a field that is a list; write ERROR or NULL on a type.';
  if (parent === schema.getMutationType() || parent === schema.getSubscriptionType()) {
    return `FILTER would come too late on a field of "${parent.name}", which has run by then; write ERROR.`;
  }
  const named = getNamedType(field.type);
  const pages = [parent, named].find(isConnection);
  if (pages !== undefined) {
    return `FILTER would make "${pages.name}" lie about its pages; filter where they are read, and write ERROR here.`;
  }
  return itemType(place) === undefined ? notFilterable : undefined;
}

const notFilterable = 'FILTER needs a plain list of one object type, such as "[Track!]"; write ERROR here.';

function itemType({ field }: Place): ObjectType | undefined {
  const list = getNullableType(field.type);
  const item = isListType(list) ? getNullableType(list.ofType) : undefined;
  return isObjectType(item) ? item : undefined;
}

function isConnection(type: unknown): type is ObjectType {
  if (!isObjectType(type)) return false;
  return type.name.endsWith('Connection') || type.getFields().pageInfo !== undefined;
}

function isRoot(type: ObjectType, schema: GraphQLSchema): boolean {
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(type);
}

function openFound(asked: { readonly permission: string; readonly type: string }): Found {
  const values: unknown[] = [];
  const add = (value: unknown) => {
    if (values.length >= maxObjects) throw tooManyObjects(maxObjects, asked);
    values.push(value);
  };
  return { values, add };
}
