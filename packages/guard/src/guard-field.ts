import { defaultFieldResolver, type GraphQLFieldResolver } from 'graphql';
import { filterItems } from './filter-items.ts';
import type { AnyField } from './find-guards.ts';
import type { Gatekeeper } from './gatekeeper.ts';
import type { Guard } from './guard.ts';
import { judge } from './judge.ts';
import type { FieldCall } from './pointer.ts';

export type Resolver = GraphQLFieldResolver<unknown, unknown>;

/** A resolver that answers as the field's own does, and only to those whom its guards let through. */
export function guardField(gatekeeper: Gatekeeper, field: AnyField, guards: readonly Guard[]): Resolver {
  const resolve = field.resolve ?? defaultFieldResolver;
  const before = guards.filter(({ onDeny }) => onDeny !== 'FILTER');
  const items = guards.filter(({ onDeny }) => onDeny === 'FILTER');
  return async (source, args, context, info) => {
    const call = { source, args, context, info };
    if (before.length > 0 && (await mayAnswer(gatekeeper, before, call)) !== true) return null;
    const result = await resolve(source, args, context, info);
    return items.length === 0 ? result : filterItems(gatekeeper, items, call, result);
  };
}

async function mayAnswer(gatekeeper: Gatekeeper, guards: readonly Guard[], call: FieldCall): Promise<boolean> {
  return judge(await gatekeeper.ask(guards, call)) === 'answer';
}

/** A resolver of a mutation's field: what was decided before a change is asked anew after it, also when the change failed. */
export function forgetAfter(gatekeeper: Gatekeeper, resolve: Resolver): Resolver {
  return async (source, args, context, info) => {
    try {
      return await resolve(source, args, context, info);
    } finally {
      gatekeeper.forget({ source, args, context, info });
    }
  };
}
