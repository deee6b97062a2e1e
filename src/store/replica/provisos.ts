import { bytesOfText } from './bytes-of-text.ts';
import { inTurns } from './in-turns.ts';
import type { Proviso } from './stored-edge.ts';

/** The provisos of those rows that have one, in the order of the rows. */
export class Provisos {
  readonly #rows: Uint32Array;
  readonly #conditions: Uint16Array;
  readonly #contexts: Uint32Array;
  readonly #beginnings: Float64Array;
  readonly #expiries: Float64Array;
  /** Each text once; the first stands for none. */
  readonly #texts: (string | undefined)[] = [undefined];
  #hasConditions = false;
  #lastBeginning = Number.NEGATIVE_INFINITY;
  #textBytes = 0;

  private constructor(size: number) {
    this.#rows = new Uint32Array(size);
    this.#conditions = new Uint16Array(size);
    this.#contexts = new Uint32Array(size);
    this.#beginnings = new Float64Array(size);
    this.#expiries = new Float64Array(size);
  }

  /** Of each row, the proviso at its place; made in turns with others. */
  static async of(rows: readonly number[], provisos: readonly Proviso[]): Promise<Provisos> {
    const made = new Provisos(rows.length);
    const places = new Map<string | undefined, number>([[undefined, 0]]);
    await inTurns(rows.length, (index) => {
      const proviso = provisos[index];
      if (proviso !== undefined) made.#set(index, rows[index] ?? 0, proviso, places);
    });
    return made;
  }

  /** That of a row which has one. */
  at(row: number): Proviso {
    const place = this.#placeOf(row);
    const condition = this.#conditions[place] ?? none;
    return {
      condition: condition === none ? undefined : condition,
      context: this.#texts[this.#contexts[place] ?? 0],
      startsAt: this.#beginnings[place] ?? Number.POSITIVE_INFINITY,
      expiresAt: this.#expiries[place] ?? Number.NEGATIVE_INFINITY,
    };
  }

  /** Whether any of them is a condition. */
  get hasConditions(): boolean {
    return this.#hasConditions;
  }

  /** When the last of them begins, in microseconds; infinitely long ago where none does. */
  get lastBeginning(): number {
    return this.#lastBeginning;
  }

  get bytes(): number {
    const arrays = [this.#rows, this.#conditions, this.#contexts, this.#beginnings, this.#expiries];
    return arrays.reduce((sum, { byteLength }) => sum + byteLength, this.#textBytes);
  }

  #set(index: number, row: number, proviso: Proviso, places: Map<string | undefined, number>): void {
    const { condition = none, context, startsAt, expiresAt } = proviso;
    let place = places.get(context);
    if (place === undefined) {
      place = this.#texts.push(context) - 1;
      places.set(context, place);
      this.#textBytes += bytesOfText(context ?? '');
    }
    this.#rows[index] = row;
    this.#conditions[index] = condition;
    this.#contexts[index] = place;
    this.#beginnings[index] = startsAt;
    this.#expiries[index] = expiresAt;
    this.#lastBeginning = Math.max(this.#lastBeginning, startsAt);
    if (condition !== none) this.#hasConditions = true;
  }

  #placeOf(row: number): number {
    let [low, high] = [0, this.#rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#rows[middle] ?? 0) < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Terms count from 1. */
const none = 0;
