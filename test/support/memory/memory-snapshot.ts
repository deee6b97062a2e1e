import { Meter, maxSteps, type Payer } from '../../../src/engine/meter.ts';
import type {
  DirectProbe,
  Edge,
  EdgeAnswer,
  EdgeOrigin,
  EdgeQuery,
  EdgeSource,
  EdgeSubject,
  GrantFilter,
  GrantRange,
  GrantRead,
  NamedNode,
  NodeId,
  Part,
  Portion,
  ReverseEdge,
  ReverseQuery,
  SubjectQuery,
} from '../../../src/engine/ports.ts';
import type { PreparedModel } from '../../../src/engine/prepared-model.ts';
import type { Relation } from '../../../src/model/model.ts';
import type { ObjectId, TypeName } from '../../../src/model/names.ts';
import type { ObjectRef } from '../../../src/model/object-ref.ts';
import { isLiveAt, type Relationship } from '../../../src/model/relationship.ts';
import type { Beginnings } from '../../../src/store/beginnings.ts';
import type { HoldingQuery } from '../../../src/store/holding-query.ts';
import type { HolderSource, PermanentHolder } from '../../../src/store/permanent-holder.ts';
import { portionOf } from '../../../src/store/portion-of.ts';
import type { RevisionPage } from '../../../src/store/revision-page.ts';
import type { StoreSnapshot } from '../../../src/store/store-snapshot.ts';
import type { StoredRelationship } from '../../../src/store/stored-relationship.ts';
import type { TermKind } from '../../../src/store/terms.ts';
import { pageOfRevisions } from './memory-changes.ts';
import { readMemoryGrants } from './memory-grants.ts';
import { isObjectNumber, keyOf, type MemoryRow, type MemoryState } from './memory-state.ts';

/** A state as it is; in a write, with what it has written so far. */
export class MemorySnapshot implements StoreSnapshot {
  readonly now: Date;
  readonly revision: number;
  readonly identity: string;
  readonly ageMs = 0;
  readonly mark = undefined;
  readonly meter: Meter;
  readonly prepared: PreparedModel;
  readonly #state: MemoryState;
  readonly #payer: Payer | undefined;
  #known: Live | undefined;

  readonly #isAsIfBegun: boolean;

  constructor(
    state: MemoryState,
    prepared: PreparedModel,
    payer: Payer | undefined,
    { now = new Date(), isAsIfBegun = false }: { readonly now?: Date; readonly isAsIfBegun?: boolean } = {},
  ) {
    this.now = now;
    this.#isAsIfBegun = isAsIfBegun;
    this.#state = state;
    this.revision = state.revision;
    this.identity = state.identity;
    this.prepared = prepared;
    this.#payer = payer;
    this.meter = new Meter(maxSteps, payer);
  }

  asIfBegun(): MemorySnapshot {
    return new MemorySnapshot(this.#state, this.prepared, this.#payer, { now: this.now, isAsIfBegun: true });
  }

  hasName(kind: TermKind, name: string): boolean {
    return this.#state.hasName(kind, name);
  }

  async resolve(objects: readonly ObjectRef[]): Promise<readonly (NodeId | undefined)[]> {
    return objects.map((object) => this.#state.nodeOf(object));
  }

  async readEdges({ direct, sets, objects }: EdgeQuery): Promise<EdgeAnswer> {
    // In no order: whoever relies on one is found by this one.
    const edges = this.#edgesAt([...direct, ...sets, ...objects]).toReversed();
    const probes = new Set(direct.flatMap(keysOfProbe));
    const sources = { sets: bySource(sets), objects: bySource(objects) };
    return {
      direct: edges.filter((edge) => edge.subject.kind !== 'set' && probes.has(probedKey(edge, edge.subject))),
      sets: edges.filter((edge) => edge.subject.kind === 'set' && findAt(sources.sets, edge).length > 0),
      objects: edges.filter((edge) => edge.subject.kind === 'object' && findAt(sources.objects, edge).length > 0),
    };
  }

  async readObjects(type: TypeName, after: ObjectId | undefined, limit: number): Promise<readonly NamedNode[]> {
    const objects = this.#idsOf(type).filter(({ id }) => after === undefined || inBytes(id, after) > 0);
    return objects.slice(0, limit).flatMap((object) => {
      const node = this.#state.nodeOf(object);
      return node === undefined ? [] : [{ node, object }];
    });
  }

  async readEdgesFrom(sources: readonly EdgeSource[], limit: number): Promise<Portion<Edge>> {
    return portionOf(this.#edgesAt(sources), limit, (edge) => edge);
  }

  async readExcerpt(): Promise<undefined> {
    return undefined;
  }

  async readEdgesTo(query: ReverseQuery, limit: number): Promise<Portion<ReverseEdge>> {
    const { objects, sets, wildcards, relations } = query;
    const isAsked = ({ subject, relation }: Edge) => {
      if (!relations.includes(relation)) return false;
      if (subject.kind === 'wildcard') return wildcards.includes(subject.type);
      if (subject.kind === 'object') return objects.includes(subject.node);
      return sets.some(({ node, relation: of }) => node === subject.node && of === subject.relation);
    };
    const found = this.#rows().filter(({ edge }) => isAsked(edge));
    return portionOf(found, limit, ({ edge, relationship: { object } }) => {
      return { object: edge.object, objectType: object.type, relation: edge.relation, subject: edge.subject };
    });
  }

  async readNames(nodes: readonly NodeId[]): Promise<ReadonlyMap<NodeId, ObjectRef>> {
    const named = nodes.map((node) => [node, this.#state.objectOf(node)] as const);
    return new Map(named.flatMap(([node, object]) => (object === undefined ? [] : [[node, object] as const])));
  }

  async readSubjects({ sources, type, relation }: SubjectQuery, after: NodeId, limit: number) {
    const isAsked = (subject: EdgeSubject) =>
      subject.type === type &&
      (relation === undefined ? subject.kind === 'object' : subject.kind === 'set' && subject.relation === relation);
    const nodes = this.#edgesAt(sources).flatMap(({ subject }) =>
      isAsked(subject) && subject.kind !== 'wildcard' && subject.node > after ? [subject.node] : [],
    );
    return [...new Set(nodes)].toSorted((a, b) => a - b).slice(0, limit);
  }

  async readOrigins(edges: readonly Edge[]): Promise<readonly (EdgeOrigin | undefined)[]> {
    const rows = [...this.#state.rows.values()];
    return edges.map((edge) => {
      if (edge.isContextual) return undefined;
      const row = rows.find((one) => isAt(one.edge, edge) && isSameSubject(one.edge.subject, edge.subject));
      return row && originOf(row);
    });
  }

  async readParts(parents: readonly NodeId[], relations: readonly Relation[], limit: number): Promise<Portion<Part>> {
    const rows = this.#rows().toSorted((a, b) => a.relation - b.relation || a.object - b.object);
    const parts = parents.flatMap((parent) =>
      rows.filter(({ subject, relationship: { object, relation } }) => {
        return subject === parent && relations.some(({ type, name }) => type === object.type && name === relation);
      }),
    );
    return portionOf(parts, limit, ({ edge, relationship }) => {
      return { node: edge.object, object: relationship.object, edge };
    });
  }

  async readGrants(ranges: readonly GrantRange[], filter: GrantFilter, limit: number): Promise<GrantRead> {
    return readMemoryGrants(this.#there(), ranges, filter, limit);
  }

  async readHashes(): Promise<ReadonlyMap<number, string>> {
    return new Map();
  }

  async readNearIds({ type }: ObjectRef): Promise<readonly string[]> {
    return this.#idsOf(type).map(({ id }) => id);
  }

  async findRelationships(relationships: readonly Relationship[]): Promise<readonly StoredRelationship[]> {
    const there = new Map(this.#there().map(({ relationship }) => [keyOf(relationship), relationship]));
    return relationships.flatMap((relationship) => there.get(keyOf(relationship)) ?? []);
  }

  async readWritten(object: ObjectRef, limit: number): Promise<readonly StoredRelationship[]> {
    const node = this.#state.nodeOf(object);
    const written = this.#there().filter((row) => row.object === node);
    return written.slice(0, limit).map(({ relationship }) => relationship);
  }

  async readHoldings(of: HoldingQuery, limit: number): Promise<readonly StoredRelationship[]> {
    const nodes = new Set((of.kind === 'all' ? [of.object] : of.objects).map((one) => this.#state.nodeOf(one)));
    const isOf = (subject: EdgeSubject) => {
      if (subject.kind === 'wildcard' || !nodes.has(subject.node)) return false;
      return of.kind === 'all' || (subject.kind === 'set' && subject.relation === of.relation);
    };
    const held = this.#there().filter(({ edge }) => isOf(edge.subject));
    const inOrder = held.toSorted((a, b) => a.subject - b.subject || a.relation - b.relation || a.object - b.object);
    return inOrder.slice(0, limit).map(({ relationship }) => relationship);
  }

  async readPermanentHolders(sources: readonly HolderSource[], limit: number): Promise<readonly PermanentHolder[]> {
    return sources.flatMap(({ object, relation, after }, position) => {
      const node = this.#state.nodeOf(object);
      const holders = this.#rows().flatMap(({ edge, subject, relationship }) => {
        const isHeld = edge.object === node && edge.relation === relation && isObjectNumber(subject);
        const isForGood = relationship.expiresAt === undefined && relationship.condition === undefined;
        const holder = this.#state.objectOf(subject);
        return isHeld && isForGood && subject > after && holder ? [{ position, node: subject, subject: holder }] : [];
      });
      return holders.slice(0, limit);
    });
  }

  async readRevisions(after: number, rows: number): Promise<RevisionPage> {
    return pageOfRevisions(this.#state.changes, after, rows);
  }

  async readBeginnings(after: Date, limit: number): Promise<Beginnings> {
    const later = this.#there().flatMap(({ relationship, edge: { object: node } }) => {
      const { startsAt } = relationship;
      return startsAt !== undefined && startsAt > after ? [{ node, relationship, startsAt }] : [];
    });
    const inOrder = later.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
    const begun = inOrder.filter(({ startsAt }) => startsAt <= this.now);
    const next = inOrder.at(begun.length)?.startsAt;
    return { begun: begun.slice(0, limit), next, hasMore: begun.length > limit };
  }

  /** Those that count. */
  #rows(): readonly MemoryRow[] {
    return this.#live().rows;
  }

  /** Those that count or begin later. */
  #there(): readonly MemoryRow[] {
    return this.#live().there;
  }

  /** The edges of these sources, each once. */
  #edgesAt(sources: readonly EdgeSource[]): readonly Edge[] {
    const { edges } = this.#live();
    const relations = bySource(sources);
    return [...new Set(sources.map(({ object }) => object))].flatMap((object) =>
      (edges.get(object) ?? []).filter((edge) => findAt(relations, edge).length > 0),
    );
  }

  /** What counts by now; in a write, that may be something else each time. */
  #live(): Live {
    const { version } = this.#state;
    if (this.#known?.version === version) return this.#known;
    const there = this.#state.rowsThere(this.now);
    const rows = there.filter(({ relationship }) => this.#isAsIfBegun || isLiveAt(relationship, this.now));
    const edges = Map.groupBy(
      rows.map(({ edge }) => edge),
      ({ object }) => object,
    );
    this.#known = { version, there, rows, edges };
    return this.#known;
  }

  #idsOf(type: TypeName): readonly ObjectRef[] {
    return this.#state.objects.filter((object) => object.type === type).toSorted((a, b) => inBytes(a.id, b.id));
  }
}

interface Live {
  readonly version: number;
  readonly there: readonly MemoryRow[];
  readonly rows: readonly MemoryRow[];
  readonly edges: ReadonlyMap<NodeId, readonly Edge[]>;
}

type BySource<Source> = ReadonlyMap<NodeId, readonly Source[]>;

function bySource<Source extends EdgeSource>(sources: readonly Source[]): BySource<Source> {
  return Map.groupBy(sources, ({ object }) => object);
}

function findAt<Source extends EdgeSource>(sources: BySource<Source>, edge: EdgeSource): readonly Source[] {
  return (sources.get(edge.object) ?? []).filter(({ relation }) => relation === edge.relation);
}

function isAt(edge: Edge, { object, relation }: EdgeSource): boolean {
  return edge.object === object && edge.relation === relation;
}

/** What a probe looks for: its subject, and the wildcard if it asks for that. */
function keysOfProbe({ subject, subjectType, asksWildcard, ...at }: DirectProbe): readonly string[] {
  const own = subject === undefined ? [] : [probedKey(at, { kind: 'object', type: subjectType, node: subject })];
  return asksWildcard ? [...own, probedKey(at, { kind: 'wildcard', type: subjectType })] : own;
}

/** A node says of which type it is. */
function probedKey({ object, relation }: EdgeSource, subject: Exclude<EdgeSubject, { kind: 'set' }>): string {
  return JSON.stringify([object, relation, subject.kind === 'wildcard' ? subject.type : subject.node]);
}

function isSameSubject(left: EdgeSubject, right: EdgeSubject): boolean {
  if (left.kind === 'wildcard' || right.kind === 'wildcard')
    return left.kind === right.kind && left.type === right.type;
  if (left.node !== right.node) return false;
  return left.kind === 'set' ? right.kind === 'set' && left.relation === right.relation : right.kind === 'object';
}

function originOf({ relationship: { createdAt, createdBy, startsAt, expiresAt } }: MemoryRow): EdgeOrigin {
  return { createdAt, createdBy, startsAt, expiresAt };
}

function inBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
