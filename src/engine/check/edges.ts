import { invariant } from '../../base/invariant.ts';
import type { Relation } from '../../model/model.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import { type Meter, manyEdges, pauseEvery } from '../meter.ts';
import type { ContextualRelationships, DirectProbe, Edge, EdgeSource, NodeId, Snapshot } from '../ports.ts';
import { makeContextualEdges } from './contextual-edges.ts';
import { ContextualReverse } from './contextual-reverse.ts';
import { EdgeTable } from './edge-table.ts';
import { findCandidateObjects } from './find-candidate-objects.ts';
import { NodeTable } from './node-table.ts';

/** What one level of goals needs to be known. Sources may be named twice; they are read once. */
export interface EdgeDemand {
  readonly direct: DirectProbe[];
  readonly sets: EdgeSource[];
  readonly objects: EdgeSource[];
}

/**
 * The edges of one request: those of the snapshot, read level by level, and the contextual ones.
 *
 * A contextual relationship hides the stored one with the same object, relation and subject, whatever its condition
 * says; to subject sets, wildcards and parents it is only added (OpenFGA, `combinedtuplereader`).
 */
export class Edges {
  readonly nodes: NodeTable;
  readonly #snapshot: Snapshot;
  readonly #contextual: EdgeTable;
  readonly #sent: ContextualRelationships;
  readonly #sets = new EdgeTable();
  readonly #objects = new EdgeTable();
  /** Probes of one subject; undefined is the wildcard, whose edges do not depend on a node. */
  readonly #direct = new Map<NodeId | string, EdgeTable>();
  /** Where subjects may hold relations; each is looked for once, however many checks lead far. */
  readonly #held = new Map<string, Map<Relation, ReadonlySet<NodeId> | undefined>>();
  #failure: unknown;

  private constructor(snapshot: Snapshot, nodes: NodeTable, contextual: EdgeTable, sent: ContextualRelationships) {
    this.nodes = nodes;
    this.#snapshot = snapshot;
    this.#contextual = contextual;
    this.#sent = sent;
  }

  /** Of the snapshot alone; nothing is loaded yet. */
  static ofStored(snapshot: Snapshot): Edges {
    return new Edges(snapshot, new NodeTable(snapshot), new EdgeTable(), []);
  }

  /** Of the snapshot and of what came with the question. */
  static async open(snapshot: Snapshot, contextual: ContextualRelationships): Promise<Edges> {
    const nodes = new NodeTable(snapshot);
    return new Edges(snapshot, nodes, await makeContextualEdges(contextual, nodes, snapshot.now), contextual);
  }

  /**
   * The nodes on which a subject may hold a relation at all: see `findCandidateObjects`. Undefined where too many edges would have
   * to be followed.
   */
  async findHeldBy(
    subject: SubjectRef,
    subjectNode: NodeId | undefined,
    relation: Relation,
  ): Promise<ReadonlySet<NodeId> | undefined> {
    const asked = formatSubjectRef(subject);
    const ofSubject = this.#held.get(asked) ?? new Map<Relation, ReadonlySet<NodeId> | undefined>();
    this.#held.set(asked, ofSubject);
    if (!ofSubject.has(relation)) {
      const reverse = await ContextualReverse.open(this.#sent, this.nodes);
      const found = await findCandidateObjects(this.#snapshot, reverse, subject, subjectNode, relation, mostFollowed);
      ofSubject.set(relation, found);
    }
    return ofSubject.get(relation);
  }

  /** Reads what is not known yet, in one statement; does nothing when all is known. */
  async load(demand: EdgeDemand): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    const query = {
      direct: demand.direct.filter((probe) => this.#probes(probe).open(probe) && isStored(probe)),
      sets: demand.sets.filter((source) => this.#sets.open(source) && isStored(source)),
      objects: demand.objects.filter((source) => this.#objects.open(source) && isStored(source)),
    };
    if (query.direct.length + query.sets.length + query.objects.length === 0) return;
    const answer = await this.#snapshot.readEdges(query);
    this.#charge(answer.direct.length + answer.sets.length + answer.objects.length);
    await addEach(answer.sets, this.#sets, this.#snapshot.meter);
    await addEach(answer.objects, this.#objects, this.#snapshot.meter);
    this.#addDirect(query.direct, answer.direct);
  }

  /** Sources are noted as loaded before they are: what was not added because it was too much must never look like nothing. */
  #charge(rows: number): void {
    try {
      this.#snapshot.meter.charge(rows);
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  /** Counts what is read. */
  get meter(): Meter {
    return this.#snapshot.meter;
  }

  /** Whether any source has so many edges that looking at them is long work. */
  get hasMany(): boolean {
    return Math.max(this.#sets.most, this.#objects.most) > manyEdges;
  }

  /** Forgets what is written for single subjects, and keeps what questions about any of them share. */
  forgetSubjects(): void {
    this.#direct.clear();
    this.#held.clear();
  }

  /** Edges to the subject of the probe itself and to the wildcard of its type. */
  direct(probe: DirectProbe): readonly Edge[] {
    const stored = this.#loaded(this.#probes(probe), probe);
    const contextual = this.#contextualOf(probe).filter(({ subject }) => matchesProbe(subject, probe));
    if (contextual.length === 0) return stored;
    const hidden = contextual.some(({ subject }) => subject.kind === 'object');
    return [...contextual, ...stored.filter(({ subject }) => !hidden || subject.kind !== 'object')];
  }

  sets(source: EdgeSource): readonly Edge[] {
    return this.#withContextual(source, 'set', this.#loaded(this.#sets, source));
  }

  objects(source: EdgeSource): readonly Edge[] {
    return this.#withContextual(source, 'object', this.#loaded(this.#objects, source));
  }

  #withContextual(source: EdgeSource, kind: 'set' | 'object', stored: readonly Edge[]): readonly Edge[] {
    const contextual = this.#contextualOf(source).filter(({ subject }) => subject.kind === kind);
    return contextual.length === 0 ? stored : [...contextual, ...stored];
  }

  #contextualOf(source: EdgeSource): readonly Edge[] {
    return this.#contextual.get(source) ?? [];
  }

  #loaded(table: EdgeTable, source: EdgeSource): readonly Edge[] {
    const edges = table.get(source);
    // An edge that nobody asked for is not an edge that does not exist.
    invariant(edges !== undefined, 'edges are loaded before they are looked at');
    return edges;
  }

  #probes(probe: DirectProbe): EdgeTable {
    const key = probe.subject ?? probe.subjectType;
    let table = this.#direct.get(key);
    if (table === undefined) {
      table = new EdgeTable();
      this.#direct.set(key, table);
    }
    return table;
  }

  /** Wildcard edges answer every subject of the type that was looked for at the same source. */
  #addDirect(probes: readonly DirectProbe[], edges: readonly Edge[]): void {
    const wildcards = new EdgeTable();
    for (const edge of edges) {
      if (edge.subject.kind === 'wildcard') wildcards.add(edge);
      else if (edge.subject.kind === 'object') this.#direct.get(edge.subject.node)?.add(edge);
    }
    for (const probe of probes) {
      const table = this.#probes(probe);
      for (const edge of wildcards.get(probe) ?? []) {
        if (matchesProbe(edge.subject, probe)) table.add(edge);
      }
    }
  }
}

/** Edges that are followed back from a subject, for a question that leads far: more than any excerpt has, so that both ways say no. */
const mostFollowed = 25_000;

async function addEach(edges: readonly Edge[], table: EdgeTable, meter: Meter): Promise<void> {
  let added = 0;
  for (const edge of edges) {
    table.add(edge);
    added += 1;
    const pause = added % pauseEvery === 0 ? meter.pause() : undefined;
    if (pause !== undefined) await pause;
  }
}

function matchesProbe(subject: Edge['subject'], probe: DirectProbe): boolean {
  if (subject.kind === 'wildcard') return subject.type === probe.subjectType;
  return subject.kind === 'object' && subject.node === probe.subject;
}

/** Nodes below zero are the engine's own: the store knows nothing of them. */
function isStored({ object }: EdgeSource): boolean {
  return object >= 0;
}
