/** How many relationships of a type and relation of the source came in and went out. */
export interface CountRow {
  readonly type: string;
  readonly relation: string;
  /** What its relationships are written for in Postern. */
  readonly as: string;
  in: number;
  out: number;
  refused: number;
  expired: number;
  duplicate: number;
}

export type CountColumn = 'in' | 'out' | 'refused' | 'expired' | 'duplicate';

/** Counts by type and relation. */
export class CountTable {
  readonly #rows = new Map<string, Map<string, CountRow>>();

  add(type: string, relation: string, as: string, column: CountColumn, count = 1): void {
    const relations = this.#rows.get(type) ?? new Map<string, CountRow>();
    const row = relations.get(relation) ?? { type, relation, as, in: 0, out: 0, refused: 0, expired: 0, duplicate: 0 };
    row[column] += count;
    this.#rows.set(type, relations.set(relation, row));
  }

  /** In the order of their names. */
  rows(): readonly CountRow[] {
    const rows = [...this.#rows.values()].flatMap((relations) => [...relations.values()]);
    return rows.toSorted((left, right) => compare(left.type, right.type) || compare(left.relation, right.relation));
  }
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
