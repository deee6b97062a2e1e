import { randomUUID } from 'node:crypto';
import type { Edge, EdgeSubject, NodeId } from '../../../src/engine/ports.ts';
import type { Model } from '../../../src/model/model.ts';
import type { ModelModule } from '../../../src/model/model-source.ts';
import { formatObjectRef, type ObjectRef } from '../../../src/model/object-ref.ts';
import { isThereAt, type Relationship } from '../../../src/model/relationship.ts';
import { formatSubjectRef, type SubjectRef } from '../../../src/model/subject-ref.ts';
import type { AuditLink } from '../../../src/store/audit-chain.ts';
import type { StoredProposal } from '../../../src/store/stored-proposal.ts';
import type { StoredRelationship } from '../../../src/store/stored-relationship.ts';
import type { TermKind } from '../../../src/store/terms.ts';

/** A relationship with the numbers that lists are in the order of. */
export interface MemoryRow {
  readonly relationship: StoredRelationship;
  readonly object: NodeId;
  readonly relation: number;
  /** A wildcard is below all objects, and sets are above them, relation by relation. */
  readonly subject: number;
  readonly edge: Edge;
}

export interface MemoryModel {
  readonly id: number;
  readonly dsl: string;
  readonly modules: readonly ModelModule[] | undefined;
  readonly createdAt: Date;
  readonly createdBy: SubjectRef | undefined;
}

export type MemoryChange = { readonly revision: number } & (
  | { readonly operation: 'write' | 'delete'; readonly relationship: Relationship; readonly node: NodeId }
  | { readonly operation: 'model'; readonly model: number }
);

export interface MemoryOutcome {
  readonly requestHash: string;
  readonly revision: number;
  readonly outcome: string;
}

const firstObject = 100_000;
const firstSet = 2 ** 37;

/** Everything that is kept. A write works on a copy, which takes the place of the state when it is committed. */
export class MemoryState {
  readonly identity: string;
  revision = 0;
  activeModel: number | null = null;
  readonly models: MemoryModel[];
  readonly events: AuditLink[];
  readonly changes: MemoryChange[];
  readonly outcomes: Map<string, MemoryOutcome>;
  readonly proposals: StoredProposal[];
  readonly rows: Map<string, MemoryRow>;
  /** Another one after each change of a row. */
  version = 0;
  /** The objects that were ever written, by their numbers. */
  readonly objects: ObjectRef[];
  readonly #nodes: Map<string, NodeId>;
  readonly #types: Map<string, number>;
  readonly #relations: Map<string, number>;
  readonly #conditions: Map<string, number>;

  constructor(before?: MemoryState) {
    this.identity = before?.identity ?? randomUUID();
    this.revision = before?.revision ?? 0;
    this.activeModel = before?.activeModel ?? null;
    this.models = [...(before?.models ?? [])];
    this.events = [...(before?.events ?? [])];
    this.changes = [...(before?.changes ?? [])];
    this.outcomes = new Map(before?.outcomes);
    this.proposals = [...(before?.proposals ?? [])];
    this.rows = new Map(before?.rows);
    this.objects = [...(before?.objects ?? [])];
    this.#nodes = new Map(before === undefined ? [] : before.#nodes);
    this.#types = new Map(before === undefined ? [] : before.#types);
    this.#relations = new Map(before === undefined ? [] : before.#relations);
    this.#conditions = new Map(before === undefined ? [] : before.#conditions);
  }

  hasName(kind: TermKind, name: string): boolean {
    return { type: this.#types, relation: this.#relations, condition: this.#conditions }[kind].has(name);
  }

  addNames({ types, conditions }: Model): void {
    for (const name of conditions.keys()) numberIn(this.#conditions, name);
    for (const [type, { relations }] of types) {
      numberIn(this.#types, type);
      for (const relation of relations.keys()) numberIn(this.#relations, relation);
    }
  }

  relationNumber(name: string): number | undefined {
    return this.#relations.get(name);
  }

  nodeOf(object: ObjectRef): NodeId | undefined {
    return this.#nodes.get(formatObjectRef(object));
  }

  objectOf(node: NodeId): ObjectRef | undefined {
    return this.objects[node - firstObject];
  }

  /** The subject's place among those of a relation; undefined for one that nothing is written for. */
  subjectNumber(subject: SubjectRef): number | undefined {
    if (subject.kind === 'wildcard') return this.#types.get(subject.type);
    const node = this.nodeOf(subject.object);
    if (node === undefined || subject.kind === 'object') return node;
    const relation = this.#relations.get(subject.relation);
    return relation === undefined ? undefined : relation * firstSet + node;
  }

  put(relationship: StoredRelationship): MemoryRow {
    const { object, relation, subject, condition } = relationship;
    const node = this.#add(object);
    const edgeSubject = this.#edgeSubject(subject);
    const row = {
      relationship,
      object: node,
      relation: numberIn(this.#relations, relation),
      subject: this.subjectNumber(subject) ?? numberIn(this.#types, edgeSubject.type),
      edge: { object: node, relation, subject: edgeSubject, condition },
    };
    this.rows.set(keyOf(relationship), row);
    this.version += 1;
    return row;
  }

  remove(relationship: Relationship): void {
    this.rows.delete(keyOf(relationship));
    this.version += 1;
  }

  /** The rows that are there at an instant, those that begin later as well, in the order of their keys. */
  rowsThere(now: Date): readonly MemoryRow[] {
    return [...this.rows.values()]
      .filter(({ relationship }) => isThereAt(relationship, now))
      .toSorted((a, b) => a.object - b.object || a.relation - b.relation || a.subject - b.subject);
  }

  #edgeSubject(subject: SubjectRef): EdgeSubject {
    if (subject.kind === 'wildcard') return { kind: 'wildcard', type: subject.type };
    const node = this.#add(subject.object);
    const { type } = subject.object;
    return subject.kind === 'object'
      ? { kind: 'object', type, node }
      : { kind: 'set', type, node, relation: subject.relation };
  }

  #add(object: ObjectRef): NodeId {
    const text = formatObjectRef(object);
    const known = this.#nodes.get(text);
    if (known !== undefined) return known;
    const node = firstObject + this.objects.length;
    this.objects.push(object);
    this.#nodes.set(text, node);
    return node;
  }
}

/** Equal for two relationships that cannot both be stored. */
export function keyOf({ object, relation, subject }: Pick<Relationship, 'object' | 'relation' | 'subject'>): string {
  return JSON.stringify([formatObjectRef(object), relation, formatSubjectRef(subject)]);
}

/** Whether a number is that of a plain object, and not of a set or a wildcard. */
export function isObjectNumber(subject: number): boolean {
  return subject >= firstObject && subject < firstSet;
}

/** Whether a number is that of a subject set. */
export function isSetNumber(subject: number): boolean {
  return subject >= firstSet;
}

function numberIn(numbers: Map<string, number>, name: string): number {
  const number = numbers.get(name) ?? numbers.size + 1;
  numbers.set(name, number);
  return number;
}

/** An instant as the store's texts have it. */
export function textOf(instant: Date): string {
  return instant.toISOString().replace('Z', '000Z');
}
