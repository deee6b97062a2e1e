import { invariant } from '../base/invariant.ts';
import { makeObjectRef } from '../model/object-ref.ts';
import { type SubjectRef, subjectOf } from '../model/subject-ref.ts';

/** An id that nobody has: who has it is written nowhere, and is decided about like everybody who is not. */
const nobody = 'written-nowhere-4f1c2a9e-6b5d-4f0a-9c83-7d2e51b0a6f8';

/**
 * A subject of a type that no relationship names. A wildcard does not stand for such a one: where a condition has no answer, it is
 * undecided itself, whatever is behind the relationship.
 */
export function nobodyOf(type: string): SubjectRef {
  const object = makeObjectRef(type, nobody);
  invariant(object.ok, 'a type of the model is a type of an object');
  return subjectOf(object.value);
}
