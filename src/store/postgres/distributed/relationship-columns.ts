import type { Fragment } from '../connect.ts';
import type { OriginRow } from '../edge-origin.ts';
import type { TransactionSql } from '../sql.ts';
import type { NumberedRow } from './name-rows.ts';

/** A relationship as it is stored, but for its revision. */
export interface RelationshipColumns extends NumberedRow, OriginRow {}

export function relationshipColumns(sql: TransactionSql): Fragment {
  return sql`
    e.object, e.relation, e.subject, e.subject_type, e.condition, e.context,
    e.starts_at, e.expires_at, e.created_at, e.created_by`;
}
