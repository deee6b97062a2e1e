import { zip } from '../base/zip.ts';
import type { RelationName } from '../model/names.ts';
import { formatObjectRef, type ObjectRef } from '../model/object-ref.ts';
import type { Relationship } from '../model/relationship.ts';
import { currentTimeParameter } from '../model/runtime-parameters.ts';
import { formatSubjectRef, type SubjectRef } from '../model/subject-ref.ts';
import { Meter } from './meter.ts';
import type {
  Edge,
  EdgeAnswer,
  EdgeQuery,
  EdgeSource,
  NodeId,
  Portion,
  ReverseEdge,
  ReverseQuery,
  Snapshot,
} from './ports.ts';

/** A relationship that was written or deleted, with the node of its object. */
export interface Touched {
  readonly node: NodeId;
  readonly relationship: Pick<Relationship, 'object' | 'relation' | 'subject'>;
}

/** What was looked for at a source. */
interface LookedFor {
  isDirect: boolean;
  isSets: boolean;
  isObjects: boolean;
}

/**
 * A snapshot that remembers what the questions about some subjects read of it.
 *
 * An answer follows from the model, the clock, and the edges that were read. So as long as no write touches a place that
 * was looked at, and none names an object that was unknown, the same questions would read the same edges again.
 */
export class RecordedSnapshot implements Snapshot {
  /** Of these questions alone: they may be asked beside those of others. */
  readonly meter = new Meter();
  readonly #snapshot: Snapshot;
  readonly #subjects: ReadonlySet<string>;
  readonly #sources = new Map<NodeId, Map<RelationName, LookedFor>>();
  readonly #unknown = new Set<string>();
  readonly #edges: Edge[] = [];
  #hasLookedBack = false;

  constructor(snapshot: Snapshot, subjects: readonly SubjectRef[]) {
    this.#snapshot = snapshot;
    this.#subjects = new Set(subjects.map(formatSubjectRef));
  }

  get now(): Date {
    return this.#snapshot.now;
  }

  get identity(): string {
    return this.#snapshot.identity;
  }

  get mark() {
    return this.#snapshot.mark;
  }

  get revision(): number {
    return this.#snapshot.revision;
  }

  get ageMs(): number {
    return this.#snapshot.ageMs;
  }

  get prepared() {
    return this.#snapshot.prepared;
  }

  async resolve(objects: readonly ObjectRef[]): Promise<readonly (NodeId | undefined)[]> {
    const nodes = await this.#snapshot.resolve(objects);
    for (const [object, node] of zip(objects, nodes))
      if (node === undefined) this.#unknown.add(formatObjectRef(object));
    return nodes;
  }

  async readEdges(query: EdgeQuery): Promise<EdgeAnswer> {
    for (const source of query.direct) this.#at(source).isDirect = true;
    for (const source of query.sets) this.#at(source).isSets = true;
    for (const source of query.objects) this.#at(source).isObjects = true;
    const answer = await this.#snapshot.readEdges(query);
    for (const edges of [answer.direct, answer.sets, answer.objects]) for (const edge of edges) this.#edges.push(edge);
    return answer;
  }

  /** What was looked for in vain is known of edges that are read in levels alone. */
  async readExcerpt(): Promise<undefined> {
    return undefined;
  }

  /** Only for questions that lead far: what would change their answers is not kept. */
  async readEdgesTo(query: ReverseQuery, limit: number): Promise<Portion<ReverseEdge>> {
    this.#hasLookedBack = true;
    return this.#snapshot.readEdgesTo(query, limit);
  }

  /** The edges that were read. */
  get edges(): readonly Edge[] {
    return this.#edges;
  }

  /** Whether a condition on the way looks at the clock, so that the answer can change at any time. */
  get isTimed(): boolean {
    const { conditions } = this.prepared.model;
    if (this.#hasLookedBack) return true;
    return this.#edges.some(
      ({ condition }) =>
        condition !== undefined && conditions.get(condition.name)?.parameters.has(currentTimeParameter) !== false,
    );
  }

  /** Whether the answer may be another after this; when in doubt it may. */
  isConcernedBy({ node, relationship: { object, relation, subject } }: Touched): boolean {
    if (this.#hasLookedBack || this.#unknown.has(formatObjectRef(object))) return true;
    if (subject.kind !== 'wildcard' && this.#unknown.has(formatObjectRef(subject.object))) return true;
    const source = this.#sources.get(node)?.get(relation);
    if (source === undefined) return false;
    const isOneself = subject.kind === 'wildcard' || this.#subjects.has(formatSubjectRef(subject));
    if (source.isDirect && isOneself) return true;
    return (source.isSets && subject.kind === 'set') || (source.isObjects && subject.kind === 'object');
  }

  #at({ object, relation }: EdgeSource): LookedFor {
    const ofObject = this.#sources.get(object) ?? new Map<RelationName, LookedFor>();
    this.#sources.set(object, ofObject);
    const known = ofObject.get(relation) ?? { isDirect: false, isSets: false, isObjects: false };
    ofObject.set(relation, known);
    return known;
  }
}
