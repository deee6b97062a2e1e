import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Postern } from '../operations/postern.ts';
import { runUpkeep } from '../operations/upkeep/run-upkeep.ts';
import type { Retention, Upkeep } from '../store/upkeep.ts';

export interface UpkeepTimerOptions {
  readonly postern: Postern;
  readonly upkeep: Upkeep;
  readonly retention: Retention;
  readonly log: Logger;
}

/** Servers that start together do not go through the store together. */
const firstAfterMs = () => 60_000 + Math.random() * 600_000;
const everyMs = 3_600_000;

/** Removes what is not needed any more, once an hour; what fails is tried an hour later. */
export class UpkeepTimer {
  readonly #options: UpkeepTimerOptions;
  readonly #ended = new AbortController();
  readonly #running: Promise<void>;

  constructor(options: UpkeepTimerOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#ended;
    // A process that has nothing else to do is not kept for it.
    const rest = (ms: number) => pause(ms, undefined, { signal, ref: false }).catch(() => undefined);
    for (await rest(firstAfterMs()); !signal.aborted; await rest(everyMs)) await this.#runOnce();
  }

  async #runOnce(): Promise<void> {
    const { postern, upkeep, retention, log } = this.#options;
    try {
      const removed = await runUpkeep(postern, upkeep, retention, this.#ended.signal);
      log.info({ removed }, 'What is not needed any more was removed.');
    } catch (error) {
      log.warn({ err: error }, 'What is not needed any more could not be removed; it is tried again in an hour.');
    }
  }
}
