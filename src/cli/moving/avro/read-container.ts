import { crc32 } from 'node:zlib';
import { BrokenBytes, ByteReader, textOf } from './byte-reader.ts';
import { uncompressSnappy } from './uncompress-snappy.ts';

/** An Avro container: what was written, in blocks of so many items each. */
export interface Container {
  readonly schema: string;
  readonly blocks: readonly ContainerBlock[];
}

export interface ContainerBlock {
  readonly items: number;
  readonly bytes: Buffer;
}

export const containerMagic = Buffer.from('Obj\u0001', 'latin1');

/** Reads a container whose blocks are compressed with Snappy, each with its checksum; throws `BrokenBytes`. */
export function readContainer(bytes: Buffer): Container {
  const reader = new ByteReader(bytes);
  if (!reader.take(4).equals(containerMagic)) throw new BrokenBytes('It does not begin as an Avro container');
  const metadata = readMetadata(reader);
  const sync = reader.take(16);
  const codec = textOf(metadata.get('avro.codec') ?? Buffer.from('null'));
  if (codec !== 'snappy') throw new BrokenBytes(`It is packed with "${codec}" and not with "snappy"`);
  const blocks: ContainerBlock[] = [];
  while (!reader.isAtEnd) blocks.push(readBlock(reader, sync));
  return { schema: textOf(metadata.get('avro.schema') ?? Buffer.from('')), blocks };
}

/** A number with its sign in the lowest bit. */
export function readLong(reader: ByteReader): bigint {
  const value = reader.varint();
  return (value >> 1n) ^ -(value & 1n);
}

function readMetadata(reader: ByteReader): ReadonlyMap<string, Buffer> {
  const metadata = new Map<string, Buffer>();
  for (;;) {
    const count = readLong(reader);
    if (count === 0n) return metadata;
    // A negative count is followed by the length of the entries.
    if (count < 0n) readLong(reader);
    for (let left = count < 0n ? -count : count; left > 0n; left -= 1n) {
      const key = textOf(readBytes(reader));
      metadata.set(key, readBytes(reader));
    }
  }
}

export function readBytes(reader: ByteReader): Buffer {
  return reader.take(reader.size(readLong(reader)));
}

function readBlock(reader: ByteReader, sync: Buffer): ContainerBlock {
  const items = readLong(reader);
  const packed = readBytes(reader);
  if (!reader.take(16).equals(sync)) throw new BrokenBytes('A block in it does not end where it should');
  if (packed.length < 4) throw new BrokenBytes('A block in it has no checksum');
  const bytes = uncompressSnappy(packed.subarray(0, -4));
  if (crc32(bytes) !== packed.readUInt32BE(packed.length - 4)) {
    throw new BrokenBytes('The checksum of a block in it is not that of its bytes');
  }
  if (items <= 0n || items > BigInt(bytes.length)) throw new BrokenBytes('A block in it does not hold what it says');
  return { items: Number(items), bytes };
}
