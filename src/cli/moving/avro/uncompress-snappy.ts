import { BrokenBytes, ByteReader } from './byte-reader.ts';

/** A block in Snappy's raw format: its length, then pieces that are there or were there before. */
export function uncompressSnappy(compressed: Buffer): Buffer {
  const reader = new ByteReader(compressed);
  const length = reader.varint();
  // A piece of three bytes is copied to 64 at most.
  if (length > BigInt(compressed.length) * 64n)
    throw new BrokenBytes('A block in it says that it is longer than it can be');
  const output = Buffer.alloc(Number(length));
  let at = 0;
  while (!reader.isAtEnd) {
    const tag = reader.byte();
    at = (tag & 3) === 0 ? copyLiteral(reader, tag, output, at) : copyBefore(reader, tag, output, at);
  }
  if (at !== output.length) throw new BrokenBytes('A block in it is shorter than it says');
  return output;
}

function copyLiteral(reader: ByteReader, tag: number, output: Buffer, at: number): number {
  const short = tag >> 2;
  const length = short < 60 ? short + 1 : reader.take(short - 59).readUIntLE(0, short - 59) + 1;
  const literal = reader.take(length);
  fits(output, at, length);
  literal.copy(output, at);
  return at + length;
}

function copyBefore(reader: ByteReader, tag: number, output: Buffer, at: number): number {
  const { length, offset } = copyOf(reader, tag);
  fits(output, at, length);
  if (offset === 0 || offset > at) throw new BrokenBytes('A block in it refers to what is not there');
  // It may repeat what it writes itself.
  for (let index = 0; index < length; index += 1) output[at + index] = output[at + index - offset] ?? 0;
  return at + length;
}

function copyOf(reader: ByteReader, tag: number): { readonly length: number; readonly offset: number } {
  if ((tag & 3) === 1) return { length: ((tag >> 2) & 7) + 4, offset: ((tag >> 5) << 8) | reader.byte() };
  const bytes = (tag & 3) === 2 ? 2 : 4;
  return { length: (tag >> 2) + 1, offset: reader.take(bytes).readUIntLE(0, bytes) };
}

function fits(output: Buffer, at: number, length: number): void {
  if (length > output.length - at) throw new BrokenBytes('A block in it is longer than it says');
}
