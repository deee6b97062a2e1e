import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Box, boxesOf, type EdgeKey } from '../../../src/store/postgres/distributed/boxes.ts';

/** Lists say the keys that are looked for, and no others. */

const textOf = ({ object, relation, subject }: EdgeKey) => JSON.stringify([object, relation, subject ?? null]);

function keysIn({ object: objects, relation: relations, subject: subjects }: Box): readonly string[] {
  return objects.flatMap((object) =>
    relations.flatMap((relation) =>
      (subjects.length === 0 ? [undefined] : subjects).map((subject) => textOf({ object, relation, subject })),
    ),
  );
}

const few = fc.integer({ min: 1, max: 5 });

test.each<[what: string, key: fc.Arbitrary<EdgeKey>]>([
  ['relationships', fc.record({ object: few, relation: few, subject: few })],
  ['sources', fc.record({ object: few, relation: few, subject: fc.constant(undefined) })],
])('boxes of %s have all keys, each once, and nothing else', (_what, key) => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 40 }), (keys) => {
      const expected = [...new Set(keys.map(textOf))].toSorted();
      expect(boxesOf(keys).flatMap(keysIn).toSorted()).toEqual(expected);
    }),
  );
});

const docs = Array.from({ length: 50 }, (_, index) => 100 + index);

test.each<[what: string, keys: readonly EdgeKey[], boxes: number]>([
  ['a page of objects, relations, one subject and all', crossed(docs, [1, 2, 3], [7, 8]), 1],
  ['the same of many subjects and one object', crossed([100], [1], docs), 1],
  ['relations of which one may be had by all', [...crossed(docs, [1, 2], [7]), ...crossed(docs, [1], [8])], 2],
  ['sources of two types', [...crossed(docs, [1, 2], [undefined]), ...crossed([9000, 9001], [3], [undefined])], 2],
  ['nothing that has anything in common', docs.map((doc) => ({ object: doc, relation: 1, subject: doc })), 50],
  ['nothing', [], 0],
])('%s', (_what, keys, boxes) => {
  expect(boxesOf(keys)).toHaveLength(boxes);
});

function crossed(
  objects: readonly number[],
  relations: readonly number[],
  subjects: readonly (number | undefined)[],
): readonly EdgeKey[] {
  return objects.flatMap((object) =>
    relations.flatMap((relation) => subjects.map((subject) => ({ object, relation, subject }))),
  );
}
