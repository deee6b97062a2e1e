import type { RelationName, TypeName } from '../model/names.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { Relationship, RelationshipCondition } from '../model/relationship.ts';
import type { PreparedModel } from './goal.ts';

/**
 * What the engine needs from a store. The engine does no I/O: it asks for edges, set at a time, and computes.
 */

/** An object as a number that only the store that gave it understands; below zero, the engine's own. */
export type NodeId = number;

/** A relationship between nodes. */
export interface Edge {
  readonly object: NodeId;
  readonly relation: RelationName;
  readonly subject: EdgeSubject;
  readonly condition: RelationshipCondition | undefined;
}

export type EdgeSubject =
  | { readonly kind: 'object'; readonly type: TypeName; readonly node: NodeId }
  | { readonly kind: 'set'; readonly type: TypeName; readonly node: NodeId; readonly relation: RelationName }
  | { readonly kind: 'wildcard'; readonly type: TypeName };

/** Where edges start: a relation of an object. */
export interface EdgeSource {
  readonly object: NodeId;
  readonly relation: RelationName;
}

/** A source, and the one subject that is looked for there. */
export interface DirectProbe extends EdgeSource {
  /** Undefined for a subject that the store does not know, and for a wildcard: only the wildcard can match. */
  readonly subject: NodeId | undefined;
  readonly subjectType: TypeName;
}

/** All edges that one level of the evaluation needs; a store answers with one statement. */
export interface EdgeQuery {
  /** Edges to exactly this subject, and to the wildcard of its type. */
  readonly direct: readonly DirectProbe[];
  /** Edges to subject sets. */
  readonly sets: readonly EdgeSource[];
  /** Edges to objects, for `viewer from parent`. */
  readonly objects: readonly EdgeSource[];
}

export interface EdgeAnswer {
  readonly direct: readonly Edge[];
  readonly sets: readonly Edge[];
  readonly objects: readonly Edge[];
}

/**
 * One committed state, for as long as a request reads it.
 *
 * Expired relationships are not in it. Edges come in no order. Names that the model does not know may be in an answer;
 * the engine ignores them.
 */
export interface Snapshot {
  /** The database's clock at the start of the snapshot: the only clock that decisions know. */
  readonly now: Date;
  /** The last write that the snapshot contains. */
  readonly revision: number;
  /** The model that the question is asked of: the active one, unless another was named. */
  readonly prepared: PreparedModel;
  /** The node of an object that was named when the snapshot was opened; undefined when no relationship names it. */
  nodeOf(object: ObjectRef): NodeId | undefined;
  readEdges(query: EdgeQuery): Promise<EdgeAnswer>;
}

export interface SnapshotOptions {
  /** A published model to ask instead of the active one. */
  readonly modelId?: number | undefined;
}

export interface SnapshotReader {
  /** Opens a snapshot for the objects of a question, and closes it when `use` ends, however it ends. */
  withSnapshot<Answer>(objects: readonly ObjectRef[], use: (snapshot: Snapshot) => Promise<Answer>): Promise<Answer>;
}

/** Relationships that come with a question and are stored nowhere. */
export type ContextualRelationships = readonly Relationship[];
