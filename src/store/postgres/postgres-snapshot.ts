import type { Excerpt, ExcerptQuery } from '../../engine/excerpt.ts';
import { Meter, maxSteps, type Payer } from '../../engine/meter.ts';
import type {
  Edge,
  EdgeAnswer,
  EdgeOrigin,
  EdgeQuery,
  EdgeSource,
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
} from '../../engine/ports.ts';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import { type HistoryMark, markOf } from '../../model/history-mark.ts';
import type { Relation } from '../../model/model.ts';
import type { ObjectId, TypeName } from '../../model/names.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { Relationship } from '../../model/relationship.ts';
import type { Beginnings } from '../beginnings.ts';
import type { KnownHashes } from '../history-line.ts';
import type { HoldingQuery } from '../holding-query.ts';
import { NoModel } from '../no-model.ts';
import type { HolderSource, PermanentHolder } from '../permanent-holder.ts';
import type { RevisionPage } from '../revision-page.ts';
import type { StoreSnapshot } from '../store-snapshot.ts';
import type { StoredRelationship } from '../stored-relationship.ts';
import { hasTerm, type TermKind, type Terms } from '../terms.ts';
import { goesOnFrom, seenStateOf } from './last-event.ts';
import type { SnapshotClock } from './live-at.ts';
import type { LoadedModel, LoadsModels, OpenedState } from './model-cache.ts';
import { PostgresExcerpt } from './postgres-excerpt.ts';
import { NotCaughtUp, type PrimaryPoint } from './primary-point.ts';
import { edgeOf } from './read-edges.ts';
import { readHashes } from './read-hashes.ts';
import type { Header } from './read-header.ts';
import type { StoredHoldings } from './read-holdings.ts';
import { readNearIds } from './read-near-ids.ts';
import { readNames, readObjects } from './read-neighbours.ts';
import type { StatementInputs } from './read-review.ts';
import { RelationshipNumbering } from './relationship-numbering.ts';
import { columnsOf } from './relationship-numbers.ts';
import type { Shapes } from './shapes.ts';
import type { TransactionSql } from './sql.ts';

export interface OpenOptions {
  /** A published model to ask instead of the active one. */
  readonly modelId?: number | undefined;
  /** The numbers of more names than this model has, to ask under others as well. */
  readonly terms?: Terms | undefined;
  /** Told of every step that questions to the snapshot take. */
  readonly payer?: Payer | undefined;
  /** The clock to decide by, with all its digits; the database's when the snapshot is opened, unless it is given. */
  readonly now?: string | undefined;
  /** The state of the primary that this one of a standby must have come to; throws `NotCaughtUp` if it has not. */
  readonly reach?: PrimaryPoint | undefined;
}

/** Where a snapshot is read: in a transaction that sees one state. */
export interface SnapshotPlace {
  readonly sql: TransactionSql;
  readonly shapes: Shapes;
  readonly models: LoadsModels;
}

/** One state of the database: what a transaction that never sees a later one reads. */
export class PostgresSnapshot implements StoreSnapshot {
  readonly now: Date;
  readonly revision: number;
  readonly identity: string;
  readonly mark: HistoryMark | undefined;
  readonly ageMs = 0;
  readonly model: LoadedModel;
  readonly meter: Meter;
  readonly #sql: TransactionSql;
  readonly #shapes: Shapes;
  readonly #clock: SnapshotClock;
  readonly #header: PlacedHeader;
  /** Undefined for an object that no relationship names; objects that nobody asked about are not in it. */
  readonly #nodes: Map<string, NodeId | undefined>;

  private constructor(
    { sql, shapes }: Pick<SnapshotPlace, 'sql' | 'shapes'>,
    header: PlacedHeader,
    model: LoadedModel,
    nodes: Map<string, NodeId | undefined>,
    { meter, begunBy }: { readonly meter: Meter; readonly begunBy: string },
  ) {
    this.#sql = sql;
    this.#shapes = shapes;
    this.meter = meter;
    this.#header = header;
    this.#clock = { now: header.now, begunBy };
    this.#nodes = nodes;
    this.now = new Date(header.now);
    this.revision = header.revision;
    this.identity = header.identity;
    this.mark = markOf(header.event, header.hash);
    this.model = model;
  }

  /** Reads clock, revision, model and the numbers of all named objects with one statement. */
  static async open(
    { sql, shapes, models }: SnapshotPlace,
    objects: readonly ObjectRef[],
    { modelId, terms, payer, reach, now = reach?.now }: OpenOptions = {},
  ): Promise<PostgresSnapshot> {
    const named = [...new Map(objects.map((object) => [formatObjectRef(object), object]))];
    const asked = reach ?? models.seen();
    const header = await shapes.readHeader(
      sql,
      named.map(([, object]) => object),
      asked,
    );
    const opened = { ...seenStateOf(header), asked };
    if (reach !== undefined && !(header.is_standby && goesOnFrom(reach, opened))) throw new NotCaughtUp();
    const wanted = modelId ?? header.active_model;
    const model = wanted === null ? undefined : await models.load(wanted, opened, sql);
    if (model === undefined) {
      throw new NoModel(wanted === null ? 'No authorization model is active.' : `There is no model ${wanted}.`);
    }
    const nodes = new Map(named.map(([text], index) => [text, header.nodes[index] ?? undefined] as const));
    const placed = { ...header, opened, now: now ?? header.now };
    const clock = { meter: new Meter(maxSteps, payer), begunBy: placed.now };
    return new PostgresSnapshot({ sql, shapes }, placed, { ...model, terms: terms ?? model.terms }, nodes, clock);
  }

  asIfBegun(): PostgresSnapshot {
    const place = { sql: this.#sql, shapes: this.#shapes };
    return new PostgresSnapshot(place, this.#header, this.model, this.#nodes, {
      meter: this.meter,
      begunBy: 'infinity',
    });
  }

  get prepared(): PreparedModel {
    return this.model.prepared;
  }

  /** Another model of the same history. */
  async loadPrepared(id: number, models: LoadsModels): Promise<PreparedModel | undefined> {
    return (await models.load(id, this.#header.opened, this.#sql))?.prepared;
  }

  hasName(kind: TermKind, name: string): boolean {
    return hasTerm(this.model.terms, kind, name);
  }

  async resolve(objects: readonly ObjectRef[]): Promise<readonly (NodeId | undefined)[]> {
    const texts = objects.map(formatObjectRef);
    // To take an object that was never looked up for one that does not exist would deny, or worse, not exclude.
    const open = new Map(objects.flatMap((object, index) => openAt(this.#nodes, texts[index], object)));
    if (open.size > 0) {
      const nodes = await this.#shapes.readNodes(this.#sql, [...open.values()]);
      for (const [index, text] of [...open.keys()].entries()) this.#nodes.set(text, nodes[index] ?? undefined);
    }
    return texts.map((text) => this.#nodes.get(text));
  }

  /** The number of an object that was looked up and has one. */
  nodeOf(object: ObjectRef): NodeId | undefined {
    return this.#nodes.get(formatObjectRef(object));
  }

  /** The clock of the snapshot with all its digits, for statements in the same transaction. */
  get nowText(): string {
    return this.#clock.now;
  }

  readEdges(query: EdgeQuery): Promise<EdgeAnswer> {
    return this.#shapes.readEdges(this.#sql, this.model.terms, query, this.#clock);
  }

  async readExcerpt({ subjects, objects, demand }: ExcerptQuery): Promise<Excerpt | undefined> {
    // Its statement knows one clock.
    if (this.#clock.begunBy !== this.#clock.now) return undefined;
    const nodes = await this.resolve([...subjects, ...objects]);
    const ends = { subjects: nodes.slice(0, subjects.length), objects: nodes.slice(subjects.length) };
    const types = subjects.map(({ type }) => type);
    const edges = await this.#shapes.readExcerptOfNodes(
      this.#sql,
      this.model.terms,
      { ...ends, types, demand },
      this.#clock.now,
    );
    const { now, revision, identity, mark } = this;
    return (
      edges && new PostgresExcerpt({ ...edges, ...ends, now, revision, identity, mark }, this.prepared, this.meter)
    );
  }

  async readObjects(type: TypeName, after: ObjectId | undefined, limit: number): Promise<readonly NamedNode[]> {
    const objects = await readObjects(this.#sql, this.model.terms, type, after, limit);
    for (const { node, object } of objects) this.#nodes.set(formatObjectRef(object), node);
    return objects;
  }

  readNearIds({ type, id }: ObjectRef): Promise<readonly string[]> {
    return readNearIds(this.#sql, this.model.terms, type, id);
  }

  readEdgesFrom(sources: readonly EdgeSource[], limit: number): Promise<Portion<Edge>> {
    return this.#shapes.readEdgesFrom(this.#sql, this.model.terms, sources, this.#clock, limit);
  }

  readEdgesTo(query: ReverseQuery, limit: number): Promise<Portion<ReverseEdge>> {
    return this.#shapes.readEdgesTo(this.#sql, this.model.terms, query, this.#clock, limit);
  }

  async readNames(nodes: readonly NodeId[]): Promise<ReadonlyMap<NodeId, ObjectRef>> {
    const names = await readNames(this.#sql, this.model.terms, nodes);
    for (const [node, object] of names) this.#nodes.set(formatObjectRef(object), node);
    return names;
  }

  readSubjects(query: SubjectQuery, after: NodeId, limit: number): Promise<readonly NodeId[]> {
    return this.#shapes.readSubjects(this.#sql, this.model.terms, query, this.#clock, after, limit);
  }

  readHashes(events: readonly number[]): Promise<KnownHashes> {
    return readHashes(this.#sql, events);
  }

  readRevisions(after: number, rows: number): Promise<RevisionPage> {
    return this.#shapes.readRevisions(this.#sql, after, rows);
  }

  readBeginnings(after: Date, limit: number): Promise<Beginnings> {
    return this.#shapes.readBeginnings(this.#sql, { after, now: this.#clock.now }, limit);
  }

  async findRelationships(relationships: readonly Relationship[]): Promise<readonly StoredRelationship[]> {
    if (relationships.length === 0) return [];
    const rows = await new RelationshipNumbering(this.#sql, this.#shapes).find(relationships);
    const found = await this.#shapes.readRelationshipsAt(this.#sql, columnsOf(rows), this.#clock.now);
    return found.map(({ relationship }) => relationship);
  }

  readOrigins(edges: readonly Edge[]): Promise<readonly (EdgeOrigin | undefined)[]> {
    return this.#shapes.readOrigins(this.#sql, this.model.terms, edges);
  }

  async readPermanentHolders(sources: readonly HolderSource[], limit: number): Promise<readonly PermanentHolder[]> {
    const holders = await this.#shapes.readPermanentHolders(this.#sql, sources, this.#clock, limit);
    for (const { node, subject } of holders) this.#nodes.set(formatObjectRef(subject), node);
    return holders;
  }

  async readWritten(object: ObjectRef, limit: number): Promise<readonly StoredRelationship[]> {
    return this.#remember(await this.#shapes.readWritten(this.#sql, object, this.#clock.now, limit));
  }

  async readHoldings(of: HoldingQuery, limit: number): Promise<readonly StoredRelationship[]> {
    return this.#remember(await this.#shapes.readHoldings(this.#sql, of, this.#clock.now, limit));
  }

  #remember({ holdings, nodes }: StoredHoldings): readonly StoredRelationship[] {
    for (const [name, node] of nodes) this.#nodes.set(name, node);
    return holdings;
  }

  async readParts(parents: readonly NodeId[], relations: readonly Relation[], limit: number): Promise<Portion<Part>> {
    const parts = await this.#shapes.readParts(this.#sql, this.#reading(), parents, relations, limit);
    for (const { node, object } of parts.items) this.#nodes.set(formatObjectRef(object), node);
    return parts;
  }

  async readGrants(ranges: readonly GrantRange[], filter: GrantFilter, limit: number): Promise<GrantRead> {
    const { subject } = filter;
    const type = subject?.kind === 'wildcard' ? this.model.terms.type.numberOf(subject.type) : undefined;
    const [node] = subject?.kind === 'object' ? await this.resolve([subject.object]) : [];
    const subjectNumber = subject?.kind === 'object' ? node : type;
    if (ranges.length === 0 || (subject !== undefined && subjectNumber === undefined))
      return { grants: [], last: undefined };
    const read = await this.#shapes.readGrants(this.#sql, this.#reading(), ranges, { ...filter, subjectNumber }, limit);
    for (const { subject: who, place } of read.grants) {
      if (who.kind === 'object') this.#nodes.set(formatObjectRef(who.object), place);
    }
    return read;
  }

  #reading(): StatementInputs {
    const { terms } = this.model;
    return { terms, clock: this.#clock, edgeOf: (row) => edgeOf(row, terms) };
  }
}

/** A header, and where in which history its state is. */
type PlacedHeader = Header & { readonly opened: OpenedState };

function openAt(
  known: ReadonlyMap<string, unknown>,
  text: string | undefined,
  object: ObjectRef,
): readonly (readonly [string, ObjectRef])[] {
  return text === undefined || known.has(text) ? [] : [[text, object]];
}
