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

  get count(): number {
    return this.#open.size;
  }

  /** A session for a new connection, or undefined when there is no room. `cut` ends the connection without ceremony. */
  open(cut: () => void): LiveSession | undefined {
    if (this.#isStopping || this.#open.size >= this.#limits.connections) return undefined;
    const session = new LiveSession();
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    this.#open.set(session, { cut, closed, close, owner: undefined });
    return session;
  }

  /** A session for a connection that nobody has spoken for yet: those have less room, so that they cannot take all. */
  openForStranger(cut: () => void): LiveSession | undefined {
    const strangers = [...this.#open.values()].filter(({ owner }) => owner === undefined);
    return strangers.length >= this.#limits.strangers ? undefined : this.open(cut);
  }

  /** Whose session it is, and how many subscriptions run in it; false when the caller of this name has as many as one may. */
  assign(session: LiveSession, name: string, countSubscriptions: () => number): boolean {
    const found = this.#open.get(session);
    if (found === undefined) return false;
    const { connectionsPerSubject, subscriptionsPerSubject } = this.#limits;
    if (this.#ownedBy(name).length >= connectionsPerSubject) return false;
    found.owner = { name, countSubscriptions };
    return this.countSubscriptions(name) <= subscriptionsPerSubject;
  }

  /** How many subscriptions a caller has in all its sessions. */
  countSubscriptions(name: string): number {
    return this.#ownedBy(name).reduce((sum, owner) => sum + owner.countSubscriptions(), 0);
  }

  #ownedBy(name: string): readonly Owner[] {
    return [...this.#open.values()].flatMap(({ owner }) => (owner?.name === name ? [owner] : []));
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
  /** Undefined as long as the client has not said who it is. */
  owner: Owner | undefined;
}

interface Owner {
  readonly name: string;
  readonly countSubscriptions: () => number;
}
