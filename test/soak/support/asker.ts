import { setTimeout as sleep } from 'node:timers/promises';
import { askServer, type Replied } from './client.ts';
import type { Counts } from './counts.ts';
import type { SoakServer } from './run-server.ts';

export interface Decision {
  readonly allowed: boolean;
  readonly error: { readonly code: string } | null;
}

/** Asks whichever server is there, and counts what comes of it. */
export class Asker {
  readonly counts: Counts;
  readonly #server: () => SoakServer;
  #next = 0;

  constructor(server: () => SoakServer, counts: Counts) {
    this.#server = server;
    this.counts = counts;
  }

  get server(): SoakServer {
    return this.#server();
  }

  /** Another one each time. */
  takeNumber(): number {
    return this.#next++;
  }

  async ask(kind: string, as: string, query: string): Promise<Replied['data']> {
    const { data, code, ms } = await askServer(this.#server(), as, query);
    if (code === undefined) this.counts.answer(kind, ms);
    else this.counts.refuse(code, ms);
    // Whoever is refused because there is nobody does not ask without a pause.
    if (code !== undefined) await sleep(20);
    return code === undefined ? data : undefined;
  }
}
