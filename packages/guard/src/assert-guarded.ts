import type { GraphQLSchema } from 'graphql';
import { fieldsToGuard } from './find-guards.ts';
import { isHeld } from './hold-field.ts';
import { directiveName } from './requires-permission.ts';

/**
 * Throws where a field of the schema has `@requiresPermission` and no guard, each field by its name: as at the schema that a server
 * is given in the end, after everybody who had something to change about it. Returns the schema.
 *
 * A schema that only passes operations on, as `wrapSchema` makes it, has no guards of its own: ask about the one behind it.
 */
export function assertGuarded(schema: GraphQLSchema): GraphQLSchema {
  // Copies of a guarded schema get their guards when they are first used.
  schema.getQueryType();
  const fields = fieldsToGuard(schema);
  if (fields.length === 0) throw new Error(`No field of the schema has @${directiveName}; see what strips it.`);
  const open = fields.filter(({ field }) => !isHeld(field)).map(({ type, field }) => `"${type.name}.${field.name}"`);
  if (open.length === 0) return schema;
  const what = `${open.length === 1 ? 'The field' : 'The fields'} ${open.join(', ')}`;
  throw new Error(`${what} would be resolved without the guards; call guardSchema after whatever changes the schema.`);
}
