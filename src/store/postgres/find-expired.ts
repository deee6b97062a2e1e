import type { RelationshipCursor } from '../relationship-page.ts';
import type { ExpiredPiece } from '../upkeep.ts';
import { rowsOf } from './connect.ts';
import { fromRelationship, selectRelationship } from './read-relationships.ts';
import { keyIn, type RelationshipKeyColumns } from './relationship-key.ts';
import { type RelationshipRow, storedRelationshipOf } from './relationship-row.ts';
import type { TransactionSql } from './sql.ts';

/** Those of the next `rows` relationships that ended longer ago, and where to go on. */
export async function findExpired(
  sql: TransactionSql,
  endedForMs: number,
  { object, relation, subject }: RelationshipCursor,
  rows: number,
): Promise<ExpiredPiece> {
  const found = rowsOf(
    await sql<(RelationshipRow & RelationshipKeyColumns & PieceColumns)[]>`
      with piece as (
        select * from relationship
        where (object, relation, subject) > (${object}::int8, ${relation}::int2, ${subject}::int8)
        order by object, relation, subject limit ${rows}
      )
      ${selectRelationship(sql)}, e.object as object_key, e.relation as relation_key, e.subject as subject_key,
        e.is_ended, e.is_last
      ${fromRelationship(
        sql,
        sql`(
          select * from (
            select piece.*, expires_at < clock_timestamp() - ${endedForMs} * interval '1 ms' as is_ended,
              row_number() over (order by object, relation, subject) = ${rows} as is_last
            from piece
          ) looked_at where is_ended or is_last
        ) e`,
      )}`,
  );
  const last = found.find(({ is_last }) => is_last);
  return {
    expired: found.filter(({ is_ended }) => is_ended === true).map(storedRelationshipOf),
    next: last && keyIn(last),
  };
}

interface PieceColumns {
  readonly is_ended: boolean | null;
  readonly is_last: boolean;
}
