import type { Beginnings } from '../../beginnings.ts';
import { rowsOf } from '../connect.ts';
import { beginningsOf } from '../read-beginnings.ts';
import type { TransactionSql } from '../sql.ts';
import { nameRows } from './name-rows.ts';
import { type RelationshipColumns, relationshipColumns } from './relationship-columns.ts';

/** Each server gives the head of its index, and they are put together. */
export async function readBeginnings(
  sql: TransactionSql,
  { after, now }: { readonly after: Date; readonly now: string },
  limit: number,
): Promise<Beginnings> {
  const rows = rowsOf(
    await sql<(RelationshipColumns & { has_begun: boolean | null })[]>`
      select e.starts_at <= ${now}::text::timestamptz as has_begun, ${relationshipColumns(sql)}
      from relationship e
      where e.starts_at > ${after.toISOString()}::text::timestamptz
      order by e.starts_at
      limit ${limit + 1}::int8`,
  );
  const namesOf = await nameRows(sql, rows);
  const named = rows.map((row) => ({ ...namesOf(row), has_begun: row.has_begun, node: row.object }));
  return beginningsOf(named, limit);
}
