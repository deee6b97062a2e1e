import type { ExcerptQuery } from '../../engine/excerpt.ts';
import type { EdgeSource, NodeId } from '../../engine/ports.ts';
import type { RelationName } from '../../model/names.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { Relationship } from '../../model/relationship.ts';
import type { RelationshipNumbers } from './relationship-numbers.ts';

/** What writes have changed, as far as it may matter to another one. */
export class ChangesMade {
  /** A model decides that did not: nothing is as it was. */
  isEverything = false;
  /** Names of objects that had no number. */
  readonly names = new Set<string>();
  readonly rows: Pick<RelationshipNumbers, 'object' | 'relationship'>[] = [];
  readonly outcomes: OutcomeKey[] = [];

  add({ isEverything, names, rows, outcomes }: ChangesMade): void {
    this.isEverything ||= isEverything;
    for (const name of names) this.names.add(name);
    this.rows.push(...rows);
    this.outcomes.push(...outcomes);
  }

  get areNone(): boolean {
    return !this.isEverything && this.names.size + this.rows.length + this.outcomes.length === 0;
  }
}

export interface OutcomeKey {
  readonly actor: string;
  readonly key: string;
}

/** What a write has looked at. It may say more than that, and never less. */
export class Footprint {
  #isEverything = false;
  readonly #names = new Set<string>();
  readonly #sources = new Map<NodeId, Set<RelationName>>();
  readonly #excerpts: SeenExcerpt[] = [];
  readonly #outcomes: OutcomeKey[] = [];

  addEverything(): void {
    this.#isEverything = true;
  }

  /** Objects whose numbers were looked for. */
  addNames(objects: Iterable<ObjectRef>): void {
    for (const object of objects) this.#names.add(formatObjectRef(object));
  }

  addSource({ object, relation }: EdgeSource): void {
    const relations = this.#sources.get(object) ?? new Set();
    this.#sources.set(object, relations);
    relations.add(relation);
  }

  addExcerpt({ subjects, objects, demand: { direct, parents, sets } }: ExcerptQuery): void {
    this.addNames([...subjects, ...objects]);
    this.#excerpts.push({
      subjects: new Set(subjects.map(formatObjectRef)),
      parents: new Set(parents),
      leading: new Set([...direct, ...sets.map(({ written }) => written)]),
    });
  }

  addOutcome(key: OutcomeKey): void {
    this.#outcomes.push(key);
  }

  /** Whether what was seen may be otherwise after these changes. */
  isTouchedBy(changes: ChangesMade): boolean {
    if (changes.areNone) return false;
    if (changes.isEverything || this.#isEverything || !this.#names.isDisjointFrom(changes.names)) return true;
    return changes.rows.some((row) => this.#hasSeen(row)) || changes.outcomes.some((one) => this.#hasLookedFor(one));
  }

  #hasSeen({ object, relationship }: ChangesMade['rows'][number]): boolean {
    if (this.#sources.get(object)?.has(relationship.relation)) return true;
    return this.#excerpts.some((excerpt) => isIn(excerpt, relationship));
  }

  #hasLookedFor({ actor, key }: OutcomeKey): boolean {
    return this.#outcomes.some((one) => one.actor === actor && one.key === key);
  }
}

/** What an excerpt may have been read from, whatever its objects. */
interface SeenExcerpt {
  readonly subjects: ReadonlySet<string>;
  readonly parents: ReadonlySet<RelationName>;
  /** Relations that lead to subjects, to wildcards and to subject sets. */
  readonly leading: ReadonlySet<RelationName>;
}

/** Of plain subjects, it has those alone that were asked about. */
function isIn({ subjects, parents, leading }: SeenExcerpt, { relation, subject }: Relationship): boolean {
  if (parents.has(relation)) return true;
  if (!leading.has(relation)) return false;
  return subject.kind !== 'object' || subjects.has(formatObjectRef(subject.object));
}
