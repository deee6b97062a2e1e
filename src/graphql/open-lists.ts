import { Pieces } from '../base/pieces.ts';

/** Lists of one request whose items are not all handed out. */
export class OpenLists {
  #open = 0;
  #pieces = new Pieces();
  readonly #waiting: (() => void)[] = [];

  open<Item>(items: readonly Item[]): readonly (Item | Promise<Item>)[] {
    const pieces = this.#pieces.of(items);
    this.#open += 1;
    void Promise.resolve(pieces.at(-1)).then(() => this.#close());
    return pieces;
  }

  /** Runs when no list is open and everything has been done that could be. */
  afterAll(run: () => void): void {
    this.#waiting.push(run);
    void Promise.resolve().then(() => this.#serve());
  }

  #close(): void {
    this.#open -= 1;
    this.#serve();
  }

  #serve(): void {
    if (this.#open > 0) return;
    this.#pieces = new Pieces();
    // After what is still to be done now: what other fields ask as well is in the same batch.
    for (const run of this.#waiting.splice(0)) process.nextTick(run);
  }
}
