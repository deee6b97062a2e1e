import type { NamedNode, NodeId } from '../../engine/ports.ts';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import type { ObjectId, TypeName } from '../../model/names.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { HashReader } from '../history-line.ts';
import type { Terms } from '../terms.ts';
import type { HistoryPoint, HistoryProof } from './history-point.ts';
import type { StoredEdge } from './stored-edge.ts';

/** What a replica needs from the store that it is a copy of. */
export interface ReplicaFeed {
  /** Reads one state whole. */
  load<Value>(use: (loading: Loading) => Promise<Value>): Promise<Value>;
  /** Where the store is now, and what it changed since; with the nodes of objects, as of the same state. */
  probe(since: HistoryPoint, objects: readonly ObjectRef[]): Promise<Probe>;
  /**
   * A published model with the numbers of its names; undefined when there is none. Throws `UnreadableModel`, and `HistoryDiverged`
   * where it is read of another history than that of the state which it decides.
   */
  loadModel(id: number, of: HistoryPoint): Promise<NumberedModel | undefined>;
  /** Models of another history have the same numbers: none that is remembered is good any more. */
  forgetModels(): void;
  /** Names and numbers, later than the state that they are of, and of its history. */
  namesOf(of: HistoryPoint): ReplicaNames;
  close(): Promise<void>;
}

/**
 * In one history names and numbers are never taken back or given again, so they may be read later than the state that they are of.
 * Of what was numbered since, no edge is in that state. All throw `HistoryDiverged` where the database has another history by now.
 */
export interface ReplicaNames {
  readNodes(objects: readonly ObjectRef[]): Promise<readonly (NodeId | undefined)[]>;
  readNames(terms: Terms, nodes: readonly NodeId[]): Promise<ReadonlyMap<NodeId, ObjectRef>>;
  readObjects(terms: Terms, type: TypeName, after: ObjectId | undefined, limit: number): Promise<readonly NamedNode[]>;
  readNearIds(terms: Terms, object: ObjectRef): Promise<readonly string[]>;
  readHashes: HashReader['readHashes'];
}

export interface NumberedModel {
  readonly id: number;
  readonly prepared: PreparedModel;
  readonly terms: Terms;
}

export interface StateHead extends HistoryPoint {
  /** The database's clock, in microseconds. */
  readonly nowMicros: number;
  /** The model that decides; undefined when there is none. */
  readonly activeModel: number | undefined;
}

export interface Loading {
  readonly head: StateHead;
  /** All edges in the order of their keys, also those that have expired, or begin later. */
  edges(): AsyncIterable<readonly StoredEdge[]>;
  /** All objects with the numbers of their types. */
  objectTypes(): AsyncIterable<TypePage>;
}

/** Objects, and for each of them the number of its type. */
export interface TypePage {
  readonly nodes: readonly number[];
  readonly types: readonly number[];
}

export interface Probe extends StateHead, HistoryProof {
  /** In the order of their revisions, none of which is in parts. */
  readonly changes: readonly EdgeChange[];
  /** The revision up to which that is all: one before the last, where more was changed than is told at once. */
  readonly toldTo: number;
  /** A revision before it of which an event tells, and no change: whoever took changes away, they are not all. */
  readonly untold: number | undefined;
  readonly nodes: readonly (NodeId | undefined)[];
}

export type EdgeChange = { readonly revision: number } & (
  | { readonly kind: 'write'; readonly edge: StoredEdge; readonly objectType: number | undefined }
  | { readonly kind: 'delete'; readonly object: number; readonly relation: number; readonly subject: number }
  | { readonly kind: 'model'; readonly model: number }
);
