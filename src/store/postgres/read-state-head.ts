import { invariant } from '../../base/invariant.ts';
import type { StateHead } from '../replica/replica-feed.ts';
import { rowsOf } from './connect.ts';
import { sqlMicros } from './read-proviso.ts';
import type { Sql, TransactionSql } from './sql.ts';

/** The columns of a state's head, of a statement that reads the table `store`. */
export interface HeadColumns {
  readonly identity: string;
  readonly revision: number;
  readonly event: number;
  readonly hash: string;
  readonly now_micros: number;
  readonly active_model: number | null;
}

export async function readStateHead(sql: TransactionSql): Promise<StateHead> {
  const [row] = rowsOf(await sql<HeadColumns[]>`select ${headColumns(sql)} from store`);
  invariant(row !== undefined, 'the table "store" has its row');
  return headOf(row);
}

export function headColumns(sql: Sql | TransactionSql) {
  return sql`
    store.identity, store.revision, store.audit_length as event, store.audit_head as hash, store.deciding_model as active_model,
    ${sqlMicros(sql, sql`clock_timestamp()`)} as now_micros`;
}

export function headOf({ identity, revision, event, hash, now_micros, active_model }: HeadColumns): StateHead {
  return { identity, revision, event, hash, nowMicros: now_micros, activeModel: active_model ?? undefined };
}
