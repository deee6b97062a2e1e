import { invariant } from '../../base/invariant.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import { formatRelationship, type Relationship } from '../../model/relationship.ts';
import { rowsOf } from './connect.ts';
import { namesOf, numbersOf, objectsOf, type RelationshipNumbers } from './relationship-numbers.ts';
import type { TransactionSql } from './sql.ts';
import { TermNumbers } from './term-numbers.ts';

/** Finds the numbers of relationships for one transaction. */
export class RelationshipNumbering {
  readonly #sql: TransactionSql;
  readonly #terms: TermNumbers;

  constructor(sql: TransactionSql) {
    this.#sql = sql;
    this.#terms = new TermNumbers(sql);
  }

  /** The rows of relationships that are valid for the active model; objects without a number get one. */
  async number(relationships: readonly Relationship[]): Promise<readonly RelationshipNumbers[]> {
    await this.#terms.find(namesOf(relationships));
    const objects = this.#known(objectsOf(relationships));
    await this.#addObjects(objects);
    const numbers = await this.#readNumbers(objects);
    return relationships.map((relationship) => {
      const row = numbersOf(relationship, this.#terms, numbers);
      invariant(row !== undefined, `every name of "${formatRelationship(relationship)}" has a number`);
      return row;
    });
  }

  /** The rows of relationships all of whose names have numbers; there can be no others in the store. */
  async find(relationships: readonly Relationship[]): Promise<readonly RelationshipNumbers[]> {
    await this.#terms.find(namesOf(relationships));
    const numbers = await this.#readNumbers(this.#known(objectsOf(relationships)));
    return relationships.flatMap((relationship) => numbersOf(relationship, this.#terms, numbers) ?? []);
  }

  /** With the numbers of their types: named in a join, each would be held against every type of the model. */
  #known(objects: readonly ObjectRef[]): KnownObjects {
    const known = objects.flatMap((object) => {
      const type = this.#terms.numberOf('type', object.type);
      return type === undefined ? [] : [{ object, type }];
    });
    return {
      objects: known.map(({ object }) => object),
      types: known.map(({ type }) => type),
      names: known.map(({ object: { id } }) => id),
    };
  }

  async #addObjects({ types, names }: KnownObjects): Promise<void> {
    await this.#sql`
      insert into object (type, name) select * from unnest(${types}::int2[], ${names}::text[])
      on conflict (type, name) do nothing`;
  }

  async #readNumbers({ objects, types, names }: KnownObjects): Promise<ReadonlyMap<string, number>> {
    const rows = rowsOf(
      await this.#sql<{ position: number; id: number }[]>`
        select q.position, object.id
        from unnest(${types}::int2[], ${names}::text[]) with ordinality as q (type, name, position)
        cross join lateral (select id from object o where o.type = q.type and o.name = q.name offset 0) object`,
    );
    return new Map(
      rows.map(({ position, id }) => {
        const object = objects[position - 1];
        invariant(object !== undefined, 'the database numbers only objects that it was asked for');
        return [formatObjectRef(object), id];
      }),
    );
  }
}

/** Objects as columns, whose types have numbers. */
interface KnownObjects {
  readonly objects: readonly ObjectRef[];
  readonly types: number[];
  readonly names: string[];
}
