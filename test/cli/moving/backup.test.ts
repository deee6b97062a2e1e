import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planSpicedb } from '../../../src/cli/moving/plan/plan-spicedb.ts';
import { readBackup } from '../../../src/cli/moving/spicedb/read-backup.ts';
import { formatSource } from '../../../src/cli/moving/spicedb/source-relationship.ts';
import { noNames } from '../../../src/cli/moving/translate/given-names.ts';
import { writeBackup } from '../../support/write-backup.ts';

/** Written by the packages avsc 5.7.9 and snappyjs 0.7.0, with the Avro schema of zed. */
const recorded = await readFile(join(import.meta.dirname, 'spicedb', 'recorded.avro'));
const now = new Date('2026-03-01T12:00:00Z');

const relationships = Array.from({ length: 256 }, (_, index) => ({
  ...{ type: 'page', id: `${index % 9}`, relation: 'viewer', subjectType: 'user', subjectId: `user-${index}` },
}));
const schema = 'definition user {}\ndefinition page {\n  relation viewer: user\n}\n';

/** In CI some; `npm run fuzz:moving` flips each bit. */
const every = process.env.TEST_MOVING_WORLDS === undefined ? 7 : 1;

function read(bytes: Buffer, expected?: number): string {
  try {
    const { schema: text, relationships: found } = readBackup('x.avro', bytes, expected);
    return JSON.stringify([text, found]);
  } catch (error) {
    return error instanceof Error && /^(?:The backup|Whether the backup)/.test(error.message)
      ? 'refused'
      : String(error);
  }
}

describe('a backup that another library wrote', () => {
  test('is read: sets, caveats with their values, ends', () => {
    const source = readBackup('recorded.avro', recorded, undefined);
    expect(source.relationships).toHaveLength(45);
    expect(source.relationships.slice(0, 5).map(formatSource)).toEqual([
      'page:1#viewer@user:ann',
      'page:1#viewer@group:all#member',
      'page:1#viewer@user:tia',
      'page:2#viewer@user:end',
      'page:2#viewer@user:old',
    ]);
    const context = { level: 3, of: { a: 'ä', b: '' }, on: true };
    expect(source.relationships[2]?.caveat).toEqual({ name: 'tier', context });
    expect(source.relationships[3]?.expiresAt).toEqual(new Date('2190-01-02T03:04:05.678Z'));
    const { counts, refused } = planSpicedb('recorded.avro', source, noNames, now);
    expect(refused).toEqual([]);
    expect(counts.map(({ as, in: given, out, expired }) => [as, given, out, expired])).toEqual([
      ['group#member', 40, 40, 0],
      ['page#viewer', 5, 4, 1],
    ]);
  });

  test('is refused when it is cut off anywhere', () => {
    for (let end = 0; end < recorded.length; end += 1)
      expect([end, read(recorded.subarray(0, end))]).toEqual([end, 'refused']);
  });

  test('is refused or the same when a bit of it is another one', () => {
    const whole = read(recorded);
    const other: number[] = [];
    for (let bit = 0; bit < recorded.length * 8; bit += every) {
      const flipped = Buffer.from(recorded);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const found = read(flipped);
      if (found !== 'refused' && found !== whole) other.push(bit);
    }
    expect(other).toEqual([]);
  });
});

describe('a backup of several blocks', () => {
  const whole = writeBackup(schema, relationships);

  test('is read', () => {
    expect(JSON.parse(read(whole))).toMatchObject([{ text: schema }, { length: 256 }]);
  });

  test('is refused when it is cut off anywhere, also behind a block', () => {
    for (let end = 0; end < whole.length; end += every)
      expect([end, read(whole.subarray(0, end))]).toEqual([end, 'refused']);
    const cut = [...endsOfBlocks(whole)].slice(0, -1);
    expect(cut.length).toBe(3);
    for (const end of cut) expect([end, read(whole.subarray(0, end))]).toEqual([end, 'refused']);
  });

  test('that ends with a full block is read when the count is said, and it is that', () => {
    const full = writeBackup(schema, relationships.slice(0, 199));
    expect(read(full)).toBe('refused');
    expect(read(full, 198)).toBe('refused');
    expect(JSON.parse(read(full, 199))).toMatchObject([{ text: schema }, { length: 199 }]);
  });
});

/** Where the bytes behind each mark of a block are. */
function* endsOfBlocks(bytes: Buffer): Generator<number> {
  const mark = '0123456789abcdef';
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) yield at + mark.length;
}
