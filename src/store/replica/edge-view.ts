import type { EdgeBase } from './edge-base.ts';
import type { Overlay } from './overlay.ts';
import { isLive, type StoredEdge } from './stored-edge.ts';

/** A base, and what was changed since. */
export interface Generation {
  readonly base: EdgeBase;
  readonly overlay: Overlay;
}

/** The edges that count at one revision and one clock: it never changes, whatever is written meanwhile. */
export class EdgeView {
  readonly revision: number;
  /** The database's clock, in microseconds. */
  readonly nowMicros: number;
  readonly #base: EdgeBase;
  readonly #overlay: Overlay;

  constructor({ base, overlay }: Generation, revision: number, nowMicros: number) {
    this.#base = base;
    this.#overlay = overlay;
    this.revision = revision;
    this.nowMicros = nowMicros;
  }

  /** The same revision at another clock. */
  atClock(nowMicros: number): EdgeView {
    return new EdgeView({ base: this.#base, overlay: this.#overlay }, this.revision, nowMicros);
  }

  typeOf(node: number): number | undefined {
    return this.#base.typeOf(node) ?? this.#overlay.typeOf(node);
  }

  /** Whether any edge may have a condition. */
  get hasConditions(): boolean {
    return this.#base.hasConditions || this.#overlay.hasConditions;
  }

  /** Whether any edge may begin later than by this clock. */
  get hasMoreToBegin(): boolean {
    return Math.max(this.#base.lastBeginning, this.#overlay.lastBeginning) > this.nowMicros;
  }

  find(object: number, relation: number, subject: number): StoredEdge | undefined {
    const written = this.#overlay.find(object, relation, subject, this.revision);
    if (written !== undefined) return this.#isLive(written) ? written : undefined;
    const row = this.#base.rowOf(object, relation, subject);
    return row < 0 ? undefined : this.#edgeAt(row);
  }

  /** How many edges `of` would look at, about. */
  countOf(object: number): number {
    const { start, end } = this.#base.rowsOf(object);
    return end - start + this.#overlay.countOf(object);
  }

  /** Those edges of an object that are wanted, by their relation and subject, in the order of both. */
  of(object: number, isWanted: (relation: number, subject: number) => boolean): readonly StoredEdge[] {
    const found: StoredEdge[] = [];
    const { start, end } = this.#base.rowsOf(object);
    for (let row = start; row < end; row++) {
      if (!isWanted(this.#base.relationAt(row), this.#base.subjectAt(row))) continue;
      const edge = this.#edgeAt(row);
      if (edge !== undefined) found.push(edge);
    }
    const inBase = found.length;
    for (const edge of this.#overlay.of(object, this.revision)) {
      if (this.#isLive(edge) && isWanted(edge.relation, edge.subject)) found.push(edge);
    }
    if (found.length === inBase) return found;
    return found.sort((left, right) => left.relation - right.relation || left.subject - right.subject);
  }

  /** How many edges `from` would look at, about. */
  countFrom(object: number, relation: number, first: number, end: number): number {
    const inBase = this.#base.rowFrom(object, relation, end) - this.#base.rowFrom(object, relation, first);
    return inBase + this.#overlay.countFrom(object, relation);
  }

  /**
   * The edges of a relation of an object whose subjects are between these numbers, in their order, which the database has as well:
   * where several of them cannot be decided, the first one says why. Those that are put in order first are looked at twice.
   */
  *from(object: number, relation: number, first: number, end: number): Looks {
    const written: StoredEdge[] = [];
    for (const edge of this.writtenFrom(object, relation, first, end)) {
      if (edge !== undefined) written.push(edge);
      yield undefined;
    }
    written.sort((left, right) => right.subject - left.subject);
    for (const edge of this.baseFrom(object, relation, first, end)) {
      while (edge !== undefined && (written.at(-1)?.subject ?? end) < edge.subject) yield written.pop();
      yield edge;
    }
    while (written.length > 0) yield written.pop();
  }

  /** Those of them that are in the base, in the order of their subjects. */
  *baseFrom(object: number, relation: number, first: number, end: number): Looks {
    const last = this.#base.rowFrom(object, relation, end);
    for (let row = this.#base.rowFrom(object, relation, first); row < last; row++) yield this.#edgeAt(row);
  }

  /** Those that were written since, in no order. */
  *writtenFrom(object: number, relation: number, first: number, end: number): Looks {
    for (const edge of this.#overlay.from(object, relation, this.revision)) {
      yield edge !== undefined && edge.subject >= first && edge.subject < end && this.#isLive(edge) ? edge : undefined;
    }
  }

  /** How many edges `to` would look at. */
  countTo(subject: number, relation: number): number {
    const inBase = this.#base.placeFrom(subject, relation + 1) - this.#base.placeFrom(subject, relation);
    return inBase + this.#overlay.countTo(subject, relation);
  }

  /** The edges of a relation that lead to a subject, in no order. */
  *to(subject: number, relation: number): Looks {
    const last = this.#base.placeFrom(subject, relation + 1);
    for (let place = this.#base.placeFrom(subject, relation); place < last; place++) {
      yield this.#edgeAt(this.#base.rowAtPlace(place));
    }
    for (const edge of this.#overlay.to(subject, relation, this.revision)) {
      yield edge !== undefined && this.#isLive(edge) ? edge : undefined;
    }
  }

  #edgeAt(row: number): StoredEdge | undefined {
    if (this.#overlay.hasRemoved(row, this.revision)) return undefined;
    const edge = this.#base.edgeAt(row);
    return this.#isLive(edge) ? edge : undefined;
  }

  #isLive({ proviso }: StoredEdge): boolean {
    return isLive(proviso, this.nowMicros);
  }
}

/**
 * Edges, found one by one as they are looked at: there may be millions, and whoever looks gives others their turn in between.
 * Undefined for one that is not there any more, which was a look as well.
 */
export type Looks = Generator<StoredEdge | undefined, void, undefined>;
