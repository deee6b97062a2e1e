import { type FieldNode, GraphQLError, type GraphQLField, getArgumentValues } from 'graphql';
import type { ReadVariables } from './read-variables.ts';

/** What came of reading the arguments of a field. */
export type ReadArguments =
  | { readonly kind: 'read'; readonly values: unknown }
  /** They are not valid: the field will not run, and execution says why. */
  | { readonly kind: 'invalid' }
  /** Nobody knows what they are. */
  | { readonly kind: 'unknown' };

export function readArguments(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  read: ReadVariables,
): ReadArguments {
  if (read.kind !== 'read') return { kind: 'unknown' };
  try {
    return { kind: 'read', values: getArgumentValues(field, node, read.variables) };
  } catch (error) {
    return { kind: error instanceof GraphQLError ? 'invalid' : 'unknown' };
  }
}
