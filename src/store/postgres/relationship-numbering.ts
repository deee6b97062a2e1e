import type { ObjectRef } from '../../model/object-ref.ts';
import { formatRelationship, type Relationship } from '../../model/relationship.ts';
import { rowsOf, type TransactionSql } from './connect.ts';
import { numbersOf, objectsOf, type RelationshipNumbers } from './relationship-numbers.ts';
import { readTerms, type Terms } from './terms.ts';

/** Finds the numbers of relationships for one transaction. */
export class RelationshipNumbering {
  readonly #sql: TransactionSql;
  #terms: Terms | undefined;

  constructor(sql: TransactionSql) {
    this.#sql = sql;
  }

  /** After a model was added, which may have brought new names. */
  forgetTerms(): void {
    this.#terms = undefined;
  }

  /** The rows of relationships that are valid for the active model; objects without a number get one. */
  async number(relationships: readonly Relationship[]): Promise<readonly RelationshipNumbers[]> {
    const terms = await this.#readTerms();
    await this.#addObjects(objectsOf(relationships), terms);
    const numbers = await this.#readNumbers(objectsOf(relationships), terms);
    return relationships.map((relationship) => {
      const row = numbersOf(relationship, terms, numbers);
      if (row === undefined) throw new Error(`"${formatRelationship(relationship)}" has a name without a number.`);
      return row;
    });
  }

  /** The rows of relationships all of whose names have numbers; there can be no others in the store. */
  async find(relationships: readonly Relationship[]): Promise<readonly RelationshipNumbers[]> {
    const terms = await this.#readTerms();
    const numbers = await this.#readNumbers(objectsOf(relationships), terms);
    return relationships.flatMap((relationship) => numbersOf(relationship, terms, numbers) ?? []);
  }

  async #readTerms(): Promise<Terms> {
    this.#terms ??= await readTerms(this.#sql);
    return this.#terms;
  }

  async #addObjects(objects: readonly ObjectRef[], terms: Terms): Promise<void> {
    const { types, names } = knownOf(objects, terms);
    await this.#sql`
      insert into object (type, name) select * from unnest(${types}::int2[], ${names}::text[])
      on conflict (type, name) do nothing`;
  }

  async #readNumbers(objects: readonly ObjectRef[], terms: Terms): Promise<ReadonlyMap<string, number>> {
    const { types, names } = knownOf(objects, terms);
    const rows = rowsOf(
      await this.#sql<{ type: number; name: string; id: number }[]>`
        select q.type, q.name, object.id
        from unnest(${types}::int2[], ${names}::text[]) as q (type, name)
        cross join lateral (select id from object o where o.type = q.type and o.name = q.name offset 0) object`,
    );
    return new Map(rows.map(({ type, name, id }) => [`${terms.type.nameOf(type)}:${name}`, id]));
  }
}

/** Objects as columns, with the numbers of their types: named in a join, each would be held against every type of the model. */
function knownOf(objects: readonly ObjectRef[], terms: Terms): { readonly types: number[]; readonly names: string[] } {
  const known = objects.flatMap(({ type, id }) => {
    const number = terms.type.numberOf(type);
    return number === undefined ? [] : [{ type: number, name: id }];
  });
  return { types: known.map(({ type }) => type), names: known.map(({ name }) => name) };
}
