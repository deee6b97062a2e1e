import type { ModelSource } from '../../model/model-source.ts';
import { parseSubjectRef } from '../../model/subject-ref.ts';
import type { StoredModel } from '../stored-model.ts';
import { rowsOf, type Sql, type TransactionSql } from './connect.ts';

/** The model with this id, or the active one without an id; undefined when there is none. */
export async function readModel(sql: Sql | TransactionSql, id: number | undefined): Promise<StoredModel | undefined> {
  const [row] = rowsOf(
    await sql<ModelRow[]>`
      select model.id, model.dsl, model.created_at, model.created_by,
        store.active_model is not distinct from model.id as active
      from store join model on model.id = coalesce(${id ?? null}::int4, store.active_model)`,
  );
  return row && storedModelOf(row);
}

/** The one text of a published model, for modules as well; undefined when there is none with this id. */
export async function readModelSource(sql: TransactionSql, id: number): Promise<ModelSource | undefined> {
  const [row] = rowsOf(await sql<{ readonly dsl: string }[]>`select dsl from model where id = ${id}`);
  return row && { kind: 'dsl', dsl: row.dsl };
}

/** Published models, the newest first; at most `first`, below `before`. */
export async function readModels(
  sql: Sql | TransactionSql,
  first: number,
  before: number | undefined,
): Promise<readonly StoredModel[]> {
  const rows = rowsOf(
    await sql<ModelRow[]>`
      select model.id, model.dsl, model.created_at, model.created_by,
        store.active_model is not distinct from model.id as active
      from store cross join model
      where model.id < coalesce(${before ?? null}::int4, 2147483647)
      order by model.id desc limit ${first}`,
  );
  return rows.map(storedModelOf);
}

function storedModelOf(row: ModelRow): StoredModel {
  const createdBy = row.created_by === null ? undefined : parseSubjectRef(row.created_by);
  return {
    id: row.id,
    dsl: row.dsl,
    active: row.active,
    createdAt: row.created_at,
    createdBy: createdBy?.ok ? createdBy.value : undefined,
  };
}

interface ModelRow {
  readonly id: number;
  readonly dsl: string;
  readonly active: boolean;
  readonly created_at: Date;
  readonly created_by: string | null;
}
