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
  Portion,
  ReverseEdge,
  ReverseQuery,
  SubjectQuery,
} from '../../engine/ports.ts';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import { type HistoryMark, markOf } from '../../model/history-mark.ts';
import type { ObjectId, TypeName } from '../../model/names.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { KnownHashes } from '../history-line.ts';
import { firstObject, firstSetSubject, packedRange, packSubject } from '../packed-subject.ts';
import type { StoreSnapshot } from '../store-snapshot.ts';
import { hasTerm, type TermKind } from '../terms.ts';
import type { Looks } from './edge-view.ts';
import type { ProvenState } from './proven-state.ts';
import { ReplicaExcerpt } from './replica-excerpt.ts';
import type { ReplicaNames } from './replica-feed.ts';
import type { StoredEdge } from './stored-edge.ts';

const endOfSubjects = 2 ** 53;
const noLimit = Number.POSITIVE_INFINITY;
/** Some hundred microseconds. */
const looksBetweenPauses = 1000;

/**
 * One state of the store, read from memory. Only names come from the store, which never change.
 *
 * It has nothing of who wrote relationships and when: what asks for that asks the store, see `SnapshotOptions.history`.
 */
export class ReplicaSnapshot implements StoreSnapshot {
  readonly now: Date;
  readonly revision: number;
  readonly identity: string;
  readonly mark: HistoryMark | undefined;
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
    this.mark = markOf(state.position.event, state.position.hash);
    this.ageMs = state.ageMs;
    this.meter = new Meter(maxSteps, payer);
  }

  get prepared(): PreparedModel {
    return this.#state.model.prepared;
  }

  hasName(kind: TermKind, name: string): boolean {
    return hasTerm(this.#state.model.terms, kind, name);
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
      direct: (await this.#named(this.#probed(direct))).items,
      sets: (await this.#named(this.#from(sets, firstSetSubject, endOfSubjects))).items,
      objects: (await this.#named(this.#from(objects, firstObject, firstSetSubject))).items,
    };
  }

  async readExcerpt(query: ExcerptQuery): Promise<Excerpt | undefined> {
    const nodes = await this.resolve([...query.subjects, ...query.objects]);
    return ReplicaExcerpt.of(this.#state, query, nodes, this.meter);
  }

  readEdgesFrom(sources: readonly EdgeSource[], limit: number): Promise<Portion<Edge>> {
    return this.#named(this.#from(sources, 0, endOfSubjects), limit);
  }

  readEdgesTo(query: ReverseQuery, limit: number): Promise<Portion<ReverseEdge>> {
    return this.#portion(this.#to(query), limit, (edge) => this.#reverseOf(edge));
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
    const range = { first: Math.max(base + after + 1, first), end, type: typeNumber };
    const nodes = new Set<NodeId>();
    for (const source of sources) {
      for (const subject of await this.#subjectsOf(source, range, limit)) nodes.add(subject - base);
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

  readHashes(events: readonly number[]): Promise<KnownHashes> {
    return this.#inTime().readHashes(events);
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

  readWritten(): Promise<never> {
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

  readBeginnings(): Promise<never> {
    return withoutHistory();
  }

  asIfBegun(): never {
    return withoutHistory();
  }

  #inTime(): ReplicaNames {
    if (performance.now() < this.#endsAt) return this.#names;
    throw new DeadlineExceeded('The time of a read of the replica is over.');
  }

  /** For each probe its subject's own edge, and that of the wildcard, which many may look for and which comes once. */
  *#probed(direct: readonly DirectProbe[]): Looks {
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
  *#from(sources: readonly EdgeSource[], first: number, end: number): Looks {
    const { view, model } = this.#state;
    for (const { object, relation: name } of sources) {
      const relation = model.terms.relation.numberOf(name);
      if (relation !== undefined && object >= 0) yield* view.from(object, relation, first, end);
    }
  }

  *#to({ objects, sets, wildcards, relations }: ReverseQuery): Looks {
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
    for (const subject of subjects) for (const relation of numbers) yield* view.to(subject, relation);
  }

  /** The first subjects of a type, and maybe some others that were written since the base was made. */
  async #subjectsOf(source: EdgeSource, { first, end, type }: SubjectRange, limit: number): Promise<readonly number[]> {
    const { view, model } = this.#state;
    const relation = model.terms.relation.numberOf(source.relation);
    if (relation === undefined || source.object < 0) return [];
    const of = [source.object, relation, first, end] as const;
    const head = await this.#portion(onlyOf(type, view.baseFrom(...of)), limit, ({ subject }) => subject);
    const written = await this.#portion(onlyOf(type, view.writtenFrom(...of)), noLimit, ({ subject }) => subject);
    return [...head.items, ...written.items];
  }

  #reverseOf({ object, relation: number, subject: packed, subjectType }: StoredEdge): ReverseEdge | undefined {
    const { model, view, names } = this.#state;
    const objectType = model.terms.type.nameOf(view.typeOf(object) ?? 0);
    const relation = model.terms.relation.nameOf(number);
    const subject = names.subjectOf(packed, subjectType);
    if (objectType === undefined || relation === undefined || subject === undefined) return undefined;
    return { object, objectType, relation, subject };
  }

  #named(edges: Looks, limit = noLimit): Promise<Portion<Edge>> {
    return this.#portion(edges, limit, (edge) => this.#state.names.edgeOf(edge));
  }

  /** What is made of the first edges; one of which nothing is made counts as well. Others have their turn in between. */
  async #portion<Item>(
    edges: Looks,
    limit: number,
    itemOf: (edge: StoredEdge) => Item | undefined,
  ): Promise<Portion<Item>> {
    const items: Item[] = [];
    let [looks, read] = [0, 0];
    for (const edge of edges) {
      looks += 1;
      const rest = looks % looksBetweenPauses === 0 ? turns.pause() : undefined;
      if (rest !== undefined) {
        await rest;
        this.#inTime();
      }
      if (edge === undefined) continue;
      if (read === limit) return { items, isWhole: false };
      read += 1;
      const item = itemOf(edge);
      if (item !== undefined) items.push(item);
    }
    return { items, isWhole: true };
  }
}

/** Subjects of one type between two numbers. */
interface SubjectRange {
  readonly first: number;
  readonly end: number;
  readonly type: number;
}

/** More than there are. */
const relationsAtMost = 2 ** 15;

function* onlyOf(type: number, edges: Looks): Looks {
  for (const edge of edges) yield edge?.subjectType === type ? edge : undefined;
}

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
