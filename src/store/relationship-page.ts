import type { ObjectRef } from '../model/object-ref.ts';
import type { SubjectRef } from '../model/subject-ref.ts';
import type { StoredRelationship } from './stored-relationship.ts';

/** Which relationships to read; every field that is given must match. */
export interface RelationshipFilter {
  readonly objectType?: string | undefined;
  readonly object?: ObjectRef | undefined;
  readonly relation?: string | undefined;
  readonly subject?: SubjectRef | undefined;
  /** Written with this condition. */
  readonly condition?: string | undefined;
  /** Written by this subject. */
  readonly createdBy?: SubjectRef | undefined;
  /** Only what ends, and before this instant. */
  readonly expiresBefore?: Date | undefined;
}

/** A place in the order of a filter: the key of the last relationship that was looked at, in the numbers of the store. */
export interface RelationshipCursor {
  readonly object: number;
  readonly relation: number;
  readonly subject: number;
}

/** Relationships without those that have expired, in an order that is stable and depends on the filter. */
export interface RelationshipPage {
  readonly relationships: readonly { readonly relationship: StoredRelationship; readonly cursor: RelationshipCursor }[];
  readonly hasMore: boolean;
  /** The last one that was looked at, which need not be one of the page: the place to go on after. */
  readonly last: RelationshipCursor | undefined;
  /** Whether the page ends before it is full, because nothing was found for too long. */
  readonly isCutShort: boolean;
}
