import { eq, exists } from 'drizzle-orm';
import { invariant } from '../../base/invariant.ts';
import type { Model } from '../../model/model.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import type { ModelRecord } from '../model-history.ts';
import type { StoredModel } from '../stored-model.ts';
import { UnreadableModel } from '../unreadable-model.ts';
import type { ModelWriter, NewModel } from '../write-transaction.ts';
import type { LoadsModels } from './model-cache.ts';
import { readModel } from './read-model.ts';
import { readModelRecord } from './read-model-history.ts';
import { runQuery } from './run-query.ts';
import type { TransactionSql } from './sql.ts';
import { change, store, model as table } from './tables.ts';
import { addTerms } from './terms.ts';
import type { WriteHead } from './write-head.ts';

/** Publishes models and makes one of them decide. */
export class PostgresModelWriter implements ModelWriter {
  readonly #sql: TransactionSql;
  readonly #head: WriteHead;
  readonly #models: LoadsModels;

  constructor(sql: TransactionSql, head: WriteHead, models: LoadsModels) {
    this.#sql = sql;
    this.#head = head;
    this.#models = models;
  }

  get activeId(): number | undefined {
    return this.#head.activeModel ?? undefined;
  }

  async load(id: number): Promise<Model | undefined> {
    return this.#models.load(id)?.prepared.model;
  }

  async loadActive(): Promise<Model | undefined> {
    const { activeModel } = this.#head.before;
    if (activeModel === null) return undefined;
    return this.load(activeModel).catch((error: unknown) => {
      if (error instanceof UnreadableModel) return undefined;
      throw error;
    });
  }

  read(id: number): Promise<StoredModel | undefined> {
    return readModel(this.#sql, id);
  }

  async add({ model, dsl, modules }: NewModel, actor: SubjectRef | undefined) {
    await addTerms(this.#sql, model);
    const createdBy = actor === undefined ? null : formatSubjectRef(actor);
    const [row] = await runQuery(this.#sql, (queries) =>
      queries.insert(table).values({ dsl, modules, createdBy }).returning({ id: table.id, createdAt: table.createdAt }),
    );
    invariant(row !== undefined, 'a model that is stored has a number');
    this.#head.addChanges(1);
    return row;
  }

  async activate(id: number): Promise<boolean> {
    const updated = await runQuery(this.#sql, (queries) =>
      queries
        .update(store)
        .set({ activeModel: id })
        .where(exists(queries.select({ id: table.id }).from(table).where(eq(table.id, id))))
        .returning({ activeModel: store.activeModel }),
    );
    if (updated.length === 0) return false;
    const ordinal = this.#head.addChanges(1);
    const revision = this.#head.next;
    await runQuery(this.#sql, (queries) =>
      queries.insert(change).values({ revision, ordinal, operation: 'model', model: id }),
    );
    this.#head.activeModel = id;
    return true;
  }

  async recordOf(id: number): Promise<ModelRecord> {
    const record = await readModelRecord(this.#sql, id);
    if (record === undefined) throw new Error(`There is no model ${id}.`);
    return record;
  }
}
