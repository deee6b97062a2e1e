import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  GraphQLString,
  getArgumentValues,
  Kind,
} from 'graphql';

type WithDefault = GraphQLArgument | GraphQLInputField;

const known = new WeakMap<WithDefault, { readonly value: unknown }>();

/** What the schema gives where a caller gives nothing; undefined where that is nothing. */
export function defaultOf(input: WithDefault): unknown {
  const before = known.get(input);
  if (before !== undefined) return before.value;
  const value = readDefault(input);
  known.set(input, { value });
  return value;
}

/** Versions of graphql-js keep defaults in different ways; each one knows what a field gets that nothing is given to. */
function readDefault(input: WithDefault): unknown {
  const node = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '' } } as const;
  try {
    return getArgumentValues(fieldOf(input), node)[input.name];
  } catch {
    // It has to be given.
    return undefined;
  }
}

function fieldOf(arg: WithDefault): GraphQLField<unknown, unknown> {
  return {
    name: '',
    description: undefined,
    type: GraphQLString,
    args: [arg],
    deprecationReason: undefined,
    extensions: {},
    astNode: undefined,
  };
}

/** Whether two values that were read by one schema are equal; what only looks alike in another way is not. */
export function isSameValue(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => isSameValue(item, other[index]));
  }
  if (!isPlain(one) || !isPlain(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isSameValue(one[name], other[name]))
  );
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
