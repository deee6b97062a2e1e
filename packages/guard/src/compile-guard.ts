import { type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';
import { compileThisPointer } from './compile-this-pointer.ts';
import { type Guard, maxObjects } from './guard.ts';
import type { ObjectTemplate } from './object-template.ts';
import { argsPointer, type Found, type OpenFound, type Pointer } from './pointer.ts';
import { tooManyObjects } from './postern-error.ts';
import { ownerOf, type WrittenGuard } from './rules/written-guard.ts';

/** A guard that can be asked, of one in which nothing is wrong. */
export function compileGuard(written: WrittenGuard, schema: GraphQLSchema): Guard {
  const { object, requirement } = written;
  if (object === undefined) throw new Error('A guard without an object is a mistake that was found before.');
  const { permission, onDeny } = requirement;
  const { type } = object;
  const open = () => openFound({ permission, type });
  const argument = object.kind === 'args' ? object.path : undefined;
  return { permission, type, onDeny, argument, find: compilePointer(written, object, schema, open) };
}

function compilePointer(
  written: WrittenGuard,
  object: ObjectTemplate,
  schema: GraphQLSchema,
  open: OpenFound,
): Pointer {
  switch (object.kind) {
    case 'literal':
      return () => [object.id];
    case 'args':
      return argsPointer(object.path, open);
    case 'this':
      return compileThisPointer(objectType(schema, ownerOf(written)?.name ?? ''), object.path, open);
  }
}

function objectType(schema: GraphQLSchema, name: string): GraphQLObjectType<unknown, unknown> {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`"${name}" is no object type, which was found before.`);
  return type;
}

/** The ids of one guard in one call of a field. */
export function openFound(asked: { readonly permission: string; readonly type: string }): Found {
  const values: unknown[] = [];
  const add = (value: unknown) => {
    if (values.length >= maxObjects) throw tooManyObjects(maxObjects, asked);
    values.push(value);
  };
  return { values, add };
}
