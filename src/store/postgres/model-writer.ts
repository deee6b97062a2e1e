import type { Model } from '../../model/model.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import type { ModelRecord } from '../model-history.ts';
import type { StoredModel } from '../stored-model.ts';
import { UnreadableModel } from '../unreadable-model.ts';
import type { ModelWriter, NewModel } from '../write-transaction.ts';
import { rowsOf, type TransactionSql } from './connect.ts';
import type { LoadsModels } from './model-cache.ts';
import { readModel } from './read-model.ts';
import { readModelRecord } from './read-model-history.ts';
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
    const stored = modules === undefined ? null : JSON.stringify(modules);
    const createdBy = actor === undefined ? null : formatSubjectRef(actor);
    const [row] = rowsOf(
      await this.#sql<{ id: number; created_at: Date }[]>`
        insert into model (dsl, modules, created_by) values (${dsl}, ${stored}::text::jsonb, ${createdBy})
        returning id, created_at`,
    );
    if (row === undefined) throw new Error('The model was not stored.');
    this.#head.addChanges(1);
    return { id: row.id, createdAt: row.created_at };
  }

  async activate(id: number): Promise<boolean> {
    const updated = await this.#sql`
      update store set active_model = ${id} where exists (select from model where model.id = ${id})`;
    if (updated.count === 0) return false;
    const ordinal = this.#head.addChanges(1);
    await this.#sql`
      insert into change (revision, ordinal, operation, model) values (${this.#head.next}, ${ordinal}, 'model', ${id})`;
    this.#head.activeModel = id;
    return true;
  }

  async recordOf(id: number): Promise<ModelRecord> {
    const record = await readModelRecord(this.#sql, id);
    if (record === undefined) throw new Error(`There is no model ${id}.`);
    return record;
  }
}
