import type { RelationName, TypeName } from '../model/names.ts';
import type { RelationshipCondition } from '../model/relationship.ts';

/** An object as a number that only the store that gave it understands; below zero, the engine's own. */
export type NodeId = number;

/** A relationship between nodes. */
export interface Edge {
  readonly object: NodeId;
  readonly relation: RelationName;
  readonly subject: EdgeSubject;
  readonly condition: RelationshipCondition | undefined;
  /** Came with the question: the store knows nothing of it, even if the like of it is stored. */
  readonly isContextual?: true;
}

export type EdgeSubject =
  | { readonly kind: 'object'; readonly type: TypeName; readonly node: NodeId }
  | { readonly kind: 'set'; readonly type: TypeName; readonly node: NodeId; readonly relation: RelationName }
  | { readonly kind: 'wildcard'; readonly type: TypeName };
