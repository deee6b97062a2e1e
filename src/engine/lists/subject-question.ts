import type { ObjectRef } from '../../model/object-ref.ts';
import type { Context } from '../../model/relationship.ts';
import type { ContextualRelationships } from '../ports.ts';

/** Which subjects of a type hold this relation on this object? */
export interface SubjectQuestion {
  readonly object: ObjectRef;
  readonly relation: string;
  readonly type: string;
  /** Undefined for objects of the type and its wildcard; a relation for subject sets such as `team#member`. */
  readonly subjectRelation: string | undefined;
  readonly context: Context;
  readonly facts?: Context | undefined;
  readonly contextual: ContextualRelationships;
}
