import { type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';
import { type CacheKeys, foresightOf } from './cache/cache-keys.ts';
import type { PosternClient } from './decision.ts';
import { type AnyField, fieldsToGuard, findGuards } from './find-guards.ts';
import { createGatekeeper, type Gatekeeper } from './gatekeeper.ts';
import type { Guard } from './guard.ts';
import { type FieldGuards, guardField, guardReplacement } from './guard-field.ts';
import { guardEvent, guardSubscribe, renewBefore } from './guard-subscription.ts';
import { type HeldField, holdCopies } from './hold-copies.ts';
import { type FieldGuard, holdField, isHeld } from './hold-field.ts';
import { type HeldInputs, holdInputs } from './inputs/held-inputs.ts';
import type { TypeNames } from './model-type-of.ts';

export interface GuardOptions<Context> {
  readonly client: PosternClient;
  /** The caller's `authorization` header, from the context of the request; null when nobody is signed in. */
  authorization(context: Context): string | null | undefined;
  /** The `postern-consistency` header of the request: how fresh the decisions must be. Those of mutations are never old ones. */
  consistency?(context: Context): string | null | undefined;
  /** Entities whose type in the model has another name than theirs in snake case: `{ Recording: 'track' }`. */
  readonly types?: TypeNames;
  /** Keys by which a cache of answers may keep what guards let through, made by `createCacheKeys`. */
  readonly cacheKeys?: CacheKeys;
}

/**
 * Guards every field of the schema that has `@requiresPermission`, or takes what has it, and returns the schema: its resolvers are replaced in place.
 * Throws, with all of them in its message, when there are mistakes in how guards are written.
 *
 * A resolver that is put into the schema afterwards gets the guards of its field around it. Fields without a resolver are resolved
 * as graphql-js does by default; a `fieldResolver` that is given to the execution is not asked for guarded fields.
 */
export function guardSchema<Context>(schema: GraphQLSchema, options: GuardOptions<Context>): GraphQLSchema {
  const types = options.types ?? {};
  const { guards, inputs, problems } = findGuards(schema, types);
  const foresight = options.cacheKeys && foresightOf(options.cacheKeys);
  const all = isGuarded(schema) ? [...problems, twice] : problems;
  if (all.length > 0) throw new Error(describe(all));
  const gatekeeper = createGatekeeper(options.client, options, foresight);
  const held = heldIn(schema, { guards, inputs: holdInputs(schema, inputs, types) }, gatekeeper);
  const notHeld = foresight === undefined ? [] : keptInVain(foresight.fields, held);
  if (notHeld.length > 0) throw new Error(describe(notHeld));
  foresight?.serve({ client: options.client, reader: options });
  for (const { type, field, guard } of held) holdField(type, field.name, guard, 'first');
  holdCopies(schema, held, (copy) => newIn(copy, gatekeeper, types));
  return schema;
}

/** What is misspelt would be kept by nobody, and nobody would know why. */
function keptInVain(fields: readonly string[], held: readonly HeldField[]): readonly string[] {
  const known = new Set(held.map(({ type, field }) => `${type.name}.${field.name}`));
  return fields.flatMap((field) =>
    known.has(field) ? [] : [`"${field}" in "keptSeconds" is no guarded field; there is ${[...known].join(', ')}.`],
  );
}

interface SchemaGuards {
  readonly guards: ReadonlyMap<AnyField, readonly Guard[]>;
  readonly inputs: HeldInputs;
}

function heldIn(schema: GraphQLSchema, { guards, inputs }: SchemaGuards, gatekeeper: Gatekeeper): readonly HeldField[] {
  return fieldsOf(schema).flatMap(({ type, field }): readonly HeldField[] => {
    const ofField: FieldGuards = { guards: guards.get(field) ?? [], inputs };
    const isOpen = ofField.guards.length === 0 && !inputs.areTakenBy(type, field.name);
    if (type !== schema.getSubscriptionType()) {
      return isOpen ? [] : [{ type, field, guard: fieldGuard(gatekeeper, ofField) }];
    }
    const guard = isOpen ? openSubscription(gatekeeper) : subscriptionGuard(gatekeeper, ofField);
    return [{ type, field, guard }];
  });
}

/** What has to be guarded in a copy and is not, as it is not of the schema that the copy was made of. */
function newIn(copy: GraphQLSchema, gatekeeper: Gatekeeper, types: TypeNames): readonly HeldField[] {
  if (fieldsToGuard(copy).every(({ field }) => isHeld(field))) return [];
  const { guards, inputs, problems } = findGuards(copy, types);
  if (problems.length > 0) throw new Error(describe(problems));
  return heldIn(copy, { guards, inputs: holdInputs(copy, inputs, types) }, gatekeeper).filter(
    ({ field }) => !isHeld(field),
  );
}

function fieldGuard(gatekeeper: Gatekeeper, guards: FieldGuards): FieldGuard {
  return {
    first: (own) => guardField(gatekeeper, own, guards),
    later: (own) => guardReplacement(gatekeeper, own, guards),
  };
}

function openSubscription(gatekeeper: Gatekeeper): FieldGuard {
  const renew: FieldGuard['first'] = (own) => renewBefore(gatekeeper, own);
  return { first: renew, later: renew };
}

function subscriptionGuard(gatekeeper: Gatekeeper, guards: FieldGuards): FieldGuard {
  const resolve: FieldGuard['first'] = (own) => guardEvent(gatekeeper, own, guards);
  return { first: resolve, later: resolve, subscribe: (own) => guardSubscribe(gatekeeper, own, guards) };
}

function fieldsOf(schema: GraphQLSchema): readonly { readonly type: GraphQLObjectType; readonly field: AnyField }[] {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  return types.flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));
}

/** Also of a copy, which has the same resolvers. */
function isGuarded(schema: GraphQLSchema): boolean {
  return fieldsOf(schema).some(({ field }) => isHeld(field));
}

const twice = 'The schema is guarded already; call guardSchema once.';

function describe(problems: readonly string[]): string {
  const count = problems.length === 1 ? 'is 1 mistake' : `are ${problems.length} mistakes`;
  return [`There ${count} in the guards of the schema:`, ...problems].join('\n- ');
}
