import type { ConditionName, RelationName, TypeName } from '../../model/names.ts';
import type { TermKind, Terms } from '../terms.ts';
import { rowsOf } from './connect.ts';
import type { RowOf } from './row-of.ts';
import type { TransactionSql } from './sql.ts';
import type { term } from './tables.ts';

/** A name that models use. */
export interface TermName {
  readonly kind: TermKind;
  readonly name: string;
}

/**
 * The numbers of those names that one transaction is about. Models have thousands of names, and a write a few; a number that was
 * found stays, and a name that has none is looked for again.
 */
export class TermNumbers {
  readonly #sql: TransactionSql;
  readonly #numbers: Readonly<Record<TermKind, Map<string, number>>> = {
    type: new Map(),
    relation: new Map(),
    condition: new Map(),
  };
  #known: Terms | undefined;

  constructor(sql: TransactionSql) {
    this.#sql = sql;
  }

  /** Names that were numbered before: a number is never used again. */
  learnFrom(terms: Terms): void {
    this.#known = terms;
  }

  /** Undefined for a name that has none, or was not looked for. */
  numberOf(kind: TermKind, name: string): number | undefined {
    return this.#numbers[kind].get(name) ?? this.#knownNumber(kind, name);
  }

  async find(names: readonly TermName[]): Promise<void> {
    const open = names.filter(({ kind, name }) => this.numberOf(kind, name) === undefined);
    if (open.length === 0) return;
    const [kinds, texts] = [open.map(({ kind }): string => kind), open.map(({ name }) => name)];
    const rows = rowsOf(
      await this.#sql<RowOf<typeof term>[]>`
        select q.kind, q.name, term.number
        from unnest(${kinds}::text[], ${texts}::text[]) as q (kind, name)
        cross join lateral (select number from term t where t.kind = q.kind and t.name = q.name offset 0) term`,
    );
    for (const { kind, name, number } of rows) this.#numbers[kind].set(name, number);
  }

  #knownNumber(kind: TermKind, name: string): number | undefined {
    switch (kind) {
      case 'type':
        return this.#known?.type.numberOf(name as TypeName);
      case 'relation':
        return this.#known?.relation.numberOf(name as RelationName);
      case 'condition':
        return this.#known?.condition.numberOf(name as ConditionName);
    }
  }
}
