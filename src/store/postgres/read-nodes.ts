import { invariant } from '../../base/invariant.ts';
import type { NodeId } from '../../engine/ports.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { rowsOf } from './connect.ts';
import type { TransactionSql } from './sql.ts';
import { joinTermNamed } from './term-joins.ts';

/** The numbers of objects, in their order; null for one that has none. */
export async function readNodes(
  sql: TransactionSql,
  objects: readonly ObjectRef[],
): Promise<readonly (NodeId | null)[]> {
  const [row] = rowsOf(await sql<{ nodes: readonly (NodeId | null)[] }[]>`select ${nodesOf(sql, objects)} as nodes`);
  invariant(row?.nodes.length === objects.length, 'the database says of each object whether it knows it');
  return row.nodes;
}

/** The same as one value of a statement. */
export function nodesOf(sql: TransactionSql, objects: readonly ObjectRef[]) {
  const types: string[] = objects.map(({ type }) => type);
  const names: string[] = objects.map(({ id }) => id);
  return sql`(
    select coalesce(json_agg(object.id order by q.position), '[]')
    from unnest(${types}::text[], ${names}::text[]) with ordinality as q (type, name, position)
    ${joinTermNamed(sql, 'term', 'type', sql`q.type`)}
    left join lateral (select id from object o where o.type = term.number and o.name = q.name offset 0) object on true
  )`;
}
