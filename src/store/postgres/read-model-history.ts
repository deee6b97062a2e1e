import { type ModelHistory, type ModelRecord, modelActions } from '../model-history.ts';
import { rowsOf } from './connect.ts';
import type { Sql, TransactionSql } from './sql.ts';

/** The digest of a model's row: over everything that is compiled. JSONB has one text for equal values. */
function modelDigest(sql: Sql | TransactionSql) {
  return sql`encode(sha256(convert_to(jsonb_build_array(dsl, modules)::text, 'UTF8')), 'hex')`;
}

/** How audit events name a model; undefined when there is none with this id. */
export async function readModelRecord(sql: Sql | TransactionSql, id: number): Promise<ModelRecord | undefined> {
  const [record] = rowsOf(
    await sql<ModelRecord[]>`select id as model, ${modelDigest(sql)} as digest from model where id = ${id}`,
  );
  return record;
}

/** The models of one state, with the events outside of those from `start` to `end`: before it, those about models. */
export async function readModelHistory(sql: Sql | TransactionSql, start: number, end: number): Promise<ModelHistory> {
  const step = sql`jsonb_build_object(
    'id', id, 'action', action, 'outcome', outcome, 'model', model, 'after', after)`;
  const [row] = rowsOf(
    await sql<ModelHistory[]>`
      select deciding_model as active,
        coalesce((select jsonb_agg(jsonb_build_object('model', id, 'digest', ${modelDigest(sql)}) order by id) from model), '[]'::jsonb)
          as models,
        coalesce((select jsonb_agg(${step} order by id) from audit_event
          where id <= ${start} and action = any(${modelActions as string[]}::text[]) or id > ${end}), '[]'::jsonb) as steps
      from store`,
  );
  if (row === undefined) throw new Error('The table "store" has lost its row.');
  return row;
}
