import { turns } from '../../base/turns.ts';
import { DeadlineExceeded } from '../../base/with-deadline.ts';
import type { Excerpt, ExcerptQuery } from '../../engine/excerpt.ts';
import { Meter, maxSteps, type Payer } from '../../engine/meter.ts';
import type {
  DirectProbe,
  Edge,
  EdgeAnswer,
  EdgeQuery,
  EdgeSource,
  NamedNode,
  NodeId,
  ReverseEdge,
  ReverseQuery,
  SubjectQuery,
} from '../../engine/ports.ts';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import type { ObjectId, RelationName, TypeName } from '../../model/names.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import { firstObject, firstSetSubject, packedRange, packSubject } from '../packed-subject.ts';
import type { StoreSnapshot } from '../store-snapshot.ts';
import type { ProvenState } from './proven-state.ts';
import { ReplicaExcerpt } from './replica-excerpt.ts';
import type { ReplicaNames } from './replica-feed.ts';
import type { StoredEdge } from './stored-edge.ts';

const endOfSubjects = 2 ** 53;
const noLimit = Number.POSITIVE_INFINITY;
/** Some hundred microseconds. */
const edgesBetweenPauses = 1000;

/**
 * One state of the store, read from memory. Only names come from the store, which never change.
 *
 * It has nothing of who wrote relationships and when: what asks for that asks the store, see `SnapshotOptions.history`.
 */
export class ReplicaSnapshot implements StoreSnapshot {
  readonly now: Date;
  readonly revision: number;
  readonly identity: string;
  readonly ageMs: number;
  readonly meter: Meter;
  readonly #state: ProvenState;
  readonly #names: ReplicaNames;
  readonly #endsAt: number;
  readonly #nodes: Map<string, NodeId | undefined>;

  /** Nothing is read after `endsAt`, on the clock of `performance`: nobody waits for it any more. */
  constructor(
    state: ProvenState,
    names: ReplicaNames,
    nodes: Iterable<readonly [ObjectRef, NodeId | undefined]>,
    { payer, endsAt }: { readonly payer: Payer | undefined; readonly endsAt: number },
  ) {
    this.#endsAt = endsAt;
    this.#state = state;
    this.#names = names;
    this.#nodes = new Map(Array.from(nodes, ([object, node]) => [formatObjectRef(object), node]));
    this.now = new Date(Math.floor(state.view.nowMicros / 1000));
    this.revision = state.view.revision;
    this.identity = state.position.identity;
    this.ageMs = state.ageMs;
    this.meter = new Meter(maxSteps, payer);
  }

  get prepared(): PreparedModel {
    return this.#state.model.prepared;
  }

  hasName(kind: 'type' | 'relation', name: string): boolean {
    const { type, relation } = this.#state.model.terms;
    const number = kind === 'type' ? type.numberOf(name as TypeName) : relation.numberOf(name as RelationName);
    return number !== undefined;
  }

  async resolve(objects: readonly ObjectRef[]): Promise<readonly (NodeId | undefined)[]> {
    const texts = objects.map(formatObjectRef);
    const open = new Map(objects.flatMap((object, index) => openAt(this.#nodes, texts[index], object)));
    if (open.size > 0) {
      const nodes = await this.#inTime().readNodes([...open.values()]);
      for (const [index, text] of [...open.keys()].entries()) this.#nodes.set(text, nodes[index]);
    }
    return texts.map((text) => this.#nodes.get(text));
  }

  async readEdges({ direct, sets, objects }: EdgeQuery): Promise<EdgeAnswer> {
    this.#inTime();
    return {
      direct: await this.#named(this.#probed(direct)),
      sets: await this.#named(this.#from(sets, firstSetSubject, endOfSubjects, noLimit)),
      objects: await this.#named(this.#from(objects, firstObject, firstSetSubject, noLimit)),
    };
  }

  async readExcerpt(query: ExcerptQuery): Promise<Excerpt | undefined> {
    const nodes = await this.resolve([...query.subjects, ...query.objects]);
    return ReplicaExcerpt.of(this.#state, query, nodes, this.meter);
  }

  async readEdgesFrom(sources: readonly EdgeSource[], limit: number): Promise<readonly Edge[]> {
    return this.#named(this.#from(sources, 0, endOfSubjects, limit), limit);
  }

  async readEdgesTo(query: ReverseQuery, limit: number): Promise<readonly ReverseEdge[]> {
    const found: ReverseEdge[] = [];
    for (const edge of this.#to(query, limit)) {
      if (found.length === limit) break;
      const named = this.#reverseOf(edge);
      if (named !== undefined) found.push(named);
    }
    return found;
  }

  async readSubjects(
    { sources, type, relation }: SubjectQuery,
    after: NodeId,
    limit: number,
  ): Promise<readonly NodeId[]> {
    const { terms } = this.#state.model;
    const typeNumber = terms.type.numberOf(type);
    const setNumber = relation === undefined ? 0 : terms.relation.numberOf(relation);
    if (typeNumber === undefined || setNumber === undefined) return [];
    const { base, first, end } = packedRange(setNumber);
    const start = Math.max(base + after + 1, first);
    const nodes = new Set<NodeId>();
    for (const source of sources) {
      for (const subject of this.#subjectsOf(source, start, end, typeNumber, limit)) nodes.add(subject - base);
    }
    return [...nodes].toSorted((left, right) => left - right).slice(0, limit);
  }

  readObjects(type: TypeName, after: ObjectId | undefined, limit: number): Promise<readonly NamedNode[]> {
    return this.#inTime().readObjects(this.#state.model.terms, type, after, limit);
  }

  async readNames(nodes: readonly NodeId[]): Promise<ReadonlyMap<NodeId, ObjectRef>> {
    const names = await this.#inTime().readNames(this.#state.model.terms, nodes);
    for (const [node, object] of names) this.#nodes.set(formatObjectRef(object), node);
    return names;
  }

  readNearIds(object: ObjectRef): Promise<readonly string[]> {
    return this.#inTime().readNearIds(this.#state.model.terms, object);
  }

  readOrigins(): Promise<never> {
    return withoutHistory();
  }

  readParts(): Promise<never> {
    return withoutHistory();
  }

  readGrants(): Promise<never> {
    return withoutHistory();
  }

  findRelationships(): Promise<never> {
    return withoutHistory();
  }

  readHoldings(): Promise<never> {
    return withoutHistory();
  }

  readPermanentHolders(): Promise<never> {
    return withoutHistory();
  }

  readRevisions(): Promise<never> {
    return withoutHistory();
  }

  #inTime(): ReplicaNames {
    if (performance.now() < this.#endsAt) return this.#names;
    throw new DeadlineExceeded('The time of a read of the replica is over.');
  }

  /** For each probe its subject's own edge, and that of the wildcard, which many may look for and which comes once. */
  *#probed(direct: readonly DirectProbe[]): Generator<StoredEdge> {
    const { view, model } = this.#state;
    const wildcards = new Map<number, Set<TypeName>>();
    for (const { object, relation: name, subject, subjectType, asksWildcard } of direct) {
      const relation = model.terms.relation.numberOf(name);
      if (relation === undefined) continue;
      const own = subject === undefined || subject < 0 ? undefined : view.find(object, relation, subject);
      if (own !== undefined) yield own;
      const type = asksWildcard && isFirst(wildcards, object * relationsAtMost + relation, subjectType);
      const number = type ? model.terms.type.numberOf(subjectType) : undefined;
      const wildcard = number === undefined ? undefined : view.find(object, relation, number);
      if (wildcard !== undefined) yield wildcard;
    }
  }

  /** The edges of sources to subjects between these numbers. */
  *#from(sources: readonly EdgeSource[], first: number, end: number, limit: number): Generator<StoredEdge> {
    const { view, model } = this.#state;
    for (const { object, relation: name } of sources) {
      const relation = model.terms.relation.numberOf(name);
      if (relation !== undefined && object >= 0) yield* view.from(object, relation, first, end, limit);
    }
  }

  *#to({ objects, sets, wildcards, relations }: ReverseQuery, limit: number): Generator<StoredEdge> {
    const { view, model } = this.#state;
    const numbers = relations.flatMap((name) => model.terms.relation.numberOf(name) ?? []);
    const subjects = [
      ...objects.filter((node) => node >= 0),
      ...sets.flatMap(({ node, relation: name }) => {
        const relation = model.terms.relation.numberOf(name);
        return relation === undefined || node < 0 ? [] : [packSubject({ kind: 'set', object: node, relation })];
      }),
      ...wildcards.flatMap((type) => model.terms.type.numberOf(type) ?? []),
    ];
    for (const subject of subjects) for (const relation of numbers) yield* view.to(subject, relation, limit);
  }

  #subjectsOf(source: EdgeSource, first: number, end: number, type: number, limit: number): readonly number[] {
    const relation = this.#state.model.terms.relation.numberOf(source.relation);
    if (relation === undefined || source.object < 0) return [];
    const isOfType = ({ subjectType }: StoredEdge) => subjectType === type;
    return this.#state.view.from(source.object, relation, first, end, limit, isOfType).map(({ subject }) => subject);
  }

  #reverseOf({ object, relation: number, subject: packed, subjectType }: StoredEdge): ReverseEdge | undefined {
    const { model, view, names } = this.#state;
    const objectType = model.terms.type.nameOf(view.typeOf(object) ?? 0);
    const relation = model.terms.relation.nameOf(number);
    const subject = names.subjectOf(packed, subjectType);
    if (objectType === undefined || relation === undefined || subject === undefined) return undefined;
    return { object, objectType, relation, subject };
  }

  async #named(edges: Iterable<StoredEdge>, limit = noLimit): Promise<readonly Edge[]> {
    const found: Edge[] = [];
    let read = 0;
    for (const stored of edges) {
      if (read === limit) break;
      const edge = this.#state.names.edgeOf(stored);
      if (edge !== undefined) found.push(edge);
      read += 1;
      const rest = read % edgesBetweenPauses === 0 ? turns.pause() : undefined;
      if (rest !== undefined) await rest;
    }
    return found;
  }
}

/** More than there are. */
const relationsAtMost = 2 ** 15;

function isFirst(seen: Map<number, Set<TypeName>>, key: number, type: TypeName): boolean {
  const types = seen.get(key) ?? new Set();
  seen.set(key, types);
  return types.size < types.add(type).size;
}

function openAt(
  known: ReadonlyMap<string, unknown>,
  text: string | undefined,
  object: ObjectRef,
): readonly (readonly [string, ObjectRef])[] {
  return text === undefined || known.has(text) ? [] : [[text, object]];
}

function withoutHistory(): never {
  throw new Error('Invariant violated: what asks who wrote a relationship, and when, says so when it opens a snapshot');
}
