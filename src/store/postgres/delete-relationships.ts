import type { StoredRelationship } from '../stored-relationship.ts';
import { type Fragment, rowsOf } from './connect.ts';
import { fromRelationship, relationshipsAt, selectRelationship } from './read-relationships.ts';
import { keyIn, keyOf, type RelationshipKeyColumns } from './relationship-key.ts';
import { columnsOf, type RelationshipNumbers } from './relationship-numbers.ts';
import { type RelationshipRow, storedRelationshipOf } from './relationship-row.ts';
import type { TransactionSql } from './sql.ts';

/**
 * Deletes those of the rows that are as it is asked for, and returns them, each with its position, in their order. For whoever
 * deletes what is there, what has expired is not there, and stays: a row that goes without a change would be one that only some have forgotten.
 */
export async function deleteRelationships(
  sql: TransactionSql,
  rows: readonly RelationshipNumbers[],
  which: (row: Fragment) => Fragment,
): Promise<readonly { readonly relationship: StoredRelationship; readonly position: number }[]> {
  const found = rowsOf(
    await sql<(RelationshipRow & RelationshipKeyColumns)[]>`
      with gone as (
        delete from relationship where ctid = any(array(
          select e.ctid ${relationshipsAt(sql, columnsOf(rows))} where ${which(sql`e`)}
        ))
        returning *
      )
      ${selectRelationship(sql)}, e.object as object_key, e.relation as relation_key, e.subject as subject_key
      ${fromRelationship(sql, sql`gone e`)}`,
  );
  const byKey = new Map(found.map((row) => [keyOf(keyIn(row)), storedRelationshipOf(row)]));
  return rows.flatMap((row, position) => {
    const relationship = byKey.get(keyOf(row));
    return relationship === undefined ? [] : [{ relationship, position }];
  });
}
