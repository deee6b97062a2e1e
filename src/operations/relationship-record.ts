import { formatObjectRef } from '../model/object-ref.ts';
import type { Relationship } from '../model/relationship.ts';
import { formatSubjectRef } from '../model/subject-ref.ts';

/** A relationship as JSON: in the audit log, and in outcomes that are kept. */
export interface RelationshipRecord {
  readonly object: string;
  readonly relation: string;
  readonly subject: string;
  readonly condition?: { readonly name: string; readonly context: Readonly<Record<string, unknown>> };
  readonly expiresAt?: string;
}

export function recordOf({ object, relation, subject, condition, expiresAt }: Relationship): RelationshipRecord {
  return {
    object: formatObjectRef(object),
    relation,
    subject: formatSubjectRef(subject),
    ...(condition && { condition: { name: condition.name, context: Object.fromEntries(condition.context) } }),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
  };
}
