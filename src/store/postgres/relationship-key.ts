import type { RowOf } from './row-of.ts';
import type { relationship } from './tables.ts';

/** What one relationship is found by. */
export type RelationshipKey = Pick<RowOf<typeof relationship>, 'object' | 'relation' | 'subject'>;

/** A text of numbers, which is the same for the same key only. */
export function keyOf({ object, relation, subject }: RelationshipKey): string {
  return `${object} ${relation} ${subject}`;
}

/** The key of a row whose other columns are names. */
export interface RelationshipKeyColumns {
  readonly object_key: number;
  readonly relation_key: number;
  readonly subject_key: number;
}

export function keyIn({ object_key, relation_key, subject_key }: RelationshipKeyColumns): RelationshipKey {
  return { object: object_key, relation: relation_key, subject: subject_key };
}
