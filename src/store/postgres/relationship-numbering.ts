import { invariant } from '../../base/invariant.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import { formatRelationship, type Relationship } from '../../model/relationship.ts';
import type { Terms } from '../terms.ts';
import type { NumberedObject, ObjectColumns } from './object-numbers.ts';
import { namesOf, numbersOf, objectsOf, type RelationshipNumbers } from './relationship-numbers.ts';
import type { Shapes } from './shapes.ts';
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
  readonly #shapes: Shapes;
  readonly #terms: TermNumbers;
  readonly #objects = new Map<string, number>();
  readonly #lookedUp: NumbersLookedUp[] = [];

  constructor(sql: TransactionSql, shapes: Shapes) {
    this.#sql = sql;
    this.#shapes = shapes;
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

  /** Those that had no number before. */
  async #giveNumbers({ objects, ...columns }: UnnumberedObjects): Promise<readonly ObjectRef[]> {
    if (objects.length === 0) return [];
    const given = this.#learn({ objects, ...columns }, await this.#shapes.numberObjects(this.#sql, columns));
    return objects.filter((_, index) => given[index]?.is_added);
  }

  async #readNumbers({ objects, ...columns }: UnnumberedObjects): Promise<void> {
    if (objects.length === 0) return;
    this.#learn({ objects, ...columns }, await this.#shapes.findNumbers(this.#sql, columns));
  }

  /** What was found of each object, in their order. */
  #learn<Found extends NumberedObject>(
    { objects, types }: UnnumberedObjects,
    found: readonly Found[],
  ): readonly (Found | undefined)[] {
    const byType = Map.groupBy(found, ({ type }) => type);
    const byName = new Map([...byType].map(([type, some]) => [type, new Map(some.map((one) => [one.name, one]))]));
    return objects.map((object, index) => {
      const one = byName.get(types[index] ?? 0)?.get(object.id);
      if (one !== undefined) this.#objects.set(formatObjectRef(object), one.id);
      return one;
    });
  }
}

/** Objects whose types have numbers, and their columns. */
interface UnnumberedObjects extends ObjectColumns {
  readonly objects: readonly ObjectRef[];
}
