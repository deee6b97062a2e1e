import type { ShadowSettings } from './shadow-options.ts';

type Work = () => Promise<void>;

/** What is compared later: so much at once, so much waiting, and nothing in the turn of the event loop that brought it. */
export class ShadowQueue {
  readonly #settings: Pick<ShadowSettings, 'clock' | 'concurrency' | 'waiting'>;
  readonly #waiting: Work[] = [];
  #running = 0;
  #isDue = false;

  constructor(settings: Pick<ShadowSettings, 'clock' | 'concurrency' | 'waiting'>) {
    this.#settings = settings;
  }

  /** Whether there is room for it. */
  add(work: Work): boolean {
    if (this.#waiting.length >= this.#settings.waiting) return false;
    this.#waiting.push(work);
    this.#wake();
    return true;
  }

  /** What has waited before is begun before all else, and has its room already. */
  addFirst(work: Work): void {
    this.#waiting.unshift(work);
    this.#wake();
  }

  #wake(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#settings.clock.after(0, () => {
      this.#isDue = false;
      while (this.#running < this.#settings.concurrency) {
        const work = this.#waiting.shift();
        if (work === undefined) return;
        void this.#run(work);
      }
    });
  }

  async #run(work: Work): Promise<void> {
    this.#running += 1;
    try {
      await work();
    } catch {
      // A clock that fails; the next one may be begun all the same.
    } finally {
      this.#running -= 1;
      if (this.#waiting.length > 0) this.#wake();
    }
  }
}
