import type { MemoryChange, MemoryState } from './memory-state.ts';

/** A write on its way: the state that it makes, and what it numbers and dates it with. */
export class MemoryWrite {
  readonly before: MemoryState;
  readonly state: MemoryState;
  /** The revision that the write will be, if it changes anything. */
  readonly next: number;
  hasChanged = false;
  #clock: Date | undefined;
  readonly #begunAt = new Date();

  constructor(before: MemoryState, state: MemoryState) {
    this.before = before;
    this.state = state;
    this.next = before.revision + 1;
  }

  /** The revision to which this moment of the write belongs. */
  get revision(): number {
    return this.hasChanged ? this.next : this.before.revision;
  }

  /** The instant of everything that this write writes; never before the last event. */
  get time(): Date {
    const clock = this.#clock ?? this.#begunAt;
    const last = this.before.events.at(-1)?.event.at;
    return last !== undefined && new Date(last) > clock ? new Date(last) : clock;
  }

  /** The clock of a snapshot that the write looks at; the first one counts. */
  decideAt(clock: Date): void {
    this.#clock ??= clock;
  }

  change(change: MemoryChange): void {
    this.state.changes.push(change);
    this.hasChanged = true;
  }
}
