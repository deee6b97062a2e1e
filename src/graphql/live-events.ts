import { GraphQLError } from 'graphql';
import { failed, type Result } from '../base/result.ts';
import type { Refusal } from '../operations/refusal.ts';
import { refusalError } from './errors.ts';
import type { Session } from './request-context.ts';

/** An event of a subscription; an error is its last one, so that every client is told why it ended. */
export type LiveEvent<Value> = Result<Value, GraphQLError>;

/**
 * The events of a subscription. They come only when they are asked for, and end with the session, with a refusal, or at
 * once when the client has enough: a generator alone would finish waiting for its next event first.
 */
export function liveEvents<Value>(
  session: Session,
  watch: (signal: AbortSignal) => AsyncGenerator<Result<Value, Refusal>, void, undefined>,
): AsyncIterableIterator<LiveEvent<Value>> {
  const left = new AbortController();
  const events = eventsOf(watch(AbortSignal.any([session.ended, left.signal])), session);
  const iterator: AsyncIterableIterator<LiveEvent<Value>> = {
    next: () => events.next(),
    return: () => {
      left.abort();
      return events.return(undefined);
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

async function* eventsOf<Value>(
  source: AsyncGenerator<Result<Value, Refusal>, void, undefined>,
  session: Session,
): AsyncGenerator<LiveEvent<Value>, void, undefined> {
  for await (const event of source) {
    if (session.ended.aborted) break;
    yield event.ok ? event : failed(refusalError(event.problem));
    if (!event.ok) return;
  }
  const reason: unknown = session.ended.reason;
  if (reason instanceof GraphQLError) yield failed(reason);
}

/** What the resolver of a subscription makes of an event. */
export function eventValue<Value>(event: LiveEvent<Value>): Value {
  if (event.ok) return event.value;
  throw event.problem;
}
