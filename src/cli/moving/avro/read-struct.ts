import { BrokenBytes, ByteReader, textOf } from './byte-reader.ts';

/** Reads a `google.protobuf.Struct`: an object as JSON has it. Throws `BrokenBytes`. */
export function readStruct(bytes: Buffer): Readonly<Record<string, unknown>> {
  const entries = fieldsOf(bytes).map(({ number, value }) => {
    if (number !== 1 || !Buffer.isBuffer(value)) throw unknownField();
    return entryOf(value);
  });
  return Object.fromEntries(entries);
}

interface Field {
  readonly number: number;
  readonly value: Buffer | bigint | number;
}

/** The fields of a message, by the three kinds that a Struct has. */
function fieldsOf(bytes: Buffer): readonly Field[] {
  const reader = new ByteReader(bytes);
  const fields: Field[] = [];
  while (!reader.isAtEnd) {
    const tag = Number(reader.varint());
    fields.push({ number: tag >>> 3, value: fieldValue(reader, tag & 7) });
  }
  return fields;
}

function fieldValue(reader: ByteReader, wire: number): Field['value'] {
  if (wire === 0) return reader.varint();
  if (wire === 1) return reader.take(8).readDoubleLE(0);
  if (wire === 2) return reader.take(reader.size(reader.varint()));
  throw unknownField();
}

function entryOf(bytes: Buffer): readonly [string, unknown] {
  let [key, value]: [string, unknown] = ['', null];
  for (const field of fieldsOf(bytes)) {
    if (!Buffer.isBuffer(field.value)) throw unknownField();
    if (field.number === 1) key = textOf(field.value);
    else if (field.number === 2) value = jsonOf(field.value);
    else throw unknownField();
  }
  return [key, value];
}

function jsonOf(bytes: Buffer): unknown {
  const field = fieldsOf(bytes).at(-1);
  if (field === undefined) return null;
  const { number, value } = field;
  if (number === 1) return null;
  if (number === 2 && typeof value === 'number') return value;
  if (number === 4 && typeof value === 'bigint') return value !== 0n;
  if (!Buffer.isBuffer(value)) throw unknownField();
  if (number === 3) return textOf(value);
  if (number === 5) return readStruct(value);
  if (number === 6) return listOf(value);
  throw unknownField();
}

function listOf(bytes: Buffer): readonly unknown[] {
  return fieldsOf(bytes).map(({ number, value }) => {
    if (number !== 1 || !Buffer.isBuffer(value)) throw unknownField();
    return jsonOf(value);
  });
}

function unknownField(): BrokenBytes {
  return new BrokenBytes('The values of a caveat in it cannot be read');
}
