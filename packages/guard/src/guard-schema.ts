import { defaultFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import type { PosternClient } from './decision.ts';
import { type AnyField, findGuards } from './find-guards.ts';
import { createGatekeeper, type Gatekeeper } from './gatekeeper.ts';
import type { Guard } from './guard.ts';
import { forgetAfter, guardField, type Resolver } from './guard-field.ts';
import { forgetBefore, guardEvent, guardSubscribe } from './guard-subscription.ts';
import type { TypeNames } from './model-type-of.ts';

export interface GuardOptions<Context> {
  readonly client: PosternClient;
  /** The caller's `authorization` header, from the context of the request; null when nobody is signed in. */
  authorization(context: Context): string | null | undefined;
  /** Entities whose type in the model has another name than theirs in snake case: `{ Recording: 'track' }`. */
  readonly types?: TypeNames;
}

/**
 * Guards every field of the schema that has `@requiresPermission`, and returns the schema: its resolvers are replaced in place.
 * Throws, with all of them in its message, when there are mistakes in how guards are written.
 *
 * Fields without a resolver are resolved as graphql-js does by default; a `fieldResolver` that is given to the execution is not
 * asked for guarded fields.
 */
export function guardSchema<Context>(schema: GraphQLSchema, options: GuardOptions<Context>): GraphQLSchema {
  const { guards, problems } = findGuards(schema, options.types ?? {});
  const all = isGuarded(schema) ? [...problems, twice] : problems;
  if (all.length > 0) throw new Error(describe(all));
  const gatekeeper = createGatekeeper(options.client, options);
  const { subscription, mutation } = rootFields(schema);
  for (const field of subscription) guardRootSubscription(gatekeeper, field, guards.get(field) ?? []);
  for (const [field, ofField] of guards) {
    if (!subscription.includes(field)) field.resolve = marked(guardField(gatekeeper, field, ofField));
  }
  for (const field of mutation) field.resolve = marked(forgetAfter(gatekeeper, field.resolve ?? defaultFieldResolver));
  return schema;
}

function guardRootSubscription(gatekeeper: Gatekeeper, field: AnyField, guards: readonly Guard[]): void {
  const resolve = guards.length > 0 ? guardEvent(gatekeeper, field, guards) : forgetBefore(gatekeeper, field);
  if (guards.length > 0) field.subscribe = guardSubscribe(gatekeeper, field, guards);
  field.resolve = marked(resolve);
}

function rootFields(schema: GraphQLSchema): { readonly subscription: AnyField[]; readonly mutation: AnyField[] } {
  return {
    subscription: Object.values(schema.getSubscriptionType()?.getFields() ?? {}),
    mutation: Object.values(schema.getMutationType()?.getFields() ?? {}),
  };
}

/** Known also in a copy of the schema, which has the same resolvers. */
const ours = new WeakSet<Resolver>();

function marked(resolver: Resolver): Resolver {
  ours.add(resolver);
  return resolver;
}

function isGuarded(schema: GraphQLSchema): boolean {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  const fields = types.flatMap((type) => Object.values(type.getFields()));
  return fields.some(({ resolve }) => resolve !== undefined && ours.has(resolve));
}

const twice = 'The schema is guarded already; call guardSchema once.';

function describe(problems: readonly string[]): string {
  const count = problems.length === 1 ? 'is 1 mistake' : `are ${problems.length} mistakes`;
  return [`There ${count} in the guards of the schema:`, ...problems].join('\n- ');
}
