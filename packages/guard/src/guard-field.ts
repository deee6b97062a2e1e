import { defaultFieldResolver, type GraphQLFieldResolver } from 'graphql';
import { keepFromCaches } from './cache-hint.ts';
import { filterItems } from './filter-items.ts';
import type { Gatekeeper } from './gatekeeper.ts';
import type { Guard } from './guard.ts';
import { judge } from './judge.ts';
import type { FieldCall } from './pointer.ts';

export type Resolver = GraphQLFieldResolver<unknown, unknown>;

/** Which guards have let through a call of a field. Each call has an `info` of its own. */
const passed = new WeakMap<object, readonly Guard[]>();

/** A resolver that answers as the field's own does, and only to those whom its guards let through. */
export function guardField(gatekeeper: Gatekeeper, own: Resolver | undefined, guards: readonly Guard[]): Resolver {
  const resolve = own ?? defaultFieldResolver;
  const { before, items } = inOrder(guards);
  return async (source, args, context, info) => {
    const call = { source, args, context, info };
    try {
      if (before.length > 0 && (await mayAnswer(gatekeeper, before, call)) !== true) return null;
      const result = await resolve(source, args, context, info);
      const answer = items.length === 0 ? result : await filterItems(gatekeeper, items, call, result);
      passed.set(info, guards);
      return answer;
    } finally {
      keepFromCaches(info);
    }
  };
}

/**
 * The guards around a resolver that was put in their place. Nobody knows whether it calls the one that was there before, as
 * instrumentation does, or not, as a loader does. So what changes something is asked about before it runs; of everything else
 * it is seen afterwards whether the guards were asked on the way, and if not, they are asked before the value leaves.
 */
export function guardReplacement(
  gatekeeper: Gatekeeper,
  own: Resolver | undefined,
  guards: readonly Guard[],
): Resolver {
  const resolve = own ?? defaultFieldResolver;
  const { before, items } = inOrder(guards);
  return async (source, args, context, info) => {
    const call = { source, args, context, info };
    const ask = async () => before.length === 0 || mayAnswer(gatekeeper, before, call);
    const isQuery = info.operation.operation === 'query';
    try {
      if (!isQuery && !(await ask())) return null;
      const result = await resolve(source, args, context, info);
      if (passed.get(info) === guards || result === null || result === undefined) return result;
      if (isQuery && !(await ask())) return null;
      return items.length === 0 ? result : await filterItems(gatekeeper, items, call, result);
    } finally {
      keepFromCaches(info);
    }
  };
}

function inOrder(guards: readonly Guard[]) {
  return {
    before: guards.filter(({ onDeny }) => onDeny !== 'FILTER'),
    items: guards.filter(({ onDeny }) => onDeny === 'FILTER'),
  };
}

async function mayAnswer(gatekeeper: Gatekeeper, guards: readonly Guard[], call: FieldCall): Promise<boolean> {
  return judge(await gatekeeper.ask(guards, call)) === 'answer';
}
