import { ok, type Result } from '../../base/result.ts';
import type { ConditionName, RelationName } from '../../model/names.ts';
import { parseObjectRef } from '../../model/object-ref.ts';
import type { Relationship } from '../../model/relationship.ts';
import { parseSubjectRef } from '../../model/subject-ref.ts';
import type { RawRelationship } from './test-world.ts';

/** A relationship of a test or store file, parsed; whether the model admits it is judged where it is used. */
export function parseRawRelationship(raw: RawRelationship): Result<Relationship, string> {
  const object = parseObjectRef(raw.object);
  if (!object.ok) return object;
  const subject = parseSubjectRef(raw.user);
  if (!subject.ok) return subject;
  const condition = raw.condition && {
    name: raw.condition.name as ConditionName,
    context: new Map(Object.entries(raw.condition.context ?? {})),
  };
  return ok({
    object: object.value,
    relation: raw.relation as RelationName,
    subject: subject.value,
    condition: condition ?? undefined,
    expiresAt: undefined,
  });
}
