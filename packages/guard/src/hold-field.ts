import type { GraphQLField, GraphQLFieldResolver, GraphQLObjectType } from 'graphql';

type AnyField = GraphQLField<unknown, unknown>;
type Resolver = GraphQLFieldResolver<unknown, unknown>;

/** Puts guards around a resolver, or around what stands for it where there is none. */
export type Around = (own: Resolver | undefined) => Resolver;

/** The guards of one field, whichever resolver it has. */
export interface FieldGuard {
  /** Around the resolver that the field has when its schema is guarded. */
  readonly first: Around;
  /** Around each one that takes its place later. */
  readonly later: Around;
  /** Around the source of a subscription. */
  readonly subscribe?: Around;
}

/** Whose guards a function is made of: a copy of a field has the same functions. */
const guardOf = new WeakMap<Resolver, FieldGuard>();

/** Fields whose resolvers cannot be replaced without the guards around them. */
const held = new WeakMap<AnyField, FieldGuard>();

/**
 * Guards a field of a type for good. Servers and tools replace the resolvers of a schema that is built already: loaders, maps of
 * resolvers, instrumentation. Whatever they put in gets the guards around it, be it a resolver or a field as a whole.
 */
export function holdField(type: GraphQLObjectType, name: string, guard: FieldGuard, when: 'first' | 'later'): void {
  const fields = type.getFields();
  let current = fields[name];
  if (current === undefined) return;
  hold(current, guard, guard[when]);
  // Copies can have types of the schema that they were made of.
  if (Object.getOwnPropertyDescriptor(fields, name)?.configurable === false) return;
  Object.defineProperty(fields, name, {
    enumerable: true,
    // Nobody takes it away to put it in again, either.
    configurable: false,
    get: () => current,
    set: (next: AnyField) => {
      hold(next, guard, guard.later);
      current = next;
    },
  });
}

/** Whether the field has its guards, and cannot lose them: its functions are theirs. */
export function isHeld(field: AnyField): boolean {
  const guard = held.get(field) ?? (field.resolve && guardOf.get(field.resolve));
  if (guard === undefined || held.has(field)) return guard !== undefined;
  return guard.subscribe === undefined || (field.subscribe !== undefined && guardOf.get(field.subscribe) === guard);
}

function hold(field: AnyField, guard: FieldGuard, first: Around): void {
  if (held.get(field) === guard) return;
  holdFunction(field, 'resolve', guard, first, guard.later);
  if (guard.subscribe !== undefined) holdFunction(field, 'subscribe', guard, guard.subscribe, guard.subscribe);
  held.set(field, guard);
}

function holdFunction(field: AnyField, name: 'resolve' | 'subscribe', guard: FieldGuard, first: Around, later: Around) {
  let current = guarded(field[name], guard, first);
  Object.defineProperty(field, name, {
    enumerable: true,
    // Also nobody defines it anew: that is an error where it happens, and no open field.
    configurable: false,
    get: () => current,
    set: (next: Resolver | undefined) => {
      current = guarded(next, guard, later);
    },
  });
}

function guarded(own: Resolver | undefined, guard: FieldGuard, around: Around): Resolver {
  if (own !== undefined && guardOf.get(own) === guard) return own;
  const resolver = around(own);
  guardOf.set(resolver, guard);
  return resolver;
}
