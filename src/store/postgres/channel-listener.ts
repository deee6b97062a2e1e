import { setTimeout as pause } from 'node:timers/promises';
import { withDeadline } from '../../base/with-deadline.ts';
import type { Connection } from './connection.ts';

/** Listens to one channel of the database on a connection of its own, and does so again whenever it was lost. */
export class ChannelListener {
  readonly #open: (onNotification: () => void) => Promise<Connection>;
  readonly #ended = new AbortController();
  #listening: Promise<void> | undefined;

  constructor(open: (onNotification: () => void) => Promise<Connection>) {
    this.#open = open;
  }

  /** Calls `heard` for each notification, and each time when it has begun to listen: one may have come before. */
  listen(channel: string, heard: () => void): void {
    this.#listening ??= this.#keepListening(channel, heard);
  }

  async end(): Promise<void> {
    this.#ended.abort();
    await this.#listening;
  }

  async #keepListening(channel: string, heard: () => void): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted) {
      // Whoever waits for a notification looks for itself after a while without one.
      await this.#listenOnce(channel, heard).catch(() => undefined);
      await pause(beforeNextMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #listenOnce(channel: string, heard: () => void): Promise<void> {
    const { signal } = this.#ended;
    const connection = await this.#open(heard);
    const end = () => connection.destroy();
    signal.addEventListener('abort', end);
    try {
      if (signal.aborted) return;
      // Asked again and again, it shows that the other side is still there.
      for (let isFirst = true; ; isFirst = false) {
        const answered = connection.orLost(connection.sql`listen ${connection.sql(channel)}`);
        await withDeadline(answered, longestSilenceMs, 'Listening to the database');
        if (isFirst) heard();
        await connection.orLost(pause(betweenLooksMs, undefined, { signal }));
      }
    } finally {
      signal.removeEventListener('abort', end);
      connection.destroy();
    }
  }
}

const beforeNextMs = 100;
const betweenLooksMs = 10_000;
const longestSilenceMs = 5000;
