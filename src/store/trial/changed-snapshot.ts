import type {
  DirectProbe,
  Edge,
  EdgeAnswer,
  EdgeOrigin,
  EdgeQuery,
  EdgeSource,
  NamedNode,
  NodeId,
  Portion,
  ReverseEdge,
  ReverseQuery,
  SubjectQuery,
} from '../../engine/ports.ts';
import type { ObjectId, TypeName } from '../../model/names.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { isLiveAt } from '../../model/relationship.ts';
import type { DecidingSnapshot } from '../deciding-snapshot.ts';
import type { HolderSource, PermanentHolder } from '../permanent-holder.ts';
import type { StoredRelationship } from '../stored-relationship.ts';
import type { EdgeLike, TrialChanges } from './trial-changes.ts';
import type { TrialNodes } from './trial-nodes.ts';

/**
 * A state as it would be with some relationships written and others gone. Whoever asks it cannot tell it from a state that was
 * committed: it answers with edges, and the same evaluator decides on them.
 */
export class ChangedSnapshot implements DecidingSnapshot {
  readonly #base: DecidingSnapshot;
  readonly #nodes: TrialNodes;
  readonly #changes: TrialChanges;

  constructor(base: DecidingSnapshot, nodes: TrialNodes, changes: TrialChanges) {
    this.#base = base;
    this.#nodes = nodes;
    this.#changes = changes;
  }

  get now() {
    return this.#base.now;
  }

  get identity() {
    return this.#base.identity;
  }

  get revision() {
    return this.#base.revision;
  }

  get mark() {
    return this.#base.mark;
  }

  get ageMs() {
    return this.#base.ageMs;
  }

  get prepared() {
    return this.#base.prepared;
  }

  get meter() {
    return this.#base.meter;
  }

  asIfBegun(): ChangedSnapshot {
    return new ChangedSnapshot(this.#base.asIfBegun(), this.#nodes, this.#changes.asIfBegun());
  }

  hasName(kind: 'type' | 'relation', name: string): boolean {
    return this.#base.hasName(kind, name);
  }

  readNearIds(object: ObjectRef): Promise<readonly string[]> {
    return this.#base.readNearIds(object);
  }

  resolve(objects: readonly ObjectRef[]): Promise<readonly (NodeId | undefined)[]> {
    return this.#nodes.resolve(objects);
  }

  async readEdges(query: EdgeQuery): Promise<EdgeAnswer> {
    const stored = await this.#base.readEdges({
      direct: query.direct
        .filter(({ object }) => this.#nodes.isStored(object))
        .map((probe) => this.#storedProbe(probe)),
      sets: query.sets.filter(({ object }) => this.#nodes.isStored(object)),
      objects: query.objects.filter(({ object }) => this.#nodes.isStored(object)),
    });
    const direct = query.direct.flatMap((probe) => this.#changes.edgesFor(probe));
    const written = (sources: readonly EdgeSource[], kind: 'set' | 'object') =>
      sources.flatMap((source) => this.#changes.edgesAt(source).filter(({ subject }) => subject.kind === kind));
    return {
      direct: this.#changed(stored.direct, direct),
      sets: this.#changed(stored.sets, written(query.sets, 'set')),
      objects: this.#changed(stored.objects, written(query.objects, 'object')),
    };
  }

  /** It would be one of the state before. */
  async readExcerpt(): Promise<undefined> {
    return undefined;
  }

  async readEdgesFrom(sources: readonly EdgeSource[], limit: number): Promise<Portion<Edge>> {
    const stored = await this.#base.readEdgesFrom(
      sources.filter(({ object }) => this.#nodes.isStored(object)),
      limit,
    );
    const written = sources.flatMap((source) => this.#changes.edgesAt(source));
    return portion(this.#changed(stored.items, written), stored.isWhole, limit);
  }

  async readEdgesTo(query: ReverseQuery, limit: number): Promise<Portion<ReverseEdge>> {
    const objects = query.objects.filter((node) => this.#nodes.isStored(node));
    const sets = query.sets.filter(({ node }) => this.#nodes.isStored(node));
    const stored = await this.#base.readEdgesTo({ ...query, objects, sets }, limit);
    const leadsTo = reverseOf(query);
    const edges = this.#changes.edges.filter(leadsTo);
    const types = await this.#typesOf(edges.map(({ object }) => object));
    const written = edges.flatMap(({ object, relation, subject }): readonly ReverseEdge[] => {
      const objectType = types.get(object);
      return objectType === undefined ? [] : [{ object, objectType, relation, subject }];
    });
    return portion(this.#changed(stored.items, written), stored.isWhole, limit);
  }

  async readObjects(type: TypeName, after: ObjectId | undefined, limit: number): Promise<readonly NamedNode[]> {
    const stored = await this.#base.readObjects(type, after, limit);
    const own = [...this.#nodes.ownObjects()]
      .filter(([, object]) => object.type === type && (after === undefined || compareIds(object.id, after) > 0))
      .map(([node, object]): NamedNode => ({ node, object }));
    return [...stored, ...own].toSorted((a, b) => compareIds(a.object.id, b.object.id)).slice(0, limit);
  }

  async readNames(nodes: readonly NodeId[]): Promise<ReadonlyMap<NodeId, ObjectRef>> {
    const names = new Map(await this.#base.readNames(nodes.filter((node) => this.#nodes.isStored(node))));
    for (const node of nodes) {
      const own = this.#nodes.ownObjectOf(node);
      if (own !== undefined) names.set(node, own);
    }
    return names;
  }

  /** Candidates alone: of those that a deleted relationship led to, the check says that they are none. */
  async readSubjects(query: SubjectQuery, after: NodeId, limit: number): Promise<readonly NodeId[]> {
    const sources = query.sources.filter(({ object }) => this.#nodes.isStored(object));
    const stored = await this.#base.readSubjects({ ...query, sources }, after, limit);
    const written = query.sources
      .flatMap((source) => this.#changes.edgesAt(source))
      .flatMap(({ subject }) => {
        if (subject.kind === 'wildcard' || subject.type !== query.type) return [];
        const relation = subject.kind === 'set' ? subject.relation : undefined;
        return relation === query.relation && subject.node > after ? [subject.node] : [];
      });
    return [...new Set([...stored, ...written])].toSorted((a, b) => a - b).slice(0, limit);
  }

  async readOrigins(edges: readonly Edge[]): Promise<readonly (EdgeOrigin | undefined)[]> {
    const written = edges.map((edge) => (edge.isContextual ? undefined : this.#changes.storedOf(edge)));
    const rest = await this.#base.readOrigins(edges.filter((_, index) => written[index] === undefined));
    const others = rest.values();
    return written.map((stored) => stored ?? others.next().value);
  }

  async readPermanentHolders(sources: readonly HolderSource[], limit: number): Promise<readonly PermanentHolder[]> {
    // So many more that those that are gone leave no gap, which would look like the end.
    const stored = await this.#base.readPermanentHolders(sources, limit + this.#changes.size);
    const nodes = await this.#nodes.resolve(sources.map(({ object }) => object));
    const found: PermanentHolder[] = [];
    for (const [position, { relation, after }] of sources.entries()) {
      const object = nodes[position];
      if (object === undefined) continue;
      const written = await this.#permanentAt({ object, relation, after, position });
      const left = stored.filter(
        (one) => one.position === position && !this.#changes.hides(edgeTo(one, object, relation)),
      );
      found.push(...[...left, ...written].toSorted((a, b) => a.node - b.node).slice(0, limit));
    }
    return found;
  }

  /** Those that were written, of a relation of an object. */
  async #permanentAt({ object, relation, after, position }: HolderAt): Promise<readonly PermanentHolder[]> {
    const edges = this.#changes.edgesAt({ object, relation });
    const nodes = edges.flatMap((edge) => {
      const stored = this.#changes.storedOf(edge);
      const isForGood = stored !== undefined && isPermanent(stored, this.now);
      return isForGood && edge.subject.kind === 'object' && edge.subject.node > after ? [edge.subject.node] : [];
    });
    const names = await this.readNames(nodes);
    return nodes.flatMap((node) => {
      const subject = names.get(node);
      return subject === undefined ? [] : [{ position, node, subject }];
    });
  }

  /** The state knows nothing of a subject that only the trial names, but for the wildcard that may stand for it. */
  #storedProbe(probe: DirectProbe): DirectProbe {
    const { subject } = probe;
    return subject === undefined || this.#nodes.isStored(subject) ? probe : { ...probe, subject: undefined };
  }

  async #typesOf(nodes: readonly NodeId[]): Promise<ReadonlyMap<NodeId, TypeName>> {
    const names = nodes.length === 0 ? new Map<NodeId, ObjectRef>() : await this.readNames(nodes);
    return new Map([...names].map(([node, { type }]) => [node, type]));
  }

  #changed<Like extends EdgeLike>(stored: readonly Like[], written: readonly Like[]): readonly Like[] {
    // Several questions may have found the same one.
    return [...stored.filter((edge) => !this.#changes.hides(edge)), ...new Set(written)];
  }
}

/** Of something that is there: it has begun, and neither ends nor depends on a condition. */
function isPermanent(stored: StoredRelationship, now: Date): boolean {
  return stored.condition === undefined && stored.expiresAt === undefined && isLiveAt(stored, now);
}

interface HolderAt {
  readonly object: NodeId;
  readonly relation: string;
  readonly after: NodeId;
  readonly position: number;
}

function edgeTo({ node, subject }: PermanentHolder, object: NodeId, relation: string): EdgeLike {
  return { object, relation, subject: { kind: 'object', type: subject.type, node } };
}

/** Which edges a query that goes backwards finds. */
function reverseOf({ objects, sets, wildcards, relations }: ReverseQuery): (edge: Edge) => boolean {
  const [nodes, types, names] = [new Set(objects), new Set(wildcards), new Set(relations)];
  const setNodes = Map.groupBy(sets, ({ node }) => node);
  return ({ relation, subject }) => {
    if (!names.has(relation)) return false;
    if (subject.kind === 'wildcard') return types.has(subject.type);
    if (subject.kind === 'object') return nodes.has(subject.node);
    return (setNodes.get(subject.node) ?? []).some((set) => set.relation === subject.relation);
  };
}

function portion<Item>(items: readonly Item[], isWhole: boolean, limit: number): Portion<Item> {
  return { items: items.slice(0, limit), isWhole: isWhole && items.length <= limit };
}

function compareIds(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
