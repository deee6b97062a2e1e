import type { StoredRelationship } from '../../stored-relationship.ts';
import type { Fragment } from '../connect.ts';
import { thereAt } from '../live-at.ts';
import { keyOf, type RelationshipKey } from '../relationship-key.ts';
import { storedRelationshipOf } from '../relationship-row.ts';
import type { TransactionSql } from '../sql.ts';
import { nameRows } from './name-rows.ts';
import { readByKeys } from './read-by-keys.ts';
import { type RelationshipColumns, relationshipColumns } from './relationship-columns.ts';

export interface RowAt {
  readonly relationship: StoredRelationship;
  readonly row: RelationshipColumns;
  /** Which of the keys it has. */
  readonly position: number;
}

/** The relationships with these keys that are as it is asked for, in the order of the keys. */
export async function readRowsAt(
  sql: TransactionSql,
  keys: readonly RelationshipKey[],
  which: (row: Fragment) => Fragment,
): Promise<readonly RowAt[]> {
  const rows = await readByKeys<RelationshipColumns>(sql, keys, {
    columns: relationshipColumns,
    condition: (one) => which(one`e`),
  });
  const namesOf = await nameRows(sql, rows);
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.flatMap((key, position) => {
    const row = byKey.get(keyOf(key));
    return row === undefined
      ? []
      : [{ row, position, relationship: storedRelationshipOf({ ...row, ...namesOf(row) }) }];
  });
}

export async function readRelationshipsAt(
  sql: TransactionSql,
  keys: { readonly object: number[]; readonly relation: number[]; readonly subject: number[] },
  at: string,
): Promise<readonly Omit<RowAt, 'row'>[]> {
  const all = keys.object.map((object, index) => ({
    object,
    relation: keys.relation[index] ?? 0,
    subject: keys.subject[index] ?? 0,
  }));
  return readRowsAt(sql, all, (row) => thereAt(sql, row, at));
}
