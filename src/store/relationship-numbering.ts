import type { ObjectRef } from '../model/object-ref.ts';
import { formatRelationship, type Relationship } from '../model/relationship.ts';
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
    const numbers = await this.#readNumbers(objectsOf(relationships));
    return relationships.map((relationship) => {
      const row = numbersOf(relationship, terms, numbers);
      if (row === undefined) throw new Error(`"${formatRelationship(relationship)}" has a name without a number.`);
      return row;
    });
  }

  /** The rows of relationships all of whose names have numbers; there can be no others in the store. */
  async find(relationships: readonly Relationship[]): Promise<readonly RelationshipNumbers[]> {
    const terms = await this.#readTerms();
    const numbers = await this.#readNumbers(objectsOf(relationships));
    return relationships.flatMap((relationship) => numbersOf(relationship, terms, numbers) ?? []);
  }

  async #readTerms(): Promise<Terms> {
    this.#terms ??= await readTerms(this.#sql);
    return this.#terms;
  }

  async #addObjects(objects: readonly ObjectRef[], terms: Terms): Promise<void> {
    const known = objects.flatMap((object) => {
      const type = terms.type.numberOf(object.type);
      return type === undefined ? [] : [{ type, name: object.id as string }];
    });
    await this.#sql`
      insert into object (type, name)
      select * from unnest(${known.map(({ type }) => type)}::int2[], ${known.map(({ name }) => name)}::text[])
      on conflict (type, name) do nothing`;
  }

  async #readNumbers(objects: readonly ObjectRef[]): Promise<ReadonlyMap<string, number>> {
    const types: string[] = objects.map(({ type }) => type);
    const names: string[] = objects.map(({ id }) => id);
    const rows = rowsOf(
      await this.#sql<{ type: string; name: string; id: number }[]>`
        select q.type, q.name, object.id
        from unnest(${types}::text[], ${names}::text[]) as q (type, name)
        cross join lateral (
          select o.id from term join object o on o.type = term.number and o.name = q.name
          where term.kind = 'type' and term.name = q.type
          offset 0
        ) object`,
    );
    return new Map(rows.map(({ type, name, id }) => [`${type}:${name}`, id]));
  }
}
