import type { Payer } from '../../engine/meter.ts';
import type { Model } from '../../model/model.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Constrain, WriteConstraint } from '../write-constraint.ts';
import type {
  AuditWriter,
  ModelWriter,
  OutcomeWriter,
  ProposalWriter,
  RelationshipWriter,
  WriteTransaction,
} from '../write-transaction.ts';
import { PostgresAuditWriter } from './audit-writer.ts';
import { PostgresModelWriter } from './model-writer.ts';
import { notingSnapshot } from './noting-snapshot.ts';
import { PostgresOutcomeWriter } from './outcome-writer.ts';
import { PostgresSnapshot } from './postgres-snapshot.ts';
import { PostgresProposalWriter } from './proposal-writer.ts';
import { RelationshipNumbering } from './relationship-numbering.ts';
import { PostgresRelationshipWriter } from './relationship-writer.ts';
import type { TransactionSql } from './sql.ts';
import { WriteHead } from './write-head.ts';
import type { WritePlace, WriteTurn } from './write-turn.ts';

/** What a write works with: writers on one transaction, which number and date what they write by one row. */
export class PostgresWriteTransaction<Problem> implements WriteTransaction {
  readonly relationships: RelationshipWriter;
  readonly models: ModelWriter;
  readonly audit: AuditWriter;
  readonly outcomes: OutcomeWriter;
  readonly proposals: ProposalWriter;
  readonly #sql: TransactionSql;
  readonly #turn: WriteTurn;
  readonly #place: WritePlace;
  readonly #payer: Payer | undefined;
  readonly #constraint: WriteConstraint<Problem>;
  readonly #numbering: RelationshipNumbering;
  #model: Model | undefined;

  constructor(
    sql: TransactionSql,
    turn: WriteTurn,
    place: WritePlace,
    constrain: Constrain<Problem>,
    payer: Payer | undefined,
  ) {
    this.#sql = sql;
    this.#turn = turn;
    this.#place = place;
    this.#payer = payer;
    this.#numbering = new RelationshipNumbering(sql, place.shapes);
    const constraint = constrain(this);
    this.#constraint = constraint;
    this.relationships = new PostgresRelationshipWriter(sql, turn, this.#numbering, {
      shapes: place.shapes,
      at: new WriteHead(place.before).time,
      see: (kind, changed) => constraint.see(kind, changed),
    });
    this.models = new PostgresModelWriter(sql, turn, place);
    this.audit = new PostgresAuditWriter(turn);
    this.outcomes = new PostgresOutcomeWriter(sql, turn, place.ledger);
    this.proposals = new PostgresProposalWriter(sql, turn);
  }

  async openSnapshot(objects: readonly ObjectRef[]): Promise<PostgresSnapshot> {
    const { models, shapes, before } = this.#place;
    this.#turn.seen.addNames(objects);
    const options = { payer: this.#payer, now: before.now };
    const snapshot = await PostgresSnapshot.open({ sql: this.#sql, shapes, models }, objects, options);
    this.#numbering.learnFrom(snapshot);
    this.#model = snapshot.prepared.model;
    return notingSnapshot(snapshot, this.#turn.seen);
  }

  async loadPresentModel(): Promise<Model> {
    return this.#model ?? (await this.openSnapshot([])).prepared.model;
  }

  /** What the write broke of what must hold for it. */
  findProblem(): Promise<Problem | undefined> {
    return this.#constraint.findProblem();
  }
}
