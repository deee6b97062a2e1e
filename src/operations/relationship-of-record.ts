import { invariant } from '../base/invariant.ts';
import type { ConditionName, RelationName } from '../model/names.ts';
import { parseObjectRef } from '../model/object-ref.ts';
import type { Relationship } from '../model/relationship.ts';
import { parseSubjectRef } from '../model/subject-ref.ts';
import type { RelationshipRecord } from './relationship-record.ts';

/** The relationship that a record was made of: see `recordOf`. */
export function relationshipOfRecord(record: RelationshipRecord): Relationship {
  const [object, subject] = [parseObjectRef(record.object), parseSubjectRef(record.subject)];
  invariant(object.ok && subject.ok, 'a record names an object and a subject');
  const { condition, startsAt, expiresAt } = record;
  return {
    object: object.value,
    relation: record.relation as RelationName,
    subject: subject.value,
    condition: condition && {
      name: condition.name as ConditionName,
      context: new Map(Object.entries(condition.context)),
    },
    startsAt: startsAt === undefined ? undefined : new Date(startsAt),
    expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt),
  };
}
