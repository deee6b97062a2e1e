import type { GraphQLError } from 'graphql';
import { tokenEnded } from '../../graphql/errors.ts';
import type { Session } from '../../graphql/request-context.ts';

/** Timers count up to this many milliseconds; a longer one would go off at once. */
const longestTimerMs = 2 ** 31 - 1;

/** One connection of a subscriber: it ends with its token, with the server, or when the client leaves. */
export class LiveSession implements Session {
  readonly #controller = new AbortController();
  #expiresAt = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  /** Looks at the clock itself: a timer that is late must not lengthen a token. */
  get ended(): AbortSignal {
    if (Date.now() >= this.#expiresAt) this.end(tokenEnded());
    return this.#controller.signal;
  }

  /** The token of the session ends then. */
  endAt(instant: Date): void {
    this.#expiresAt = instant.getTime();
    this.#wait();
  }

  /** With an error the client is told why; without one there is nobody to tell. */
  end(reason?: GraphQLError): void {
    clearTimeout(this.#timer);
    if (!this.#controller.signal.aborted) this.#controller.abort(reason);
  }

  #wait(): void {
    if (this.ended.aborted) return;
    this.#timer = setTimeout(() => this.#wait(), Math.min(this.#expiresAt - Date.now(), longestTimerMs));
  }
}
