import { invariant } from '../../base/invariant.ts';
import { makeObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import { type SubjectRef, subjectOf } from '../../model/subject-ref.ts';
import type { SearchableSnapshot } from '../ports.ts';
import { underModel } from './with-model.ts';

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

/**
 * The same state, in which nobody is written nowhere whatever is: the id is no secret, and somebody could write a relationship for it
 * so that comparisons overlook what everybody gains.
 */
export function withNobody(snapshot: SearchableSnapshot): SearchableSnapshot {
  const isNobody = ({ id }: ObjectRef) => id === nobody;
  const resolve = async (objects: readonly ObjectRef[]) => {
    const others = await snapshot.resolve(objects.filter((object) => !isNobody(object)));
    const rest = others.values();
    return objects.map((object) => (isNobody(object) ? undefined : rest.next().value));
  };
  return { ...underModel(snapshot, snapshot.prepared), resolve };
}
