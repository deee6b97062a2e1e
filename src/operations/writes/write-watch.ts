import type { ObjectRef } from '../../model/object-ref.ts';
import type { Relationship } from '../../model/relationship.ts';
import type { WatchChanges } from '../../store/postgres/write-transaction.ts';
import type { Refusal } from '../refusal.ts';

/** Looks at everything that a write changes before it is changed, and says at the end what was broken. */
export interface WriteWatch {
  readonly see: WatchChanges;
  readonly findRefusal: () => Promise<Refusal | undefined>;
}

/** Where the input names an object that was changed, or the very relationship that was written. */
export type FieldOf = (object: ObjectRef, written: Relationship | undefined) => readonly string[];
