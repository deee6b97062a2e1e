import { eq, exists } from 'drizzle-orm';
import { invariant } from '../../base/invariant.ts';
import type { Model } from '../../model/model.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import type { ModelRecord } from '../model-history.ts';
import type { StoredModel } from '../stored-model.ts';
import { UnreadableModel } from '../unreadable-model.ts';
import type { ModelWriter, NewModel } from '../write-transaction.ts';
import { columnsOfActive } from './guard-model.ts';
import { readSeenState } from './last-event.ts';
import { readModel } from './read-model.ts';
import { readModelRecord } from './read-model-history.ts';
import { runQuery } from './run-query.ts';
import type { TransactionSql } from './sql.ts';
import { change, store, model as table } from './tables.ts';
import { addTerms } from './terms.ts';
import type { WriteHead } from './write-head.ts';
import type { WritePlace, WriteTurn } from './write-turn.ts';

/** Publishes models and makes one of them decide. */
export class PostgresModelWriter implements ModelWriter {
  readonly #sql: TransactionSql;
  readonly #turn: WriteTurn;
  readonly #place: WritePlace;
  #activeId: number | null;

  constructor(sql: TransactionSql, turn: WriteTurn, place: WritePlace) {
    this.#sql = sql;
    this.#turn = turn;
    this.#place = place;
    this.#activeId = place.before.activeModel;
  }

  get activeId(): number | undefined {
    this.#turn.seen.addEverything();
    return this.#activeId ?? undefined;
  }

  async load(id: number): Promise<Model | undefined> {
    this.#turn.seen.addEverything();
    const state = { ...(await readSeenState(this.#sql, undefined)), asked: undefined };
    return (await this.#place.models.load(id, state, this.#sql))?.prepared.model;
  }

  async loadActive(): Promise<Model | undefined> {
    const { activeModel } = this.#place.before;
    this.#turn.seen.addEverything();
    if (activeModel === null) return undefined;
    return this.load(activeModel).catch((error: unknown) => {
      if (error instanceof UnreadableModel) return undefined;
      throw error;
    });
  }

  read(id: number): Promise<StoredModel | undefined> {
    this.#turn.seen.addEverything();
    return readModel(this.#sql, id);
  }

  async add({ model, dsl, modules }: NewModel, actor: SubjectRef | undefined) {
    const head = await this.#begin();
    await addTerms(this.#sql, model);
    const createdBy = actor === undefined ? null : formatSubjectRef(actor);
    const [row] = await runQuery(this.#sql, (queries) =>
      queries.insert(table).values({ dsl, modules, createdBy }).returning({ id: table.id, createdAt: table.createdAt }),
    );
    invariant(row !== undefined, 'a model that is stored has a number');
    head.addChanges(1);
    return row;
  }

  async activate(id: number): Promise<boolean> {
    const head = await this.#begin();
    const updated = await runQuery(this.#sql, (queries) =>
      queries
        .update(store)
        .set(columnsOfActive(id))
        .where(exists(queries.select({ id: table.id }).from(table).where(eq(table.id, id))))
        .returning({ activeModel: store.decidingModel }),
    );
    if (updated.length === 0) return false;
    const ordinal = head.addChanges(1);
    const revision = head.next;
    await runQuery(this.#sql, (queries) =>
      queries.insert(change).values({ revision, ordinal, operation: 'model', model: id }),
    );
    head.activeModel = id;
    this.#activeId = id;
    return true;
  }

  async recordOf(id: number): Promise<ModelRecord> {
    const record = await readModelRecord(this.#sql, id);
    if (record === undefined) throw new Error(`There is no model ${id}.`);
    return record;
  }

  /** Whatever others have seen was seen under another model. */
  async #begin(): Promise<WriteHead> {
    const head = await this.#turn.takePen();
    this.#turn.changed.isEverything = true;
    return head;
  }
}
