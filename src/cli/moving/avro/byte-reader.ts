/** Bytes that are not what they should be: cut off, or other ones. */
export class BrokenBytes extends Error {}

/** Bytes, read one after the other; never beyond the end. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  take(count: number): Buffer {
    if (count < 0 || count > this.#bytes.length - this.#at) throw new BrokenBytes('It ends before it is whole');
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  byte(): number {
    return this.take(1)[0] ?? 0;
  }

  /** A number of 7 bits in each byte, the lowest first. */
  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        if (value >> 64n !== 0n) break;
        return value;
      }
    }
    throw new BrokenBytes('A number in it has more than 64 bits');
  }

  /** A length, or a count. */
  size(value: bigint): number {
    if (value < 0n || value > BigInt(this.#bytes.length - this.#at))
      throw new BrokenBytes('It ends before it is whole');
    return Number(value);
  }
}

/** Text in UTF-8, and in nothing else. */
export function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new BrokenBytes('A text in it is not UTF-8', { cause: error });
  }
}
