import type { ObjectRef } from '../../model/object-ref.ts';
import type { Relationship } from '../../model/relationship.ts';

/** Where the input names an object that was changed, or the very relationship that was written. */
export type FieldOf = (object: ObjectRef, written: Relationship | undefined) => readonly string[];
