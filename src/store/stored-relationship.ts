import type { Relationship } from '../model/relationship.ts';
import type { SubjectRef } from '../model/subject-ref.ts';

/** A relationship as the store keeps it. */
export interface StoredRelationship extends Relationship {
  readonly createdAt: Date;
  readonly createdBy: SubjectRef | undefined;
}
