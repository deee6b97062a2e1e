import { invariant } from '../../base/invariant.ts';
import { firstSetSubject } from '../packed-subject.ts';
import { bytesOfText } from './bytes-of-text.ts';
import { NodeMarks } from './node-set.ts';
import { DoesNotFit } from './replica-problems.ts';
import type { Proviso, StoredEdge } from './stored-edge.ts';

const chunkSize = 2 ** 16;
const largestNode = 2 ** 32 - 1;
/** Relations are numbered below it, and one that has it also has a proviso. */
export const provisoFlag = 2 ** 15;

/** Edges on their way into a base: one after the other, in the order of their keys. */
export class EdgeList {
  readonly marks = new NodeMarks();
  readonly provisoRows: number[] = [];
  readonly provisos: Proviso[] = [];
  readonly #chunks: Chunk[] = [];
  /** Each text once, however many edges have it. */
  readonly #texts = new Map<string, string>();
  #textBytes = 0;
  #size = 0;
  #last: StoredEdge | undefined;

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#chunks.length * chunkSize * bytesPerRow + this.provisos.length * bytesPerProviso;
  }

  /** Of the contexts. */
  get textBytes(): number {
    return this.#textBytes;
  }

  add(edge: StoredEdge): void {
    const { object, relation, subject, subjectType, proviso } = edge;
    invariant(this.#last === undefined || isBefore(this.#last, edge), 'edges are read in the order of their keys');
    this.#last = edge;
    const set = Math.floor(subject / firstSetSubject);
    const node = subject - set * firstSetSubject;
    if (object > largestNode || node > largestNode) throw new DoesNotFit('An object has too large a number.');
    const row = this.#size++;
    const chunk = this.#chunkAt(row);
    const index = row % chunkSize;
    chunk.objects[index] = object;
    chunk.relations[index] = proviso === undefined ? relation : relation | provisoFlag;
    chunk.subjects[index] = node;
    chunk.sets[index] = set;
    chunk.types[index] = subjectType;
    this.marks.add(object);
    this.marks.add(node);
    if (proviso === undefined) return;
    this.provisoRows.push(row);
    this.provisos.push({ ...proviso, context: this.#once(proviso.context) });
  }

  #once(text: string | undefined): string | undefined {
    if (text === undefined) return undefined;
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    this.#textBytes += bytesOfText(text);
    return text;
  }

  objectAt(row: number): number {
    return this.#chunkAt(row).objects[row % chunkSize] ?? 0;
  }

  /** With the flag of those that have a proviso. */
  relationAt(row: number): number {
    return this.#chunkAt(row).relations[row % chunkSize] ?? 0;
  }

  /** The object that the subject is, or that its set is rooted in, or the number of a wildcard. */
  subjectAt(row: number): number {
    return this.#chunkAt(row).subjects[row % chunkSize] ?? 0;
  }

  /** The relation of a subject set; 0 for other subjects. */
  setAt(row: number): number {
    return this.#chunkAt(row).sets[row % chunkSize] ?? 0;
  }

  typeAt(row: number): number {
    return this.#chunkAt(row).types[row % chunkSize] ?? 0;
  }

  #chunkAt(row: number): Chunk {
    const place = Math.floor(row / chunkSize);
    const known = this.#chunks[place];
    if (known !== undefined) return known;
    const chunk = {
      objects: new Uint32Array(chunkSize),
      relations: new Uint16Array(chunkSize),
      subjects: new Uint32Array(chunkSize),
      sets: new Uint16Array(chunkSize),
      types: new Uint16Array(chunkSize),
    };
    this.#chunks.push(chunk);
    return chunk;
  }
}

interface Chunk {
  readonly objects: Uint32Array;
  readonly relations: Uint16Array;
  readonly subjects: Uint32Array;
  readonly sets: Uint16Array;
  readonly types: Uint16Array;
}

const bytesPerRow = 14;
const bytesPerProviso = 100;

function isBefore(left: StoredEdge, right: StoredEdge): boolean {
  if (left.object !== right.object) return left.object < right.object;
  if (left.relation !== right.relation) return left.relation < right.relation;
  return left.subject < right.subject;
}
