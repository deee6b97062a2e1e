import type { AuditEvent } from '../audit-event.ts';
import { rowsOf, type Sql, type TransactionSql } from './connect.ts';

/** What an event says of models: which was active after it, and what it put there. */
export type ModelStep = Pick<AuditEvent, 'id' | 'action' | 'outcome' | 'model' | 'after'>;

/** A model as an audit event names it: by its number, and by what it says. */
export interface ModelRecord {
  readonly model: number;
  /** SHA-256 over the text that is compiled, as `modelDigest` makes it. */
  readonly digest: string;
}

/** The models that there are, which of them decides, and what the part of the log says that was asked for. */
export interface ModelHistory {
  readonly active: number | null;
  readonly models: readonly ModelRecord[];
  readonly steps: readonly ModelStep[];
}

/** Operations that publish a model or make one decide. */
export const modelActions: readonly string[] = ['publishModel', 'publishAndActivateModel', 'activateModel'];

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
      select active_model as active,
        coalesce((select jsonb_agg(jsonb_build_object('model', id, 'digest', ${modelDigest(sql)}) order by id) from model), '[]'::jsonb)
          as models,
        coalesce((select jsonb_agg(${step} order by id) from audit_event
          where id <= ${start} and action = any(${modelActions as string[]}::text[]) or id > ${end}), '[]'::jsonb) as steps
      from store`,
  );
  if (row === undefined) throw new Error('The table "store" has lost its row.');
  return row;
}
