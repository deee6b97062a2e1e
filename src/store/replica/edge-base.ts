import { firstSetSubject } from '../packed-subject.ts';
import { provisoFlag } from './edge-list.ts';
import type { NodeSet } from './node-set.ts';
import type { Provisos } from './provisos.ts';
import type { Proviso, StoredEdge } from './stored-edge.ts';

/** The columns of a base: see `buildBase`. */
export interface BaseColumns {
  readonly nodes: NodeSet;
  /** Of each node; a wildcard is of the type whose number it has. */
  readonly types: Uint16Array;
  /** For each node, the first of its rows; and the number of rows. */
  readonly forwardStarts: Uint32Array;
  /** For each row, in the order (object, relation, subject), the places of object and subject among the nodes. */
  readonly objects: Uint32Array;
  readonly relations: Uint16Array;
  readonly subjects: Uint32Array;
  readonly sets: Uint16Array;
  /** For each node, the first of those rows whose subject it is, or is rooted in it. */
  readonly reverseStarts: Uint32Array;
  /** The rows in the order (node of the subject, its set, relation, object). */
  readonly reverse: Uint32Array;
  readonly provisos: Provisos;
}

/** Edges of one revision, which never change: rows by their object, and by their subject. */
export class EdgeBase {
  /** The state that these are the edges of. */
  readonly revision: number;
  readonly #columns: BaseColumns;

  constructor(revision: number, columns: BaseColumns) {
    this.revision = revision;
    this.#columns = columns;
  }

  get size(): number {
    return this.#columns.relations.length;
  }

  get nodeCount(): number {
    return this.#columns.types.length;
  }

  get bytes(): number {
    const { nodes, provisos, ...arrays } = this.#columns;
    return Object.values(arrays).reduce((sum, { byteLength }) => sum + byteLength, nodes.bytes + provisos.bytes);
  }

  get hasConditions(): boolean {
    return this.#columns.provisos.hasConditions;
  }

  /** When the last of its edges begins, in microseconds; infinitely long ago where none does. */
  get lastBeginning(): number {
    return this.#columns.provisos.lastBeginning;
  }

  /** The type of a node; undefined for one that no edge has. */
  typeOf(node: number): number | undefined {
    const place = this.#columns.nodes.placeOf(node);
    return place < 0 ? undefined : this.#columns.types[place];
  }

  /** The first row of an object, and the row after its last one. */
  rowsOf(object: number): { readonly start: number; readonly end: number } {
    const { nodes, forwardStarts } = this.#columns;
    const place = nodes.placeOf(object);
    return place < 0 ? { start: 0, end: 0 } : { start: forwardStarts[place] ?? 0, end: forwardStarts[place + 1] ?? 0 };
  }

  /** The first row of an object whose relation and subject are not before these; or the first of the next object. */
  rowFrom(object: number, relation: number, subject: number): number {
    const { nodes, forwardStarts, relations, sets, subjects } = this.#columns;
    const place = nodes.placeOf(object);
    if (place < 0) return 0;
    const set = Math.floor(subject / firstSetSubject);
    const node = subject - set * firstSetSubject;
    let low = forwardStarts[place] ?? 0;
    let high = forwardStarts[place + 1] ?? 0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order =
        ((relations[middle] ?? 0) & ~provisoFlag) - relation ||
        (sets[middle] ?? 0) - set ||
        (nodes.nodes[subjects[middle] ?? 0] ?? 0) - node;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The row of an edge; below zero when it is not there. */
  rowOf(object: number, relation: number, subject: number): number {
    const row = this.rowFrom(object, relation, subject);
    const isThere =
      row < this.size &&
      this.subjectAt(row) === subject &&
      this.relationAt(row) === relation &&
      this.objectAt(row) === object;
    return isThere ? row : -1;
  }

  /** The place, in the order of subjects, of the first row of a subject whose relation is not before this one. */
  placeFrom(subject: number, relation: number): number {
    const { nodes, reverseStarts, reverse, relations, sets } = this.#columns;
    const set = Math.floor(subject / firstSetSubject);
    const node = nodes.placeOf(subject - set * firstSetSubject);
    if (node < 0) return 0;
    let low = reverseStarts[node] ?? 0;
    let high = reverseStarts[node + 1] ?? 0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = reverse[middle] ?? 0;
      const order = (sets[row] ?? 0) - set || ((relations[row] ?? 0) & ~provisoFlag) - relation;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The row at a place in the order of subjects. */
  rowAtPlace(place: number): number {
    return this.#columns.reverse[place] ?? 0;
  }

  objectAt(row: number): number {
    const { nodes, objects } = this.#columns;
    return nodes.nodes[objects[row] ?? 0] ?? 0;
  }

  relationAt(row: number): number {
    return (this.#columns.relations[row] ?? 0) & ~provisoFlag;
  }

  subjectAt(row: number): number {
    const { nodes, subjects, sets } = this.#columns;
    return (sets[row] ?? 0) * firstSetSubject + (nodes.nodes[subjects[row] ?? 0] ?? 0);
  }

  provisoAt(row: number): Proviso | undefined {
    const isFlagged = ((this.#columns.relations[row] ?? 0) & provisoFlag) !== 0;
    return isFlagged ? this.#columns.provisos.at(row) : undefined;
  }

  edgeAt(row: number): StoredEdge {
    const subjectType = this.#columns.types[this.#columns.subjects[row] ?? 0] ?? 0;
    return {
      object: this.objectAt(row),
      relation: this.relationAt(row),
      subject: this.subjectAt(row),
      subjectType,
      proviso: this.provisoAt(row),
    };
  }
}
