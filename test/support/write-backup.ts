import { crc32 } from 'node:zlib';

/** A relationship of a backup, without caveat and end. */
export interface BackupRelationship {
  readonly type: string;
  readonly id: string;
  readonly relation: string;
  readonly subjectType: string;
  readonly subjectId: string;
}

const texts = [
  'object_type',
  'object_id',
  'relation',
  'subject_object_type',
  'subject_object_id',
  'subject_relation',
  'caveat_name',
];
const schema = [
  {
    type: 'record',
    name: 'com.authzed.spicedb.backup.relationship_v1',
    fields: [
      ...texts.map((name) => ({ name, type: 'string' })),
      { name: 'caveat_context', type: 'bytes' },
      { name: 'expiration', type: { type: 'long', logicalType: 'timestamp-millis' } },
    ],
  },
  { type: 'record', name: 'com.authzed.spicedb.backup.schema_v1', fields: [{ name: 'schema_text', type: 'string' }] },
];
const sync = Buffer.from('0123456789abcdef');

/** A backup as zed writes it: a schema, then relationships, `itemsOfBlock` in each block. */
export function writeBackup(text: string, relationships: readonly BackupRelationship[], itemsOfBlock = 100): Buffer {
  const items = [Buffer.concat([long(1n), bytes(Buffer.from(text))]), ...relationships.map(itemOf)];
  const head = [Buffer.from('Obj\u0001', 'latin1'), long(2n)];
  const metadata = { 'avro.schema': JSON.stringify(schema), 'avro.codec': 'snappy' };
  for (const [key, value] of Object.entries(metadata)) head.push(bytes(Buffer.from(key)), bytes(Buffer.from(value)));
  const blocks: Buffer[] = [];
  for (let start = 0; start < items.length; start += itemsOfBlock) {
    const some = items.slice(start, start + itemsOfBlock);
    const body = Buffer.concat(some);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    blocks.push(long(BigInt(some.length)), bytes(Buffer.concat([literals(body), sum])), sync);
  }
  return Buffer.concat([...head, long(0n), sync, ...blocks]);
}

const noEnd = -62_135_596_800_000n;

function itemOf({ type, id, relation, subjectType, subjectId }: BackupRelationship): Buffer {
  const values = [type, id, relation, subjectType, subjectId, '', '', ''];
  return Buffer.concat([long(0n), ...values.map((value) => bytes(Buffer.from(value))), long(noEnd)]);
}

function varint(value: bigint): Buffer {
  const out: number[] = [];
  for (let left = value; ; left >>= 7n) {
    out.push(Number(left & 127n) | (left > 127n ? 128 : 0));
    if (left <= 127n) return Buffer.from(out);
  }
}

function long(value: bigint): Buffer {
  return varint(value < 0n ? -2n * value - 1n : 2n * value);
}

function bytes(value: Buffer): Buffer {
  return Buffer.concat([long(BigInt(value.length)), value]);
}

/** Snappy without any repetition. */
function literals(body: Buffer): Buffer {
  const pieces = [varint(BigInt(body.length))];
  for (let start = 0; start < body.length; start += 60) {
    const piece = body.subarray(start, start + 60);
    pieces.push(Buffer.from([(piece.length - 1) << 2]), piece);
  }
  return Buffer.concat(pieces);
}
