import { AsyncLocalStorage } from 'node:async_hooks';

/** A line of the log, as far as two of them are the same. */
export interface LineText {
  readonly message: string;
  /** What the error in it says, if it has one. */
  readonly detail: string;
}

/**
 * Counts lines of the log that say the same. When a database is away every request has one, and the line that says why would be one
 * among thousands: the first of each period are written, each with its request, and the rest are counted and told as a number.
 */
export class RepeatedLines {
  readonly #tell: (line: LineText, left: number) => void;
  readonly #seen = new Map<string, Map<string, number>>();
  #kinds = 0;
  #timer: NodeJS.Timeout | undefined;
  /** About no request, whichever began the period. */
  readonly #end = AsyncLocalStorage.bind(() => this.#tellAll());

  constructor(tell: (line: LineText, left: number) => void) {
    this.#tell = tell;
  }

  /** Whether the line is to be written. */
  isNews({ message, detail }: LineText): boolean {
    this.#timer ??= setTimeout(() => this.#end(), periodMs).unref();
    const byDetail = this.#seen.get(message) ?? new Map<string, number>();
    const count = byDetail.get(detail) ?? 0;
    if (count === 0) {
      // So many that are different are no repetitions.
      if (this.#kinds === mostKinds) return true;
      this.#kinds += 1;
    }
    byDetail.set(detail, count + 1);
    this.#seen.set(message, byDetail);
    return count < writtenOfEach;
  }

  #tellAll(): void {
    const seen = [...this.#seen];
    this.#seen.clear();
    this.#kinds = 0;
    this.#timer = undefined;
    for (const [message, byDetail] of seen) {
      for (const [detail, count] of byDetail) {
        if (count > writtenOfEach) this.#tell({ message, detail }, count - writtenOfEach);
      }
    }
  }
}

/** For so long lines that say the same are counted together. */
export const periodMs = 10_000;
/** So many of each are written. */
export const writtenOfEach = 5;
const mostKinds = 200;
