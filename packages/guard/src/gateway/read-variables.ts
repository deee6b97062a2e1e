import { type GraphQLSchema, getVariableValues, type VariableDefinitionNode } from 'graphql';

/** Variables as the executor of this graphql-js reads them: by name on an object without a prototype, or two of those. */
export type Variables = Readonly<{ [name: string]: unknown }>;

/** What came of reading variables. */
export type ReadVariables =
  | { readonly kind: 'read'; readonly variables: Variables }
  /** They do not fit the operation: nothing of it will run. */
  | { readonly kind: 'invalid' }
  /** A graphql-js that answers in another way than is known here. */
  | { readonly kind: 'unknown' };

export function readVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  given: Readonly<Record<string, unknown>>,
): ReadVariables {
  const answer: unknown = getVariableValues(schema, definitions, given, { maxErrors: 1 });
  const errors = property(answer, 'errors');
  if (Array.isArray(errors) && errors.length > 0) return { kind: 'invalid' };
  // Version 16 has the values; their names, which clients choose, must not meet a prototype.
  const coerced = property(answer, 'coerced');
  if (isVariables(coerced)) return { kind: 'read', variables: Object.assign(Object.create(null), coerced) };
  // Version 17 has them together with where they are from, and takes them so.
  const variables = property(answer, 'variableValues');
  const isKnown = isVariables(variables) && isVariables(variables.coerced) && isVariables(variables.sources);
  return isKnown ? { kind: 'read', variables } : { kind: 'unknown' };
}

function isVariables(value: unknown): value is Variables {
  return typeof value === 'object' && value !== null;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
