import { invariant } from '../../base/invariant.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import { formatRelationship, type Relationship } from '../../model/relationship.ts';
import type { Terms } from '../terms.ts';
import { rowsOf } from './connect.ts';
import { namesOf, numbersOf, objectsOf, type RelationshipNumbers } from './relationship-numbers.ts';
import type { TransactionSql } from './sql.ts';
import { TermNumbers } from './term-numbers.ts';

/** Relationships in the numbers of the store, and the objects that were given theirs for it. */
export interface Numbered {
  readonly rows: readonly RelationshipNumbers[];
  readonly added: readonly ObjectRef[];
}

/** Numbers that a snapshot has looked up: none is ever used again. */
export interface NumbersLookedUp {
  readonly model: { readonly terms: Terms };
  nodeOf(object: ObjectRef): number | undefined;
}

/** Finds the numbers of relationships for one transaction. */
export class RelationshipNumbering {
  readonly #sql: TransactionSql;
  readonly #terms: TermNumbers;
  readonly #objects = new Map<string, number>();
  readonly #lookedUp: NumbersLookedUp[] = [];

  constructor(sql: TransactionSql) {
    this.#sql = sql;
    this.#terms = new TermNumbers(sql);
  }

  /** What a snapshot of the same transaction has looked up need not be looked up again. */
  learnFrom(lookedUp: NumbersLookedUp): void {
    this.#lookedUp.push(lookedUp);
    this.#terms.learnFrom(lookedUp.model.terms);
  }

  /** The rows of relationships that are valid for the active model; objects without a number get one. */
  async number(relationships: readonly Relationship[]): Promise<Numbered> {
    await this.#terms.find(namesOf(relationships));
    const added = await this.#giveNumbers(this.#unnumbered(objectsOf(relationships)));
    const rows = relationships.map((relationship) => {
      const row = numbersOf(relationship, this.#terms, this.#objects);
      invariant(row !== undefined, `every name of "${formatRelationship(relationship)}" has a number`);
      return row;
    });
    return { rows, added };
  }

  /** The rows of relationships all of whose names have numbers; there can be no others in the store. */
  async find(relationships: readonly Relationship[]): Promise<readonly RelationshipNumbers[]> {
    await this.#terms.find(namesOf(relationships));
    await this.#readNumbers(this.#unnumbered(objectsOf(relationships)));
    return relationships.flatMap((relationship) => numbersOf(relationship, this.#terms, this.#objects) ?? []);
  }

  /**
   * Those whose numbers are to be looked for, with the numbers of their types: named in a join, each would be held against every
   * type of the model.
   */
  #unnumbered(named: readonly ObjectRef[]): UnnumberedObjects {
    const open = named.flatMap((object) => {
      const type = this.#terms.numberOf('type', object.type);
      return type === undefined || this.#isNumbered(object) ? [] : [{ object, type }];
    });
    return {
      objects: open.map(({ object }) => object),
      types: open.map(({ type }) => type),
      names: open.map(({ object: { id } }) => id),
    };
  }

  #isNumbered(object: ObjectRef): boolean {
    const text = formatObjectRef(object);
    if (this.#objects.has(text)) return true;
    const node = this.#lookedUp.map((numbers) => numbers.nodeOf(object)).find((one) => one !== undefined);
    if (node !== undefined) this.#objects.set(text, node);
    return node !== undefined;
  }

  /** Those that had no number before. Nobody else gives any: that needs the lock of the transaction. */
  async #giveNumbers({ objects, types, names }: UnnumberedObjects): Promise<readonly ObjectRef[]> {
    if (objects.length === 0) return [];
    const rows = rowsOf(
      await this.#sql<GivenRow[]>`
        with found as materialized (
          select q.position, q.type, q.name, object.id
          from unnest(${types}::int2[], ${names}::text[]) with ordinality as q (type, name, position)
          left join lateral (select id from object o where o.type = q.type and o.name = q.name offset 0) object on true
        ), added as (
          insert into object (type, name) select type, name from found where id is null returning type, name, id
        )
        select type, name, id, false as is_added from found where id is not null
        union all select type, name, id, true from added`,
    );
    const byType = Map.groupBy(rows, ({ type }) => type);
    const byName = new Map([...byType].map(([type, some]) => [type, new Map(some.map((row) => [row.name, row]))]));
    return objects.filter((object, index) => {
      const given = byName.get(types[index] ?? 0)?.get(object.id);
      if (given !== undefined) this.#objects.set(formatObjectRef(object), given.id);
      return given?.is_added;
    });
  }

  async #readNumbers({ objects, types, names }: UnnumberedObjects): Promise<void> {
    if (objects.length === 0) return;
    const rows = rowsOf(
      await this.#sql<{ position: number; id: number }[]>`
        select q.position, object.id
        from unnest(${types}::int2[], ${names}::text[]) with ordinality as q (type, name, position)
        cross join lateral (select id from object o where o.type = q.type and o.name = q.name offset 0) object`,
    );
    for (const { position, id } of rows) {
      const object = objects[position - 1];
      invariant(object !== undefined, 'the database numbers only objects that it was asked for');
      this.#objects.set(formatObjectRef(object), id);
    }
  }
}

interface GivenRow {
  readonly type: number;
  readonly name: string;
  readonly id: number;
  readonly is_added: boolean;
}

/** Objects as columns, whose types have numbers. */
interface UnnumberedObjects {
  readonly objects: readonly ObjectRef[];
  readonly types: number[];
  readonly names: string[];
}
