import type { Foresight } from './cache/foresight.ts';
import { type AuthorizationReader, type Caller, callerOf } from './caller.ts';
import { type ConsistencyReader, consistencyFor } from './consistency.ts';
import type { Decision, PosternClient } from './decision.ts';
import { createDecisionLoaders, type DecisionLoader } from './decision-loader.ts';
import type { Guard } from './guard.ts';
import { combine, type Verdict } from './judge.ts';
import { objectIdOf } from './object-id.ts';
import { type FieldCall, isPromiseLike, type PromiseOr } from './pointer.ts';
import { isPosternError } from './postern-error.ts';

/** Answers the guards of a schema, for all requests that it serves. */
export interface Gatekeeper {
  /** Rejects only when the client asks for too much at once. */
  ask(guards: readonly Guard[], call: FieldCall): Promise<readonly Verdict[]>;
  /** An event of a subscription is an execution of its own. */
  renew(call: FieldCall): void;
  /** For how many seconds a cache that knows who may see it may keep a guarded field; undefined for not at all. */
  keptSeconds(call: FieldCall): number | undefined;
}

export function createGatekeeper(
  client: PosternClient,
  reader: AuthorizationReader & ConsistencyReader,
  foresight?: Foresight,
): Gatekeeper {
  const loaders = createDecisionLoaders(client, foresight);

  async function ask(written: readonly Guard[], call: FieldCall): Promise<readonly Verdict[]> {
    const guards = written.filter(({ spares }) => spares?.(call.info) !== true);
    const caller = callerOf(reader, call.context);
    if (caller.kind !== 'token') return guards.map((guard) => ({ guard, decision: withoutToken(caller) }));
    const consistency = consistencyFor(reader, call.context, call.info.operation);
    const loader = loaders.of(call, { authorization: caller.authorization, consistency });
    const decisions = await all(guards.map((guard) => decideGuard(guard, call, loader)));
    return guards.map((guard, index) => ({ guard, decision: decisions[index] ?? notDecided }));
  }

  return { ask, renew: loaders.renew, keptSeconds: (call) => foresight?.keptSeconds(call) };
}

function withoutToken(caller: Exclude<Caller, { kind: 'token' }>): Decision {
  return caller.kind === 'anonymous' ? { kind: 'unauthenticated' } : { kind: 'undecided', reason: caller.reason };
}

/** Waits no longer than it has to: most fields have one guard, about one object that is at hand. */
function decideGuard(guard: Guard, call: FieldCall, loader: DecisionLoader): PromiseOr<Decision> {
  const values = findValues(guard, call);
  if (!isPromiseLike(values)) return decideAbout(guard, values, loader);
  return values.then((found) => decideAbout(guard, found, loader));
}

/** Undefined stands for values that could not be found. */
function decideAbout(
  guard: Guard,
  values: readonly unknown[] | undefined,
  loader: DecisionLoader,
): PromiseOr<Decision> {
  if (values === undefined) return notDecided;
  const refusal = loader.spend(guard, values.length);
  if (refusal !== undefined) return Promise.reject(refusal);
  const decisions = values.map((value) => decideOne(guard, value, loader));
  const [first] = decisions;
  return first !== undefined && decisions.length === 1 ? first : all(decisions).then(combine);
}

/** What can name no object is denied here: asked together with the rest, it would leave the rest without an answer. */
function decideOne({ permission, type }: Guard, value: unknown, loader: DecisionLoader): PromiseOr<Decision> {
  const id = objectIdOf(value);
  return id === undefined ? denied : loader.load({ permission, object: `${type}:${id}` });
}

const denied: Decision = { kind: 'denied' };
const notDecided: Decision = { kind: 'undecided', reason: 'A resolver on the way to the object failed.' };

/** Undefined when it cannot be known what the guard is about. */
function findValues({ find }: Guard, call: FieldCall): PromiseOr<readonly unknown[] | undefined> {
  try {
    const found = find(call);
    return isPromiseLike(found) ? found.then((values) => values, unlessOurs) : found;
  } catch (error) {
    // As a rejection: what is thrown here would leave the rejections of other guards to nobody.
    return isPosternError(error) ? Promise.reject(error) : undefined;
  }
}

function unlessOurs(error: unknown): undefined {
  if (isPosternError(error)) throw error;
  return undefined;
}

/** For one value, which is most often, it is not worth what `Promise.all` costs. */
async function all(values: readonly PromiseOr<Decision>[]): Promise<readonly Decision[]> {
  const [first] = values;
  return first !== undefined && values.length === 1 ? [await first] : Promise.all(values);
}
