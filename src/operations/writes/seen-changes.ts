import { formatRelationship, type Relationship } from '../../model/relationship.ts';
import type { WrittenChange } from '../../store/trial/states-around.ts';
import type { WriteState } from '../../store/write-transaction.ts';
import { isSameRelationship } from '../relationship-record.ts';
import type { FieldOf } from './field-of.ts';

/** Times to come that one write is looked at for: at each, what it meets begins or ends. */
export const maxInstants = 32;

/** What becomes in a write of those relationships that somebody looks at. */
export class SeenChanges {
  readonly #state: WriteState;
  readonly #before = new Map<string, Omit<WrittenChange, 'after'>>();

  constructor(state: WriteState) {
    this.#state = state;
  }

  /** Remembers how these are before they are written; of one that is written again, how it was before the first time. */
  async note(relationships: readonly Relationship[]): Promise<void> {
    const others = relationships.filter((one) => !this.#before.has(formatRelationship(one)));
    if (others.length === 0) return;
    const stored = await this.#state.relationships.find(others);
    const before = new Map(stored.map((one) => [formatRelationship(one), one]));
    for (const relationship of others) {
      const text = formatRelationship(relationship);
      this.#before.set(text, { relationship, before: before.get(text) });
    }
  }

  /** Those that are not as before, once everything is written. */
  async find(): Promise<readonly WrittenChange[]> {
    const seen = [...this.#before.values()];
    if (seen.length === 0) return [];
    const stored = await this.#state.relationships.find(seen.map(({ relationship }) => relationship));
    const now = new Map(stored.map((one) => [formatRelationship(one), one]));
    return seen.flatMap(({ relationship, before }) => {
      const after = now.get(formatRelationship(relationship));
      const isSame = before === undefined || after === undefined ? before === after : isSameRelationship(before, after);
      return isSame ? [] : [{ relationship, before, after }];
    });
  }
}

/** Of several changes, none alone may have done it. */
export function fieldOfChanges(fieldOf: FieldOf, changes: readonly WrittenChange[]): readonly string[] {
  const [first, ...others] = changes;
  if (first === undefined || others.length > 0) return ['input'];
  return fieldOf(first.relationship.object, first.after === undefined ? undefined : first.relationship);
}
