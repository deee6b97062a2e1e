import type { ConditionName, RelationName } from '../src/model/names.ts';
import { makeObjectRef, type ObjectRef } from '../src/model/object-ref.ts';
import type { Relationship, RelationshipCondition } from '../src/model/relationship.ts';
import { parseSubjectRef, type SubjectRef, subjectOf } from '../src/model/subject-ref.ts';

/** What a generated relationship depends on; nothing, mostly. */
export interface Terms {
  readonly condition?: RelationshipCondition;
  readonly startsAt?: Date;
  readonly expiresAt?: Date;
}

/** One relationship of the generated data; a subject that is an object stands for itself. */
export function relate(
  object: ObjectRef,
  relation: string,
  subject: ObjectRef | SubjectRef,
  { condition, startsAt, expiresAt }: Terms = {},
): Relationship {
  const holder = 'kind' in subject ? subject : subjectOf(subject);
  return { object, relation: relation as RelationName, subject: holder, condition, startsAt, expiresAt };
}

/** An object of the generated data. */
export function named(type: string, id: string | number): ObjectRef {
  const object = makeObjectRef(type, String(id));
  if (!object.ok) throw new Error(object.problem);
  return object.value;
}

/** A subject set or a wildcard of the generated data. */
export function subject(text: string): SubjectRef {
  const parsed = parseSubjectRef(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value;
}

export function on(condition: string, context: Readonly<Record<string, unknown>>): Terms {
  return { condition: { name: condition as ConditionName, context: new Map(Object.entries(context)) } };
}
