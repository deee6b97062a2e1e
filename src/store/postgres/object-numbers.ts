import { rowsOf } from './connect.ts';
import type { TransactionSql } from './sql.ts';

/** Objects as columns: the numbers of their types, and their names. */
export interface ObjectColumns {
  readonly types: number[];
  readonly names: string[];
}

export interface NumberedObject {
  readonly type: number;
  readonly name: string;
  readonly id: number;
}

export interface GivenNumber extends NumberedObject {
  readonly is_added: boolean;
}

/** Those of the objects that have numbers. */
export async function findNumbers(
  sql: TransactionSql,
  { types, names }: ObjectColumns,
): Promise<readonly NumberedObject[]> {
  return rowsOf(
    await sql<NumberedObject[]>`
      select q.type, q.name, object.id
      from unnest(${types}::int2[], ${names}::text[]) as q (type, name)
      cross join lateral (select id from object o where o.type = q.type and o.name = q.name offset 0) object`,
  );
}

/** The numbers of all objects. One without gets one; nobody else gives any meanwhile: that needs the lock of the store. */
export async function numberObjects(
  sql: TransactionSql,
  { types, names }: ObjectColumns,
): Promise<readonly GivenNumber[]> {
  return rowsOf(
    await sql<GivenNumber[]>`
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
}
