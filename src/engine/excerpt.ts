import type { HistoryMark } from '../model/history-mark.ts';
import type { ConditionName, RelationName } from '../model/names.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { Edge, NodeId } from './edge.ts';
import type { Meter } from './meter.ts';
import type { PreparedModel } from './prepared-model.ts';

/**
 * Everything of one state that plain checks can be made of, brought at once: a store reads it with one statement, or has it in
 * memory.
 *
 * It is complete as far as its query asks. With the nodes of `objects` and whatever `parents` lead to from them as its objects,
 * and the subjects, the wildcards of their types and all subject sets that either may be in as its ends, it has every edge of
 * `direct` from an object to an end, and every edge of `sets` from any object to an end. What subjects may be in is found by what
 * is written alone, so sets are among the ends that a condition or a definition keeps them out of: the check decides.
 *
 * What has expired, and what has not begun, is not in it. What is asked of it throws `NotPlain` where an answer turns out to be too much to be read at
 * once: then the question is one for a snapshot.
 */
export interface Excerpt {
  /** The database's clock when it was read: the only clock that decisions know. */
  readonly now: Date;
  readonly identity: string;
  /** The last write that it contains. */
  readonly revision: number;
  /** The last event of its history; undefined where there is none yet. */
  readonly mark: HistoryMark | undefined;
  /** As of a snapshot. */
  readonly ageMs: number;
  /** The active model. */
  readonly prepared: PreparedModel;
  readonly meter: Meter;
  /** The nodes of the subjects of the query, in their order; undefined for one that no relationship names. */
  readonly subjects: readonly (NodeId | undefined)[];
  /** The same of its objects. */
  readonly objects: readonly (NodeId | undefined)[];
  /** The edges of a relation of an object that lead to an end; in no order, and one may come twice. */
  leading(object: NodeId, relation: RelationName): readonly Edge[];
  /** The edges that lead from an object to parents. */
  parents(object: NodeId, relation: RelationName): readonly Edge[];
  /** The conditions of any of its edges, whether they hold or not. */
  readonly conditions: Iterable<ConditionName>;
  /** The same once more, at the cost of another meter and with turns of its own; undefined where it cannot be had again. */
  apart(meter: Meter): Excerpt | undefined;
}

export interface ExcerptQuery {
  /** Each once. */
  readonly subjects: readonly ObjectRef[];
  /** Each once. */
  readonly objects: readonly ObjectRef[];
  readonly demand: ExcerptDemand;
}

/** Relations whose edges may matter, by name: those of one name are read for whatever types have it. */
export interface ExcerptDemand {
  /** Those that subjects, wildcards and subject sets are looked for at. */
  readonly direct: readonly RelationName[];
  /** Those that lead to parents. */
  readonly parents: readonly RelationName[];
  /** Whoever is written for `written` may be in the subject set of `held` of the same object. */
  readonly sets: readonly { readonly written: RelationName; readonly held: RelationName }[];
}
