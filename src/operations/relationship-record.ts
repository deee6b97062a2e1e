import { canonicalJson } from '../base/canonical-json.ts';
import { formatObjectRef } from '../model/object-ref.ts';
import type { Relationship } from '../model/relationship.ts';
import { formatSubjectRef } from '../model/subject-ref.ts';
import type { StoredRelationship } from '../store/stored-relationship.ts';

/** A relationship as JSON: in the audit log, and in outcomes that are kept. */
export interface RelationshipRecord {
  readonly object: string;
  readonly relation: string;
  readonly subject: string;
  readonly condition?: { readonly name: string; readonly context: Readonly<Record<string, unknown>> };
  readonly startsAt?: string;
  readonly expiresAt?: string;
}

/** A relationship with its origin, as JSON: what outcomes say of a grant. */
export interface GrantOutcome {
  readonly relationship: RelationshipRecord;
  readonly createdAt: string;
  readonly createdBy: string | null;
}

export function recordOf({
  object,
  relation,
  subject,
  condition,
  startsAt,
  expiresAt,
}: Relationship): RelationshipRecord {
  return {
    object: formatObjectRef(object),
    relation,
    subject: formatSubjectRef(subject),
    ...(condition && { condition: { name: condition.name, context: Object.fromEntries(condition.context) } }),
    ...(startsAt && { startsAt: startsAt.toISOString() }),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
  };
}

export function grantOutcomeOf(stored: StoredRelationship): GrantOutcome {
  const createdBy = stored.createdBy === undefined ? null : formatSubjectRef(stored.createdBy);
  return { relationship: recordOf(stored), createdAt: stored.createdAt.toISOString(), createdBy };
}

/** Whether two relationships say the same, condition, beginning and end included. */
export function isSameRelationship(left: Relationship, right: Relationship): boolean {
  return canonicalJson(recordOf(left)) === canonicalJson(recordOf(right));
}

/** The name of a grant, by which lists of grants are in order. */
export function formatGrantOutcome({ relationship: { object, relation, subject } }: GrantOutcome): string {
  return `${object}#${relation}@${subject}`;
}
