import type { ObjectRef } from '../../model/object-ref.ts';
import { rowsOf } from './connect.ts';
import { type LastEvent, type SeenColumns, seenColumns } from './last-event.ts';
import { nodesOf } from './read-nodes.ts';
import type { TransactionSql } from './sql.ts';
import { utcText } from './utc-text.ts';

/** What a state says of itself. */
export interface StateColumns extends SeenColumns {
  readonly is_standby: boolean;
  readonly now: string;
  readonly revision: number;
  readonly active_model: number | null;
}

/** The same, with the numbers of objects; null for one that has none. */
export interface Header extends StateColumns {
  readonly nodes: readonly (number | null)[];
}

export async function readHeader(
  sql: TransactionSql,
  objects: readonly ObjectRef[],
  then: LastEvent | undefined,
): Promise<Header> {
  const [header] = rowsOf(
    await sql<Header[]>`
      select ${stateColumns(sql, then)},
        ${nodesOf(sql, objects)} as nodes
      from store`,
  );
  if (header === undefined) throw new Error('The table "store" has lost its row.');
  return header;
}

export function stateColumns(sql: TransactionSql, then: LastEvent | undefined) {
  return sql`${utcText(sql, sql`clock_timestamp()`)} as now,
        store.revision, store.deciding_model as active_model, pg_catalog.pg_is_in_recovery() as is_standby, ${seenColumns(sql, then)}`;
}
