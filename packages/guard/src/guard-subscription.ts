import { defaultFieldResolver } from 'graphql';
import { keepFromCaches } from './cache-hint.ts';
import type { Gatekeeper } from './gatekeeper.ts';
import type { FieldGuards, Resolver } from './guard-field.ts';
import { isRefusal, judge, type Verdict } from './judge.ts';
import { argumentsOf } from './own-arguments.ts';
import { decisionError } from './postern-error.ts';
import { keepPromises } from './promises-at-hand.ts';

/** An event on its way from the source to the field, together with a way to end the source. */
class GuardedEvent {
  readonly payload: unknown;
  readonly end: () => Promise<void>;

  constructor(payload: unknown, end: () => Promise<void>) {
    this.payload = payload;
    this.end = end;
  }
}

/** Makes the source only for those who may have it. */
export function guardSubscribe(
  gatekeeper: Gatekeeper,
  own: Resolver | undefined,
  { guards, inputs }: FieldGuards,
): Resolver {
  const subscribe = own ?? defaultFieldResolver;
  const paths = argumentsOf(guards);
  return async (source, given, context, info) => {
    const { args, guards: ofInputs } = inputs.take(info, given, paths);
    keepPromises(source);
    const verdicts = await gatekeeper.ask([...guards, ...ofInputs], { source, args, context, info });
    // There is no stream that could be null, so a refusal is an error here.
    if (judge(verdicts) !== 'answer') throw refusalOf(verdicts);
    const stream: unknown = await subscribe(source, args, context, info);
    return isAsyncIterable(stream) ? guardedEvents(stream) : stream;
  };
}

/** Asks again for each event; who may not have it any more gets an error in its place, and no further one. */
export function guardEvent(
  gatekeeper: Gatekeeper,
  own: Resolver | undefined,
  { guards, inputs }: FieldGuards,
): Resolver {
  const resolve = own ?? defaultFieldResolver;
  const paths = argumentsOf(guards);
  return async (source, given, context, info) => {
    const { args, guards: ofInputs } = inputs.take(info, given, paths);
    const { payload, end } = source instanceof GuardedEvent ? source : new GuardedEvent(source, async () => undefined);
    const call = { source: payload, args, context, info };
    gatekeeper.renew(call);
    keepFromCaches(info);
    keepPromises(payload);
    const verdicts = await gatekeeper.ask([...guards, ...ofInputs], call);
    // Not waited for: the client is told also when the source takes its time to close.
    if (verdicts.some(({ decision }) => isRefusal(decision))) void end();
    if (judge(verdicts) !== 'answer') return null;
    return resolve(payload, args, context, { ...info, rootValue: payload });
  };
}

/** Every event is decided anew, also below a field without guards. */
export function renewBefore(gatekeeper: Gatekeeper, own: Resolver | undefined): Resolver {
  const resolve = own ?? defaultFieldResolver;
  return (source, args, context, info) => {
    gatekeeper.renew({ source, args, context, info });
    return resolve(source, args, context, info);
  };
}

function refusalOf(verdicts: readonly Verdict[]): Error {
  for (const { guard, decision } of verdicts) {
    if (decision.kind !== 'allowed') return decisionError(decision, guard);
  }
  return new Error('A subscription was refused.');
}

function guardedEvents(source: AsyncIterable<unknown>): AsyncIterableIterator<unknown> {
  const iterator = source[Symbol.asyncIterator]();
  let ended = false;
  const end = async () => {
    ended = true;
    try {
      await iterator.return?.();
    } catch {
      // A source that cannot be closed is still not read again.
    }
  };
  const guard = ({ done, value }: IteratorResult<unknown>): IteratorResult<unknown> =>
    done === true || ended ? over : { done: false, value: eventOf(value, end) };
  return {
    next: async () => (ended ? over : guard(await iterator.next())),
    return: async () => {
      await end();
      return over;
    },
    throw: async (error: unknown) => {
      if (iterator.throw === undefined) throw error;
      return guard(await iterator.throw(error));
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** A source that is guarded twice, as its resolver was replaced by one around it, has one event in the other. */
function eventOf(value: unknown, end: () => Promise<void>): GuardedEvent {
  return new GuardedEvent(value instanceof GuardedEvent ? value.payload : value, end);
}

const over: IteratorResult<unknown> = { done: true, value: undefined };

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
