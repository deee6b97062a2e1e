import { canonicalJson } from '../../../base/canonical-json.ts';
import type { Relationship } from '../../../model/relationship.ts';
import { formatRelationship } from '../../../model/relationship.ts';
import { recordOf } from '../../../operations/relationship-record.ts';
import type { RefusalKind } from './construct.ts';
import { type CountRow, CountTable } from './count-table.ts';

/** A relationship that does not come in. */
export interface RefusedRelationship {
  readonly kind: RefusalKind;
  readonly line: number | undefined;
  readonly relationship: string;
  readonly why: string;
}

/** What a source calls a relationship. */
export interface SourceName {
  readonly line: number | undefined;
  readonly type: string;
  readonly relation: string;
  /** As the source writes it. */
  readonly text: string;
  /** The relation in Postern: `document#viewer`. */
  readonly as: string;
}

interface Taken {
  readonly name: SourceName;
  readonly relationship: Relationship;
  readonly said: string;
}

/** The relationships of a source, each of which goes one of four ways and is counted. */
export class Gathered {
  readonly #tally = new CountTable();
  readonly #refused: RefusedRelationship[] = [];
  readonly #taken = new Map<string, Taken>();
  readonly #disputed = new Set<string>();

  take(name: SourceName, relationship: Relationship): void {
    this.#count(name, 'in');
    const key = formatRelationship(relationship);
    const said = canonicalJson(recordOf(relationship));
    const before = this.#taken.get(key);
    if (this.#disputed.has(key)) this.#dispute(name);
    else if (before === undefined) this.#taken.set(key, { name, relationship, said });
    else if (before.said === said) this.#count(name, 'duplicate');
    else {
      this.#disputed.add(key);
      this.#taken.delete(key);
      this.#dispute(before.name);
      this.#dispute(name);
    }
  }

  expire(name: SourceName): void {
    this.#count(name, 'in');
    this.#count(name, 'expired');
  }

  refuse(name: SourceName, kind: RefusalKind, why: string): void {
    this.#count(name, 'in');
    this.#refuseCounted(name, kind, why);
  }

  /** Refuses what was taken before. */
  withdraw(name: SourceName, relationship: Relationship, why: string): void {
    if (this.#taken.delete(formatRelationship(relationship))) this.#refuseCounted(name, 'conflict', why);
  }

  /** All that comes in. */
  relationships(): readonly Relationship[] {
    return [...this.#taken.values()].map(({ relationship }) => relationship);
  }

  /** The same with what the source calls it. */
  named(): readonly (readonly [SourceName, Relationship])[] {
    return [...this.#taken.values()].map(({ name, relationship }) => [name, relationship] as const);
  }

  refused(): readonly RefusedRelationship[] {
    return this.#refused;
  }

  /** With what is written besides, which comes from no relationship of the source alone. */
  counts(besides: readonly AddedRelationship[]): readonly CountRow[] {
    for (const { name } of this.#taken.values()) this.#count(name, 'out');
    for (const { type, relation, as } of besides) this.#tally.add(type, relation, as, 'out');
    return this.#tally.rows();
  }

  #dispute(name: SourceName): void {
    this.#refuseCounted(name, 'conflict', 'It is said in two ways, with another condition or end.');
  }

  #refuseCounted(name: SourceName, kind: RefusalKind, why: string): void {
    this.#count(name, 'refused');
    this.#refused.push({ kind, line: name.line, relationship: name.text, why });
  }

  #count({ type, relation, as }: SourceName, column: 'in' | 'out' | 'refused' | 'expired' | 'duplicate'): void {
    this.#tally.add(type, relation, as, column);
  }
}

/** A relationship that the source does not have. */
export interface AddedRelationship {
  readonly type: string;
  readonly relation: string;
  readonly as: string;
  readonly relationship: Relationship;
}
