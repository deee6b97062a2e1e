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

  find(object: number, relation: number, subject: number): StoredEdge | undefined {
    const written = this.#overlay.find(object, relation, subject, this.revision);
    if (written !== undefined) return isLive(written.proviso, this.nowMicros) ? written : undefined;
    const row = this.#base.rowOf(object, relation, subject);
    return row < 0 ? undefined : this.#edgeAt(row);
  }

  /** How many edges `of` would look at, about. */
  countOf(object: number): number {
    const { start, end } = this.#base.rowsOf(object);
    return end - start;
  }

  /** Those edges of an object that are wanted, by their relation and subject. */
  of(object: number, isWanted: (relation: number, subject: number) => boolean): readonly StoredEdge[] {
    const found: StoredEdge[] = [];
    const { start, end } = this.#base.rowsOf(object);
    for (let row = start; row < end; row++) {
      if (!isWanted(this.#base.relationAt(row), this.#base.subjectAt(row))) continue;
      const edge = this.#edgeAt(row);
      if (edge !== undefined) found.push(edge);
    }
    for (const edge of this.#overlay.of(object, this.revision)) {
      if (isLive(edge.proviso, this.nowMicros) && isWanted(edge.relation, edge.subject)) found.push(edge);
    }
    return found;
  }

  /** How many edges `from` would look at, about. */
  countFrom(object: number, relation: number, first: number, end: number): number {
    return this.#base.rowFrom(object, relation, end) - this.#base.rowFrom(object, relation, first);
  }

  /**
   * The edges of a relation of an object whose subjects are between these numbers: in the order of their subjects, at most `limit`
   * of the base and all that were written since.
   */
  from(
    object: number,
    relation: number,
    first: number,
    end: number,
    limit: number,
    isAsked: (edge: StoredEdge) => boolean = always,
  ): readonly StoredEdge[] {
    const found: StoredEdge[] = [];
    const last = this.#base.rowFrom(object, relation, end);
    for (let row = this.#base.rowFrom(object, relation, first); row < last && found.length < limit; row++) {
      const edge = this.#edgeAt(row);
      if (edge !== undefined && isAsked(edge)) found.push(edge);
    }
    const size = found.length;
    for (const edge of this.#overlay.from(object, relation, this.revision)) {
      if (edge.subject >= first && edge.subject < end && isLive(edge.proviso, this.nowMicros) && isAsked(edge))
        found.push(edge);
    }
    return found.length === size ? found : found.toSorted((left, right) => left.subject - right.subject);
  }

  /** The edges of a relation that lead to a subject; at most `limit` of the base and all that were written since. */
  to(subject: number, relation: number, limit: number): readonly StoredEdge[] {
    const found: StoredEdge[] = [];
    const last = this.#base.placeFrom(subject, relation + 1);
    for (let place = this.#base.placeFrom(subject, relation); place < last && found.length < limit; place++) {
      const edge = this.#edgeAt(this.#base.rowAtPlace(place));
      if (edge !== undefined) found.push(edge);
    }
    for (const edge of this.#overlay.to(subject, relation, this.revision)) {
      if (isLive(edge.proviso, this.nowMicros)) found.push(edge);
    }
    return found;
  }

  #edgeAt(row: number): StoredEdge | undefined {
    if (this.#overlay.hasRemoved(row, this.revision)) return undefined;
    const edge = this.#base.edgeAt(row);
    return isLive(edge.proviso, this.nowMicros) ? edge : undefined;
  }
}

function always(): boolean {
  return true;
}
