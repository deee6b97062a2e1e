import { canonicalJson } from '../../base/canonical-json.ts';
import type { DirectProbe, Edge, EdgeSubject, NodeId } from '../../engine/ports.ts';
import { isLiveAt, isThereAt, type Relationship } from '../../model/relationship.ts';
import type { StoredRelationship } from '../stored-relationship.ts';

/** What a trial did with one relationship. */
export interface TrialChange {
  readonly relationship: Relationship;
  /** Where it starts and ends; its condition is the new one. */
  readonly edge: Edge;
  /** As it is from then on; undefined for one that is gone. */
  readonly stored: StoredRelationship | undefined;
}

export type EdgeLike = Pick<Edge, 'object' | 'subject'> & { readonly relation: string };

/** Everything that a trial changed, each relationship once: what was done to it last. */
export class TrialChanges {
  /** Those that count after it. */
  readonly edges: readonly Edge[];
  readonly #changes: ReadonlyMap<string, TrialChange>;
  readonly #live: ReadonlyMap<string, Edge>;
  readonly #bySource: ReadonlyMap<NodeId, ReadonlyMap<string, readonly Edge[]>>;
  readonly #touched: ReadonlySet<NodeId>;
  readonly #now: Date;

  /** What has ended at this instant is not there, and what has not begun counts only as if it had. */
  constructor(changes: readonly TrialChange[], now: Date, isAsIfBegun = false) {
    const counts = (one: Relationship) => (isAsIfBegun ? isThereAt(one, now) : isLiveAt(one, now));
    this.#now = now;
    this.edges = changes.flatMap(({ edge, stored }) => (stored !== undefined && counts(stored) ? [edge] : []));
    this.#changes = new Map(changes.map((change) => [edgeKey(change.edge), change]));
    this.#live = new Map(this.edges.map((edge) => [edgeKey(edge), edge]));
    const ofObject = Map.groupBy(this.edges, ({ object }) => object);
    this.#bySource = new Map(
      [...ofObject].map(([object, edges]) => [object, Map.groupBy(edges, ({ relation }) => relation)]),
    );
    this.#touched = new Set(changes.map(({ edge }) => edge.object));
  }

  asIfBegun(): TrialChanges {
    return new TrialChanges([...this.#changes.values()], this.#now, true);
  }

  /** How many relationships it changed. */
  get size(): number {
    return this.#changes.size;
  }

  edgesAt({ object, relation }: Pick<Edge, 'object'> & { readonly relation: string }): readonly Edge[] {
    return this.#bySource.get(object)?.get(relation) ?? [];
  }

  /** The edges to the subject of a probe, and to the wildcard of its type: each looked up, however many there are. */
  edgesFor({ object, relation, subject: node, subjectType: type, asksWildcard }: DirectProbe): readonly Edge[] {
    if (!this.#touched.has(object)) return [];
    const subjects: EdgeSubject[] = [
      ...(node === undefined ? [] : [{ kind: 'object' as const, type, node }]),
      ...(asksWildcard ? [{ kind: 'wildcard' as const, type }] : []),
    ];
    return subjects.flatMap((subject) => this.#live.get(edgeKey({ object, relation, subject })) ?? []);
  }

  /** What it wrote, for an edge that is there by it. */
  storedOf(edge: EdgeLike): StoredRelationship | undefined {
    return this.#touched.has(edge.object) ? this.#changes.get(edgeKey(edge))?.stored : undefined;
  }

  /** Whether an edge of the state before is there no longer, or no longer so. */
  hides(edge: EdgeLike): boolean {
    return this.#touched.has(edge.object) && this.#changes.has(edgeKey(edge));
  }
}

/** Equal for two edges that are the same relationship. */
function edgeKey({ object, relation, subject }: EdgeLike): string {
  return canonicalJson([object, relation, { ...subject }]);
}
