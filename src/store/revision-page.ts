import type { NodeId } from '../engine/ports.ts';
import type { Relationship } from '../model/relationship.ts';

/** What one revision changed. */
export interface Revision {
  readonly revision: number;
  readonly changes: readonly RelationshipChange[];
  /** The model that decides from this revision on, where it changed. */
  readonly activatedModel: number | undefined;
}

export interface RelationshipChange {
  readonly operation: 'write' | 'delete';
  /** As it is from then on; of one that was deleted, only its object, relation and subject. */
  readonly relationship: Relationship;
  /** The number of its object. */
  readonly node: NodeId;
}

/**
 * Revisions in the order of their commits, none in parts. One that changed neither a relationship nor the active model, as that
 * of a model that was only published, is left out.
 */
export interface RevisionPage {
  readonly revisions: readonly Revision[];
  /** What the revisions up to this one changed is not kept any more: a page after an earlier one has a gap. */
  readonly removedTo: number;
  /** Whether the snapshot has more of them. */
  readonly hasMore: boolean;
}
