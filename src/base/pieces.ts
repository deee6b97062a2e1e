import { turns } from './turns.ts';

/** What is made of so many items takes a few milliseconds. */
const pieceSize = 100;

/**
 * Lists whose items each lead to the same work, as the fields of an answer do, in pieces: of many items, all but those of the first
 * piece are promises that are kept piece by piece, so that others have their turn in between. Several lists are one after the other.
 */
export class Pieces {
  #left = pieceSize;
  /** When the present piece is handed out; undefined for at once. */
  #present: Promise<void> | undefined;

  of<Item>(items: readonly Item[]): readonly (Item | Promise<Item>)[] {
    return items.map((item) => {
      if (this.#left === 0) this.#begin();
      this.#left -= 1;
      return this.#present === undefined ? item : this.#present.then(() => item);
    });
  }

  #begin(): void {
    this.#present = (this.#present ?? Promise.resolve()).then(() => turns.rest());
    this.#left = pieceSize;
  }
}
