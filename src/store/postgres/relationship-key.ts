import type { RowOf } from './row-of.ts';
import type { relationship } from './tables.ts';

/** What one relationship is found by. */
export type RelationshipKey = Pick<RowOf<typeof relationship>, 'object' | 'relation' | 'subject'>;

/** A text of numbers, which is the same for the same key only. */
export function keyOf({ object, relation, subject }: RelationshipKey): string {
  return `${object} ${relation} ${subject}`;
}
