import type { Model } from '../../model/model.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Constrain, WriteConstraint } from '../write-constraint.ts';
import type {
  AuditWriter,
  ModelWriter,
  OutcomeWriter,
  RelationshipWriter,
  WriteTransaction,
} from '../write-transaction.ts';
import { PostgresAuditWriter } from './audit-writer.ts';
import type { LoadsModels } from './model-cache.ts';
import { PostgresModelWriter } from './model-writer.ts';
import { PostgresOutcomeWriter } from './outcome-writer.ts';
import { type OpenOptions, PostgresSnapshot } from './postgres-snapshot.ts';
import { PostgresRelationshipWriter } from './relationship-writer.ts';
import type { TransactionSql } from './sql.ts';
import type { WriteHead } from './write-head.ts';

/** What a write works with: writers on one transaction, which number and date what they write by one row. */
export class PostgresWriteTransaction<Problem> implements WriteTransaction {
  readonly relationships: RelationshipWriter;
  readonly models: ModelWriter;
  readonly audit: AuditWriter;
  readonly outcomes: OutcomeWriter;
  readonly #open: (objects: readonly ObjectRef[]) => Promise<PostgresSnapshot>;
  readonly #head: WriteHead;
  readonly #constraint: WriteConstraint<Problem>;
  #model: Model | undefined;

  constructor(
    sql: TransactionSql,
    head: WriteHead,
    models: LoadsModels,
    constrain: Constrain<Problem>,
    options: OpenOptions,
  ) {
    this.#open = (objects) => PostgresSnapshot.open(sql, models, objects, options);
    this.#head = head;
    const constraint = constrain(this);
    this.#constraint = constraint;
    this.relationships = new PostgresRelationshipWriter(sql, head, (kind, changed) => constraint.see(kind, changed));
    this.models = new PostgresModelWriter(sql, head, models);
    this.audit = new PostgresAuditWriter(sql, head);
    this.outcomes = new PostgresOutcomeWriter(sql, head);
  }

  async openSnapshot(objects: readonly ObjectRef[]): Promise<PostgresSnapshot> {
    const snapshot = await this.#open(objects);
    this.#head.decideAt(snapshot.nowText);
    this.#model = snapshot.prepared.model;
    return snapshot;
  }

  async loadPresentModel(): Promise<Model> {
    return this.#model ?? (await this.openSnapshot([])).prepared.model;
  }

  /** What the write broke of what must hold for it. */
  findProblem(): Promise<Problem | undefined> {
    return this.#constraint.findProblem();
  }
}
