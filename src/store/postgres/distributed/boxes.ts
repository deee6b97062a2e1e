import type { RelationshipKey } from '../relationship-key.ts';

/** What a relationship is found by; undefined for whatever subject it has. */
export interface EdgeKey extends Omit<RelationshipKey, 'subject'> {
  readonly subject: number | undefined;
}

/** All relationships from each of the objects by each of the relations to each of the subjects, or to any where none is said. */
export type Box = Readonly<Record<keyof EdgeKey, readonly number[]>>;

/**
 * Keys as few boxes that have no other keys, so that lists of numbers say them all: those that are the same but for one side are put
 * together, and then those that are the same but for the next.
 */
export function boxesOf(keys: readonly EdgeKey[]): readonly Box[] {
  const single = keys.map(
    ({ object, relation, subject }): Box => ({
      object: [object],
      relation: [relation],
      subject: subject === undefined ? [] : [subject],
    }),
  );
  const [ofObjects, ofSubjects] = [
    putTogether(putTogether(putTogether(single, 'object'), 'relation'), 'subject'),
    putTogether(putTogether(putTogether(single, 'subject'), 'relation'), 'object'),
  ];
  return ofSubjects.length < ofObjects.length ? ofSubjects : ofObjects;
}

const otherSides = {
  object: ['relation', 'subject'],
  relation: ['object', 'subject'],
  subject: ['object', 'relation'],
} as const satisfies Readonly<Record<keyof EdgeKey, readonly (keyof EdgeKey)[]>>;

function putTogether(boxes: readonly Box[], side: keyof EdgeKey): readonly Box[] {
  const groups = Map.groupBy(boxes, (box) => otherSides[side].map((other) => box[other].join(' ')).join(', '));
  return [...groups.values()].map(
    (some): Box => ({ ...(some[0] as Box), [side]: different(some.flatMap((box) => box[side])) }),
  );
}

/** Each number once, in their order. */
export function different(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((one, other) => one - other);
}
