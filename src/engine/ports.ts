import type { Consistency } from '../model/consistency.ts';
import type { HistoryMark } from '../model/history-mark.ts';
import type { Relation } from '../model/model.ts';
import type { ObjectId, RelationName, TypeName } from '../model/names.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { Relationship } from '../model/relationship.ts';
import type { SubjectRef } from '../model/subject-ref.ts';
import type { Edge, EdgeSubject, NodeId } from './edge.ts';
import type { Excerpt, ExcerptQuery } from './excerpt.ts';

import type { Meter } from './meter.ts';
import type { PreparedModel } from './prepared-model.ts';

export type { Edge, EdgeSubject, NodeId } from './edge.ts';

/**
 * What the engine needs from a store. The engine does no I/O: it asks for edges, set at a time, and computes.
 */

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
  /** Whether the wildcard of that type can be written here; where not, nobody looks for it. */
  readonly asksWildcard: boolean;
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

/** What was read of something that may be more than is good to read at once. */
export interface Portion<Item> {
  /** In no order; without those of a name that the model never had. */
  readonly items: readonly Item[];
  /** Whether that is all there is: nobody is to conclude it from how many there are. */
  readonly isWhole: boolean;
}

/**
 * One committed state, for as long as a request reads it.
 *
 * What has expired, and what has not begun, is not in it. Edges come in no order. Names that the model does not know may be in an answer;
 * the engine ignores them.
 */
export interface Snapshot {
  /** The database's clock at the start of the snapshot: the only clock that decisions know. */
  readonly now: Date;
  /** The database that `revision` counts in: another one, or a restored one, has another identity. */
  readonly identity: string;
  /** The last write that the snapshot contains. */
  readonly revision: number;
  /** The last event of its history; undefined where there is none yet. */
  readonly mark: HistoryMark | undefined;
  /** 0 when it contains everything that was committed before it was asked for; otherwise, everything that was so long before that. */
  readonly ageMs: number;
  /** The model that the question is asked of: the active one, unless another was named. */
  readonly prepared: PreparedModel;
  /** Counts the steps of everything that is asked of this snapshot. */
  readonly meter: Meter;
  /**
   * The nodes of objects, in their order; undefined for one that no relationship names. Those that were named when the snapshot
   * was opened, or found in it, are known; the others are read in one go.
   */
  resolve(objects: readonly ObjectRef[]): Promise<readonly (NodeId | undefined)[]>;
  readEdges(query: EdgeQuery): Promise<EdgeAnswer>;
  /** The same state, as far as plain checks need it; undefined where that is too much to be read at once, or has to be read in levels. */
  readExcerpt(query: ExcerptQuery): Promise<Excerpt | undefined>;
  /** Edges that end at any of these subjects, with the types of the objects they start from; at most `limit`. */
  readEdgesTo(query: ReverseQuery, limit: number): Promise<Portion<ReverseEdge>>;
}

/** A snapshot that can also be searched, for lists. What it finds are candidates: the same check decides on each. */
export interface SearchableSnapshot extends Snapshot {
  /** Objects of a type that the store knows, in byte order of their ids, after `after`. */
  readObjects(type: TypeName, after: ObjectId | undefined, limit: number): Promise<readonly NamedNode[]>;
  /** All edges that start at these sources, whatever their subjects; at most `limit`. */
  readEdgesFrom(sources: readonly EdgeSource[], limit: number): Promise<Portion<Edge>>;
  /** The objects of nodes that the store gave out. */
  readNames(nodes: readonly NodeId[]): Promise<ReadonlyMap<NodeId, ObjectRef>>;
  /** Nodes that edges of these sources lead to, each once, in the order of their numbers, after `after`. */
  readSubjects(query: SubjectQuery, after: NodeId, limit: number): Promise<readonly NodeId[]>;
  /** Who wrote stored edges, when, and from and until when they count; in their order, undefined for contextual ones. */
  readOrigins(edges: readonly Edge[]): Promise<readonly (EdgeOrigin | undefined)[]>;
}

/** A snapshot in which grants can be reviewed. */
export interface ReviewableSnapshot extends SearchableSnapshot {
  /** Objects that these relations lead from, directly to one of `parents`; in a stable order, at most `limit`. */
  readParts(parents: readonly NodeId[], relations: readonly Relation[], limit: number): Promise<Portion<Part>>;
  /** The same state, as if everything that is to begin had begun by now. */
  asIfBegun(): ReviewableSnapshot;
  /**
   * Relationships to plain subjects and wildcards: range by range, in the order of the subjects; at most `limit`. Those that begin
   * later are among them.
   */
  readGrants(ranges: readonly GrantRange[], filter: GrantFilter, limit: number): Promise<GrantRead>;
}

/** An object, and the edge that leads from it to the one that it belongs to. */
export interface Part extends NamedNode {
  readonly edge: Edge;
}

/** The relationships of one relation of one object, after a subject. */
export interface GrantRange extends EdgeSource {
  readonly after: number;
  /** When the path to this relation ends; undefined when it does not. */
  readonly end: Date | undefined;
}

/** Which grants to read; what is given must hold for the relationship together with the end of its range. */
export interface GrantFilter {
  readonly subject: SubjectRef | undefined;
  readonly expiresBefore: Date | undefined;
  readonly withoutEnd: boolean;
}

export interface GrantRead {
  readonly grants: readonly StoredGrant[];
  /** Where to go on; undefined when all was read. */
  readonly last: { readonly range: number; readonly place: number } | undefined;
}

/** A stored relationship to a subject that is not a set, and the range that it was found in. */
export interface StoredGrant {
  readonly range: number;
  readonly edge: Edge;
  /** The number of the subject: the order within a range. */
  readonly place: number;
  readonly subject: SubjectRef;
  readonly origin: EdgeOrigin;
}

export interface EdgeOrigin {
  readonly createdAt: Date;
  readonly createdBy: SubjectRef | undefined;
  readonly startsAt: Date | undefined;
  readonly expiresAt: Date | undefined;
}

export interface NamedNode {
  readonly node: NodeId;
  readonly object: ObjectRef;
}

/** Which subjects edges are to be followed back from. */
export interface ReverseQuery {
  readonly objects: readonly NodeId[];
  readonly sets: readonly { readonly node: NodeId; readonly relation: RelationName }[];
  /** Types whose wildcards are subjects as well. */
  readonly wildcards: readonly TypeName[];
  /** Only edges of these relations. */
  readonly relations: readonly RelationName[];
}

export interface ReverseEdge {
  readonly object: NodeId;
  readonly objectType: TypeName;
  readonly relation: RelationName;
  readonly subject: EdgeSubject;
}

export interface SubjectQuery {
  readonly sources: readonly EdgeSource[];
  readonly type: TypeName;
  /** Undefined for the objects of the type; a relation for the subject sets of that relation. */
  readonly relation: RelationName | undefined;
}

export interface SnapshotOptions extends FreshnessOptions {
  /** A published model to ask instead of the active one. */
  readonly modelId?: number | undefined;
  /** Who wrote relationships, when, and until when they count is going to be asked: it may be kept elsewhere than what checks need. */
  readonly history?: boolean | undefined;
}

export interface FreshnessOptions {
  /**
   * How fresh the state must be. A store that has more than one state to answer from takes one that is fresh enough; where it has
   * none, it may give the freshest it has: whoever asks holds it against what was wanted. It has everything that was committed
   * before it was asked for if nothing is said here: only where somebody says how fresh is enough may it be an older one.
   */
  readonly consistency?: Consistency | undefined;
}

export interface SnapshotReader {
  /** Opens a snapshot, and closes it when `use` ends, however it ends; objects that are named before need no read of their own. */
  withSnapshot<Answer>(
    objects: readonly ObjectRef[],
    use: (snapshot: Snapshot) => Promise<Answer>,
    options?: SnapshotOptions,
  ): Promise<Answer>;
}

/** A reader that has excerpts as well. */
export interface ExcerptReader {
  /**
   * Reads an excerpt of a state that is as fresh as wanted. `plan` says of what, for the active model; it may be asked again, where another
   * model turns out to be active. Undefined when it says undefined, when more would have to be read than is good to read at once,
   * or when `use` says undefined: then the question is one for a snapshot. Throws what opening a snapshot throws.
   */
  withExcerpt<Answer>(
    plan: (prepared: PreparedModel) => ExcerptQuery | undefined,
    use: (excerpt: Excerpt) => Answer | undefined | Promise<Answer | undefined>,
    options?: FreshnessOptions,
  ): Promise<Answer | undefined>;
}

/** A reader whose snapshots can be searched. */
export interface SearchableReader {
  withSnapshot<Answer>(
    objects: readonly ObjectRef[],
    use: (snapshot: SearchableSnapshot) => Promise<Answer>,
    options?: SnapshotOptions,
  ): Promise<Answer>;
}

/** Relationships that come with a question and are stored nowhere. */
export type ContextualRelationships = readonly Relationship[];
