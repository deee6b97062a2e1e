import { defaultFieldResolver, type GraphQLFieldResolver } from 'graphql';
import { keepFromCaches, keepInCache } from './cache-hint.ts';
import { filterItems } from './filter-items.ts';
import type { Gatekeeper } from './gatekeeper.ts';
import type { Guard } from './guard.ts';
import type { HeldInputs } from './inputs/held-inputs.ts';
import { judge } from './judge.ts';
import { argumentsOf } from './own-arguments.ts';
import type { FieldCall } from './pointer.ts';
import { keepPromises, keepProperty } from './promises-at-hand.ts';

export type Resolver = GraphQLFieldResolver<unknown, unknown>;

/** What a field is guarded by. */
export interface FieldGuards {
  /** Its own, and those of its type. */
  readonly guards: readonly Guard[];
  /** Those of what callers may give to it. */
  readonly inputs: HeldInputs;
}

/** What came of asking guards on the way, in a call of a field whose resolver was replaced. */
interface Watched {
  readonly guards: readonly Guard[];
  outcome: 'not asked' | 'refused' | 'passed';
}

/** By the `info` that each call has of its own. */
const watched = new WeakMap<object, Watched>();

/** A resolver that answers as the field's own does, and only to those whom its guards let through. */
export function guardField(gatekeeper: Gatekeeper, own: Resolver | undefined, guardedBy: FieldGuards): Resolver {
  const resolve = own ?? defaultFieldResolver;
  const { guards, inputs } = guardedBy;
  const { before, items, paths } = inOrder(guards);
  return async (source, given, context, info) => {
    const { args, guards: ofInputs } = inputs.take(info, given, paths);
    const call = { source, args, context, info };
    const needed = [...before, ...ofInputs];
    const watch = watched.get(info);
    if (watch?.guards === guards) watch.outcome = 'refused';
    try {
      if (own === undefined) keepProperty(source, info.fieldName);
      else keepPromises(source);
      if (needed.length > 0 && (await mayAnswer(gatekeeper, needed, call)) !== true) return null;
      const result = await resolve(source, args, context, info);
      const answer = items.length === 0 ? result : await filterItems(gatekeeper, items, call, result);
      if (watch?.guards === guards) watch.outcome = 'passed';
      return answer;
    } finally {
      // What nobody was asked about is everybody's.
      if (guards.length + ofInputs.length > 0) hintCaches(gatekeeper, call);
    }
  };
}

/**
 * The guards around a resolver that was put in their place. Nobody knows whether it calls the one that was there before, as
 * instrumentation does, or not, as a loader does. So what changes something is asked about before it runs; of everything else
 * it is seen afterwards whether the guards were asked on the way, and if not, they are asked before anything of it leaves.
 */
export function guardReplacement(gatekeeper: Gatekeeper, own: Resolver | undefined, guardedBy: FieldGuards): Resolver {
  const resolve = own ?? defaultFieldResolver;
  const { guards, inputs } = guardedBy;
  const { before, items, paths } = inOrder(guards);
  return async (source, args, context, info) => {
    // As they were asked for: the resolver may change them.
    const taken = inputs.take(info, args, paths);
    const call = { source, args: taken.args, context, info };
    const needed = [...before, ...taken.guards];
    const ask = async () => needed.length === 0 || mayAnswer(gatekeeper, needed, call);
    const isQuery = info.operation.operation === 'query';
    const watch = watchOf(info, guards);
    try {
      keepPromises(source);
      if (!isQuery && !(await ask())) return null;
      const { result, rethrow } = await outcomeOf(() => resolve(source, args, context, info));
      const isNothing = result === null || result === undefined;
      // A refusal that was told on the way stays one; a value that came in spite of it is asked about.
      if (watch.outcome === 'passed' || (watch.outcome === 'refused' && isNothing)) return rethrow?.() ?? result;
      if (isQuery && !(await ask())) return null;
      rethrow?.();
      return items.length === 0 ? result : await filterItems(gatekeeper, items, call, result);
    } finally {
      if (guards.length + taken.guards.length > 0) hintCaches(gatekeeper, call);
    }
  };
}

function hintCaches(gatekeeper: Gatekeeper, call: FieldCall): void {
  const seconds = gatekeeper.keptSeconds(call);
  if (seconds === undefined) keepFromCaches(call.info);
  else keepInCache(call.info, seconds);
}

/** One for all who stand around each other: a replaced resolver can be replaced again. */
function watchOf(info: object, guards: readonly Guard[]): Watched {
  const before = watched.get(info);
  if (before?.guards === guards) return before;
  const watch: Watched = { guards, outcome: 'not asked' };
  watched.set(info, watch);
  return watch;
}

interface Outcome {
  readonly result: unknown;
  /** Fails as the resolver did. */
  readonly rethrow?: () => never;
}

/** What a resolver answers, or how it fails: that too says something about what is guarded. */
async function outcomeOf(resolve: () => unknown): Promise<Outcome> {
  try {
    const result = await resolve();
    keepPromises(result);
    return { result };
  } catch (error) {
    return {
      result: undefined,
      rethrow: () => {
        throw error;
      },
    };
  }
}

function inOrder(guards: readonly Guard[]) {
  return {
    before: guards.filter(({ onDeny }) => onDeny !== 'FILTER'),
    items: guards.filter(({ onDeny }) => onDeny === 'FILTER'),
    paths: argumentsOf(guards),
  };
}

async function mayAnswer(gatekeeper: Gatekeeper, guards: readonly Guard[], call: FieldCall): Promise<boolean> {
  return judge(await gatekeeper.ask(guards, call)) === 'answer';
}
