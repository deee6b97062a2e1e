import { formatSubjectRef } from '../model/subject-ref.ts';
import { type GrantOutcome, type RelationshipRecord, recordOf } from '../operations/relationship-record.ts';
import type { StoredRelationship } from '../store/stored-relationship.ts';

/** What the resolvers of `AccessRelationship` read. */
export interface RelationshipParent {
  readonly record: RelationshipRecord;
  readonly createdAt: string;
  readonly createdBy: string | null;
}

export function relationshipParentOf(stored: StoredRelationship): RelationshipParent {
  const createdBy = stored.createdBy === undefined ? null : formatSubjectRef(stored.createdBy);
  return { record: recordOf(stored), createdAt: stored.createdAt.toISOString(), createdBy };
}

export function grantParentOf({ relationship, createdAt, createdBy }: GrantOutcome): RelationshipParent {
  return { record: relationship, createdAt, createdBy };
}
