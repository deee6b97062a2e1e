import { setTimeout as pause } from 'node:timers/promises';
import { serverStopping } from '../../graphql/errors.ts';
import type { LiveLimits } from './live-limits.ts';
import { LiveSession } from './live-session.ts';

/** The connections of all subscribers of this process, of whatever transport. */
export class LiveSessions {
  readonly #limits: LiveLimits;
  readonly #open = new Map<LiveSession, OpenSession>();
  #isStopping = false;

  constructor(limits: LiveLimits) {
    this.#limits = limits;
  }

  /** A session for a new connection, or undefined when there is no room. `cut` ends the connection without ceremony. */
  open(cut: () => void): LiveSession | undefined {
    if (this.#isStopping || this.#open.size >= this.#limits.connections) return undefined;
    const session = new LiveSession();
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    this.#open.set(session, { cut, closed, close, subject: undefined });
    return session;
  }

  /** Says whose session it is; false when they have as many as they may. */
  claim(session: LiveSession, subject: string): boolean {
    const open = this.#open.get(session);
    const theirs = [...this.#open.values()].filter((other) => other !== open && other.subject === subject);
    if (open === undefined || theirs.length >= this.#limits.connectionsPerSubject) return false;
    open.subject = subject;
    return true;
  }

  /** The connection is closed. */
  close(session: LiveSession): void {
    session.end();
    this.#open.get(session)?.close();
    this.#open.delete(session);
  }

  /** Takes no more, tells everybody to come back later, and cuts off whoever does not leave in time. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const session of this.#open.keys()) session.end(serverStopping());
    const everybody = Promise.all([...this.#open.values()].map(({ closed }) => closed));
    const patience = new AbortController();
    const tooLong = pause(this.#limits.farewellMs, undefined, { signal: patience.signal }).catch(() => undefined);
    await Promise.race([everybody, tooLong]);
    patience.abort();
    for (const { cut } of this.#open.values()) cut();
  }
}

interface OpenSession {
  readonly cut: () => void;
  readonly closed: Promise<void>;
  readonly close: () => void;
  subject: string | undefined;
}
