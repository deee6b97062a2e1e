import { firstSetSubject } from '../packed-subject.ts';
import { bytesOfText } from './bytes-of-text.ts';
import type { EdgeBase } from './edge-base.ts';
import { inTurns } from './in-turns.ts';
import type { EdgeChange } from './replica-feed.ts';
import { DamagedEdges } from './replica-problems.ts';
import type { StoredEdge } from './stored-edge.ts';

/** One state of an edge, from the revision that wrote it to the one that took it away. */
interface Version {
  readonly edge: StoredEdge;
  readonly addedAt: number;
  removedAt: number;
  readonly older: Version | undefined;
}

type OfRelation = Map<number, Version>;

const none: ReadonlyMap<number, OfRelation> = new Map();
const noEdges: readonly StoredEdge[] = [];

/**
 * What was changed since a base, revision by revision: nothing in it is ever overwritten, so that whoever reads the state of one
 * revision goes on reading it while later ones are added.
 */
export class Overlay {
  readonly #base: EdgeBase;
  /** Object, relation and subject. */
  readonly #byObject = new Map<number, Map<number, OfRelation>>();
  /** Subject and relation. */
  readonly #bySubject = new Map<number, Map<number, Version[]>>();
  /** Rows of the base, and the revisions that took them away. */
  readonly #removed = new Map<number, number>();
  readonly #types = new Map<number, number>();
  #hasConditions = false;
  #lastBeginning = Number.NEGATIVE_INFINITY;
  #size = 0;
  #textBytes = 0;

  constructor(base: EdgeBase) {
    this.#base = base;
  }

  /** How many states of edges it holds. */
  get size(): number {
    return this.#size + this.#removed.size;
  }

  /** What the contexts of its edges take. */
  get textBytes(): number {
    return this.#textBytes;
  }

  /** Whether any of its edges has a condition, or had one. */
  get hasConditions(): boolean {
    return this.#hasConditions;
  }

  /** When the last of its edges begins or began, in microseconds; infinitely long ago where none does. */
  get lastBeginning(): number {
    return this.#lastBeginning;
  }

  /** Throws `DamagedEdges` for a change that this is not the state before. */
  apply(change: EdgeChange): void {
    switch (change.kind) {
      case 'write':
        this.#learnType(change.edge.object, change.objectType);
        this.#learnType(change.edge.subject % firstSetSubject, change.edge.subjectType);
        this.#take(change.edge, change.revision);
        this.#put(change.edge, change.revision);
        return;
      case 'delete':
        if (!this.#take(change, change.revision)) {
          throw new DamagedEdges('A relationship was deleted that was never written.');
        }
        return;
      case 'model':
        return;
    }
  }

  typeOf(node: number): number | undefined {
    return this.#types.get(node);
  }

  /** Whether a row of the base is gone at a revision. */
  hasRemoved(row: number, revision: number): boolean {
    if (this.#removed.size === 0) return false;
    const removedAt = this.#removed.get(row);
    return removedAt !== undefined && removedAt <= revision;
  }

  find(object: number, relation: number, subject: number, revision: number): StoredEdge | undefined {
    return at(this.#byObject.get(object)?.get(relation)?.get(subject), revision);
  }

  /** The edges of an object. */
  of(object: number, revision: number): readonly StoredEdge[] {
    const ofObject = this.#byObject.get(object);
    if (ofObject === undefined) return noEdges;
    return [...ofObject.values()].flatMap((ofRelation) =>
      [...ofRelation.values()].flatMap((version) => at(version, revision) ?? []),
    );
  }

  /** How many edges `of` would look at. */
  countOf(object: number): number {
    let count = 0;
    for (const ofRelation of this.#byObject.get(object)?.values() ?? []) count += ofRelation.size;
    return count;
  }

  /** The edges of a relation of an object; undefined for one that is not there at the revision. */
  *from(object: number, relation: number, revision: number): Generator<StoredEdge | undefined, void, undefined> {
    const ofRelation = this.#byObject.get(object)?.get(relation);
    if (ofRelation !== undefined) for (const version of ofRelation.values()) yield at(version, revision);
  }

  /** How many edges `from` would look at. */
  countFrom(object: number, relation: number): number {
    return this.#byObject.get(object)?.get(relation)?.size ?? 0;
  }

  /** The edges of a relation that lead to a subject; undefined for one that is not there at the revision. */
  *to(subject: number, relation: number, revision: number): Generator<StoredEdge | undefined, void, undefined> {
    const versions = this.#bySubject.get(subject)?.get(relation);
    if (versions !== undefined)
      for (const version of versions) yield isAt(version, revision) ? version.edge : undefined;
  }

  /** How many edges `to` would look at. */
  countTo(subject: number, relation: number): number {
    return this.#bySubject.get(subject)?.get(relation)?.length ?? 0;
  }

  /** All edges that it has at a revision, in the order of their keys; made in turns, while later revisions may be applied. */
  async edgesAt(revision: number): Promise<readonly StoredEdge[]> {
    const objects = Float64Array.from(this.#byObject.keys()).sort();
    const found: StoredEdge[] = [];
    await inTurns(objects.length, (index) => {
      for (const [, ofRelation] of inOrder(this.#byObject.get(objects[index] ?? 0) ?? none)) {
        for (const [, version] of inOrder(ofRelation)) {
          const edge = at(version, revision);
          if (edge !== undefined) found.push(edge);
        }
      }
    });
    return found;
  }

  #learnType(node: number, type: number | undefined): void {
    // A change names what the database stores; what it does not store has no type.
    if (type === undefined) throw new DamagedEdges('A relationship names an object that is not stored.');
    const known = this.#base.typeOf(node) ?? this.#types.get(node);
    if (known === undefined) this.#types.set(node, type);
    else if (known !== type) throw new DamagedEdges('A relationship says another type of an object.');
  }

  #put(edge: StoredEdge, revision: number): void {
    const { object, relation, subject, proviso } = edge;
    const ofObject = this.#byObject.get(object) ?? new Map<number, OfRelation>();
    this.#byObject.set(object, ofObject);
    const ofRelation: OfRelation = ofObject.get(relation) ?? new Map();
    ofObject.set(relation, ofRelation);
    const older = ofRelation.get(subject);
    const version = { edge, addedAt: revision, removedAt: Number.POSITIVE_INFINITY, older };
    ofRelation.set(subject, version);
    const ofSubject = this.#bySubject.get(subject) ?? new Map<number, Version[]>();
    this.#bySubject.set(subject, ofSubject);
    const list = ofSubject.get(relation) ?? [];
    ofSubject.set(relation, list);
    list.push(version);
    if (proviso?.condition !== undefined) this.#hasConditions = true;
    if (proviso !== undefined) this.#lastBeginning = Math.max(this.#lastBeginning, proviso.startsAt);
    if (proviso?.context !== undefined) this.#textBytes += bytesOfText(proviso.context);
    this.#size += 1;
  }

  /** Whether there was one to take away. */
  #take({ object, relation, subject }: Pick<StoredEdge, 'object' | 'relation' | 'subject'>, revision: number): boolean {
    const version = this.#byObject.get(object)?.get(relation)?.get(subject);
    if (version !== undefined && version.removedAt > revision) {
      version.removedAt = revision;
      return true;
    }
    const row = this.#base.rowOf(object, relation, subject);
    if (row < 0 || this.#removed.has(row)) return false;
    this.#removed.set(row, revision);
    return true;
  }
}

function at(latest: Version | undefined, revision: number): StoredEdge | undefined {
  let version = latest;
  while (version !== undefined && version.addedAt > revision) version = version.older;
  return version !== undefined && isAt(version, revision) ? version.edge : undefined;
}

function isAt({ addedAt, removedAt }: Version, revision: number): boolean {
  return addedAt <= revision && revision < removedAt;
}

function inOrder<Value>(map: ReadonlyMap<number, Value>): readonly (readonly [number, Value])[] {
  return [...map].toSorted(([left], [right]) => left - right);
}
