import { z } from 'zod';
import { BrokenBytes, ByteReader, textOf } from './byte-reader.ts';
import { type Container, readBytes, readLong } from './read-container.ts';

/** One of the records of a container: its name without what stands before the last dot, and its fields. */
export interface AvroRecord {
  readonly name: string;
  readonly fields: ReadonlyMap<string, AvroValue>;
}

export type AvroValue = string | Buffer | bigint;

const plainType = z.enum(['string', 'bytes', 'long', 'int']);
// A time in another unit would be another time.
const timeType = z.strictObject({ type: z.literal('long'), logicalType: z.literal('timestamp-millis') });
const fieldType = z.union([plainType, timeType.transform(({ type }) => type)]);
const recordSchema = z.looseObject({
  type: z.literal('record'),
  name: z.string(),
  fields: z.array(z.looseObject({ name: z.string(), type: fieldType })),
});
const unionSchema = z.array(recordSchema).min(1);

/** Reads the items of a container that holds records of texts, bytes and whole numbers; throws `BrokenBytes`. */
export function readRecords({ schema, blocks }: Container): readonly AvroRecord[] {
  const read = unionSchema.safeParse(parseJson(schema));
  if (!read.success) throw new BrokenBytes('Its Avro schema is not that of a backup');
  return blocks.flatMap(({ items, bytes }) => {
    const reader = new ByteReader(bytes);
    const records = Array.from({ length: items }, () => readRecord(reader, read.data));
    if (!reader.isAtEnd) throw new BrokenBytes('A block in it holds more than it says');
    return records;
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BrokenBytes('Its Avro schema is not JSON', { cause: error });
  }
}

function readRecord(reader: ByteReader, union: z.infer<typeof unionSchema>): AvroRecord {
  const record = union[Number(readLong(reader))];
  if (record === undefined) throw new BrokenBytes('A record in it is of no kind that it knows');
  const fields = new Map<string, AvroValue>();
  for (const { name, type } of record.fields) fields.set(name, readValue(reader, type));
  return { name: record.name.split('.').at(-1) ?? '', fields };
}

function readValue(reader: ByteReader, type: z.infer<typeof plainType>): AvroValue {
  if (type === 'long' || type === 'int') return readLong(reader);
  const bytes = readBytes(reader);
  return type === 'string' ? textOf(bytes) : bytes;
}
