import { existsSync } from 'node:fs';
import { countOf } from '../../../base/count-of.ts';
import { quote } from '../../../base/text-problem.ts';
import { BrokenBytes } from '../avro/byte-reader.ts';
import { type Container, containerMagic, readContainer } from '../avro/read-container.ts';
import { type AvroRecord, readRecords } from '../avro/read-records.ts';
import { readStruct } from '../avro/read-struct.ts';
import type { SpicedbSource } from './read-validation-file.ts';
import type { SourceRelationship } from './source-relationship.ts';

export function isBackup(bytes: Buffer): boolean {
  return bytes.subarray(0, containerMagic.length).equals(containerMagic);
}

/** Reads a backup of `zed backup create`, all of it or nothing; `expected` says how many relationships it must hold. */
export function readBackup(path: string, bytes: Buffer, expected: number | undefined): SpicedbSource {
  if (existsSync(`${path}.lock`)) {
    throw new Error(
      `The backup ${quote(path)} is not finished: ${quote(`${path}.lock`)} is there. Next: let "zed backup create" end.`,
    );
  }
  try {
    return sourceOf(path, readContainer(bytes), expected);
  } catch (error) {
    if (!(error instanceof BrokenBytes)) throw error;
    throw new Error(`The backup ${quote(path)} is broken. ${error.message}. Next: make another.`, { cause: error });
  }
}

function sourceOf(path: string, container: Container, expected: number | undefined): SpicedbSource {
  const [first, ...records] = readRecords(container);
  const schema = first?.name === 'schema_v1' ? first.fields.get('schema_text') : undefined;
  if (typeof schema !== 'string') throw new BrokenBytes('It does not begin with a schema');
  const relationships = records.map(relationshipOf);
  checkCount(path, container, relationships.length, expected);
  return { schema: { text: schema, before: 0 }, relationships, assertions: [], notes: [] };
}

/** As many items as zed puts into each block but the last. */
const itemsOfBlock = 100;

/**
 * The format has no mark at its end, so that a backup that is cut off behind a block looks whole. That nothing is missing shows
 * where all blocks are full but the last; where that one is full as well, only a count tells.
 */
function checkCount(path: string, { blocks }: Container, actual: number, expected: number | undefined): void {
  if (expected === actual) return;
  if (expected !== undefined) {
    throw new Error(
      `The backup ${quote(path)} holds ${countOf(actual, 'relationship')}, and there must be ${expected}. Next: make another.`,
    );
  }
  const sizes = blocks.map(({ items }) => items);
  const isWhole = (sizes.at(-1) ?? 0) < itemsOfBlock && sizes.slice(0, -1).every((size) => size === itemsOfBlock);
  if (isWhole) return;
  throw new Error(
    `Whether the backup ${quote(path)} is whole cannot be seen: it ends with a full block and has ${countOf(actual, 'relationship')}. Next: say with --expect how many SpiceDB has.`,
  );
}

const knownFields: ReadonlySet<string> = new Set([
  ...['object_type', 'object_id', 'relation', 'subject_object_type', 'subject_object_id', 'subject_relation'],
  ...['caveat_name', 'caveat_context', 'expiration'],
]);

function relationshipOf({ name, fields }: AvroRecord, index: number): SourceRelationship {
  // What is not known could be what takes a right away; a field that is misspelt is one.
  const strange = [...fields.keys()].find((field) => !knownFields.has(field));
  if (strange !== undefined) throw new BrokenBytes(`A relationship in it has a ${quote(strange)}, which is not known`);
  if (name !== 'relationship_v1') throw new BrokenBytes('It holds something else than relationships behind its schema');
  const text = (field: string): string => {
    const value = fields.get(field);
    if (typeof value === 'string') return value;
    throw new BrokenBytes(`A relationship in it has no ${quote(field)}`);
  };
  const set = text('subject_relation');
  const caveat = text('caveat_name');
  const context = fields.get('caveat_context');
  if (!Buffer.isBuffer(context)) throw new BrokenBytes('A relationship in it has no "caveat_context"');
  return {
    line: index + 1,
    ...{ type: text('object_type'), id: text('object_id'), relation: text('relation') },
    ...{ subjectType: text('subject_object_type'), subjectId: text('subject_object_id') },
    subjectRelation: set === '...' ? '' : set,
    caveat: caveat === '' ? undefined : { name: caveat, context: readStruct(context) },
    expiresAt: endOf(fields.get('expiration')),
  };
}

/** The first instant of Go's calendar, in milliseconds, is none. */
const noEnd = -62_135_596_800_000n;

function endOf(millis: unknown): Date | undefined {
  if (millis === undefined || millis === noEnd) return undefined;
  const date = typeof millis === 'bigint' ? new Date(Number(millis)) : undefined;
  if (date === undefined || Number.isNaN(date.getTime()))
    throw new BrokenBytes('A relationship in it has no time as its end');
  return date;
}
