import { canonicalJson } from '../../../base/canonical-json.ts';
import { formatObjectRef } from '../../../model/object-ref.ts';
import type { Relationship } from '../../../model/relationship.ts';
import { formatSubjectRef } from '../../../model/subject-ref.ts';
import type { RawRelationship } from '../../store-file/raw-relationship.ts';

/** As it stands in a file and is read again by whatever reads relationships. */
export function rawOf({ object, relation, subject, condition, expiresAt }: Relationship): RawRelationship {
  return {
    user: formatSubjectRef(subject),
    relation,
    object: formatObjectRef(object),
    ...(condition && { condition: { name: condition.name, context: Object.fromEntries(condition.context) } }),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
  };
}

/** One line of `relationships.jsonl`, the same for the same relationship. */
export function relationshipLine(relationship: Relationship): string {
  return canonicalJson(rawOf(relationship));
}
