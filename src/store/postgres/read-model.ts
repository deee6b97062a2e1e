import { desc, eq, lt, sql as part } from 'drizzle-orm';
import { isRecord } from '../../base/canonical-json.ts';
import type { ModelModule } from '../../model/model-source.ts';
import { parseSubjectRef } from '../../model/subject-ref.ts';
import type { ModelText } from '../model-text.ts';
import type { StoredModel } from '../stored-model.ts';
import { runQuery } from './run-query.ts';
import type { TransactionSql } from './sql.ts';
import { model, store } from './tables.ts';

type ModelRow = Pick<typeof model.$inferSelect, 'id' | 'dsl' | 'createdAt' | 'createdBy'> & {
  readonly active: boolean;
};

const modelColumns = {
  ...{ id: model.id, dsl: model.dsl, createdAt: model.createdAt, createdBy: model.createdBy },
  active: part<boolean>`${store.decidingModel} is not distinct from ${model.id}`,
};

/** The model with this id, or the active one without an id; undefined when there is none. */
export async function readModel(sql: TransactionSql, id: number | undefined): Promise<StoredModel | undefined> {
  const [row] = await runQuery(sql, (queries) =>
    queries
      .select(modelColumns)
      .from(store)
      .innerJoin(model, eq(model.id, id ?? store.decidingModel)),
  );
  return row && storedModelOf(row);
}

/** The text of a published model; undefined when there is none with this id. */
export async function readModelText(sql: TransactionSql, id: number): Promise<ModelText | undefined> {
  const [row] = await runQuery(sql, (queries) =>
    queries.select({ dsl: model.dsl, modules: model.modules }).from(model).where(eq(model.id, id)),
  );
  return row && { source: { kind: 'dsl', dsl: row.dsl }, modules: modulesIn(row.modules) };
}

function modulesIn(stored: unknown): readonly ModelModule[] | undefined {
  if (!Array.isArray(stored)) return undefined;
  return stored.flatMap((one: unknown) => {
    if (!isRecord(one) || typeof one.name !== 'string' || typeof one.dsl !== 'string') return [];
    return [{ name: one.name, dsl: one.dsl }];
  });
}

/** Published models, the newest first; at most `first`, below `before`. */
export async function readModels(
  sql: TransactionSql,
  first: number,
  before: number | undefined,
): Promise<readonly StoredModel[]> {
  const rows = await runQuery(sql, (queries) =>
    queries
      .select(modelColumns)
      .from(store)
      .crossJoin(model)
      .where(before === undefined ? undefined : lt(model.id, before))
      .orderBy(desc(model.id))
      .limit(first),
  );
  return rows.map(storedModelOf);
}

function storedModelOf({ createdBy: author, ...row }: ModelRow): StoredModel {
  const createdBy = author === null ? undefined : parseSubjectRef(author);
  return { ...row, createdBy: createdBy?.ok ? createdBy.value : undefined };
}
