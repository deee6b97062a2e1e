import { turns } from '../../base/turns.ts';

/** Numbers of one page; the pages that nobody names take no room. */
const pageBits = 12;
const pageSize = 2 ** pageBits;
const wordsPerPage = pageSize / 32;

/** Marks numbers below 2^32, in any order and however often. */
export class NodeMarks {
  readonly #pages = new Map<number, Uint32Array>();

  add(node: number): void {
    const number = Math.floor(node / pageSize);
    let page = this.#pages.get(number);
    if (page === undefined) {
      page = new Uint32Array(wordsPerPage);
      this.#pages.set(number, page);
    }
    const word = (node % pageSize) >>> 5;
    page[word] = (page[word] ?? 0) | (1 << (node & 31));
  }

  /** The numbers that were marked, in turns with others. */
  async finish(): Promise<NodeSet> {
    const set = new NodeSet(this.#pages);
    await set.list();
    return set;
  }
}

/**
 * Numbers in their order: the place of each is how many are before it, which is counted and not searched. A node takes a few bits
 * for it where numbers stand close together, and its number.
 */
export class NodeSet {
  /** The numbers, in their order. */
  readonly nodes: Uint32Array;
  readonly #numbers: readonly number[];
  /** For each page that there may be, which of those that there are; below zero for none. */
  readonly #pageAt: Int32Array;
  readonly #words: Uint32Array;
  /** For each word, how many numbers are before it. */
  readonly #before: Uint32Array;

  constructor(pages: ReadonlyMap<number, Uint32Array>) {
    const numbers = [...pages.keys()].toSorted((a, b) => a - b);
    this.#pageAt = new Int32Array((numbers.at(-1) ?? -1) + 1).fill(-1);
    this.#words = new Uint32Array(numbers.length * wordsPerPage);
    this.#before = new Uint32Array(this.#words.length);
    let count = 0;
    for (const [index, number] of numbers.entries()) {
      const words = pages.get(number) ?? new Uint32Array(wordsPerPage);
      this.#pageAt[number] = index;
      this.#words.set(words, index * wordsPerPage);
      for (const [word, bits] of words.entries()) {
        this.#before[index * wordsPerPage + word] = count;
        count += bitsIn(bits);
      }
    }
    this.nodes = new Uint32Array(count);
    this.#numbers = numbers;
  }

  async list(): Promise<void> {
    let place = 0;
    for (const [index, number] of this.#numbers.entries()) {
      await turns.pause();
      for (let offset = 0; offset < pageSize; offset++) {
        const bits = this.#words[index * wordsPerPage + (offset >>> 5)] ?? 0;
        if ((bits & (1 << (offset & 31))) !== 0) this.nodes[place++] = number * pageSize + offset;
      }
    }
  }

  /** The place of a number; below zero when it is not there. */
  placeOf(node: number): number {
    const page = this.#pageAt[Math.floor(node / pageSize)] ?? -1;
    if (page < 0) return -1;
    const word = page * wordsPerPage + ((node % pageSize) >>> 5);
    const bits = this.#words[word] ?? 0;
    const bit = 1 << (node & 31);
    return (bits & bit) === 0 ? -1 : (this.#before[word] ?? 0) + bitsIn(bits & (bit - 1));
  }

  get bytes(): number {
    return this.nodes.byteLength + this.#pageAt.byteLength + this.#words.byteLength + this.#before.byteLength;
  }
}

/** How many bits of a word are set. */
function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
