import type { Model } from '../../model/model.ts';
import type { ModelModule } from '../../model/model-source.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Relationship } from '../../model/relationship.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import { type AuditEvent, type AuditHead, type AuditRecord, asStored, hashOfEvent } from '../audit-event.ts';
import type { ModelRecord } from '../model-history.ts';
import type { StoredRelationship } from '../stored-relationship.ts';
import { UnreadableModel } from '../unreadable-model.ts';
import { changeChannel } from './change-channel.ts';
import { rowsOf, type TransactionSql } from './connect.ts';
import { findOutcome, type KeptOutcome } from './find-outcome.ts';
import { insertAuditEvent } from './insert-audit-event.ts';
import type { PostgresSnapshot } from './postgres-snapshot.ts';
import { readModelRecord } from './read-model-history.ts';
import { readRelationshipsAt, relationshipsAt } from './read-relationships.ts';
import { RelationshipNumbering } from './relationship-numbering.ts';
import { columnsOf, type RelationshipNumbers } from './relationship-numbers.ts';
import { addTerms } from './terms.ts';
import { type Origin, upsertRelationships } from './upsert-relationships.ts';

/** The state of the store's row, which a write locks first. */
export interface StoreHead {
  readonly revision: number;
  readonly identity: string;
  readonly activeModel: number | null;
  /** How many audit events there are, and the hash of the last one. */
  readonly audit: AuditHead;
  /** The time of the last audit event; undefined in an empty log. */
  readonly lastEventAt: string | undefined;
  /** The database's clock when the write began. */
  readonly now: string;
}

/** What happens to relationships; `replace` writes one whatever is there with the same key. */
export type ChangeKind = 'write' | 'replace' | 'delete';

export type WatchChanges = (kind: ChangeKind, relationships: readonly Relationship[]) => Promise<void>;

/** One write on its way: sees all writes before it, and nobody sees it before it commits. */
export class WriteTransaction {
  readonly #sql: TransactionSql;
  readonly #head: StoreHead;
  /** The revision that the write will be. */
  readonly revision: number;
  readonly #open: (objects: readonly ObjectRef[]) => Promise<PostgresSnapshot>;
  readonly #load: (id: number) => Promise<Model | undefined>;
  /** The clock of the snapshot that the write was decided on: what it writes has the same time. */
  #now: string | undefined;
  #changes = 0;
  #activeModel: number | null;
  #audit: AuditHead;
  readonly #numbering: RelationshipNumbering;
  #model: Model | undefined;
  #watch: WatchChanges = async () => {};

  constructor(
    sql: TransactionSql,
    head: StoreHead,
    openSnapshot: (objects: readonly ObjectRef[]) => Promise<PostgresSnapshot>,
    loadModel: (id: number) => Promise<Model | undefined>,
  ) {
    this.#sql = sql;
    this.#numbering = new RelationshipNumbering(sql);
    this.#head = head;
    this.revision = head.revision + 1;
    this.#open = openSnapshot;
    this.#load = loadModel;
    this.#activeModel = head.activeModel;
    this.#audit = head.audit;
  }

  /** The instant of everything that this write writes; never before the write before it, even if the clock was set back. */
  get #time(): string {
    const clock = this.#now ?? this.#head.now;
    const { lastEventAt } = this.#head;
    return lastEventAt !== undefined && lastEventAt > clock ? lastEventAt : clock;
  }

  /** The state that the write is decided on: all writes before this one, and nothing after. */
  async openSnapshot(objects: readonly ObjectRef[]): Promise<PostgresSnapshot> {
    const snapshot = await this.#open(objects);
    this.#now ??= snapshot.nowText;
    this.#model = snapshot.prepared.model;
    return snapshot;
  }

  /** Tells `watch` of all relationships that are going to be written or deleted, before they are. */
  watchChanges(watch: WatchChanges): void {
    this.#watch = watch;
  }

  /** The model of the state that the write is decided on. */
  async loadPresentModel(): Promise<Model> {
    return this.#model ?? (await this.openSnapshot([])).prepared.model;
  }

  /** A model that was published before this write; undefined when there is none with this id. */
  loadModel(id: number): Promise<Model | undefined> {
    return this.#load(id);
  }

  /** The model that was active before this write; undefined as well when it cannot be compiled, so that another can follow. */
  async loadActiveModel(): Promise<Model | undefined> {
    const { activeModel } = this.#head;
    if (activeModel === null) return undefined;
    return this.#load(activeModel).catch((error: unknown) => {
      if (error instanceof UnreadableModel) return undefined;
      throw error;
    });
  }

  /** A connection in this transaction, for reading alongside. */
  get sql(): TransactionSql {
    return this.#sql;
  }

  /**
   * Writes relationships that are valid for the active model, and returns those that were there already, as they are.
   *
   * One that has expired does not count as being there: it is replaced.
   */
  async writeRelationships(
    relationships: readonly Relationship[],
    actor: SubjectRef | undefined,
  ): Promise<readonly StoredRelationship[]> {
    if (relationships.length === 0) return [];
    await this.#watch('write', relationships);
    const rows = await this.#numbering.number(relationships);
    const positions = await upsertRelationships(this.#sql, rows, this.#originOf(actor), false);
    await this.#recordChanges(
      'write',
      rows.filter((_, index) => positions.has(index)),
    );
    if (positions.size === rows.length) return [];
    const others = rows.filter((_, index) => !positions.has(index));
    const existing = await readRelationshipsAt(this.#sql, columnsOf(others), this.#time);
    return existing.map(({ relationship }) => relationship);
  }

  /** Writes a relationship that is valid for the active model, whatever was there with the same key. */
  async replaceRelationship(relationship: Relationship, actor: SubjectRef | undefined): Promise<void> {
    await this.#watch('replace', [relationship]);
    const rows = await this.#numbering.number([relationship]);
    await upsertRelationships(this.#sql, rows, this.#originOf(actor), true);
    await this.#recordChanges('write', rows);
  }

  /** Those of the relationships that are there, as they are; one that has expired is not. */
  async findRelationships(relationships: readonly Relationship[]): Promise<readonly StoredRelationship[]> {
    if (relationships.length === 0) return [];
    const rows = await this.#numbering.find(relationships);
    const existing = await readRelationshipsAt(this.#sql, columnsOf(rows), this.#time);
    const now = new Date(this.#time);
    return existing.flatMap(({ relationship }) =>
      relationship.expiresAt === undefined || relationship.expiresAt > now ? [relationship] : [],
    );
  }

  /** Deletes relationships and returns those that were there, as they were; one that has expired was not. */
  async deleteRelationships(relationships: readonly Relationship[]): Promise<readonly StoredRelationship[]> {
    if (relationships.length === 0) return [];
    await this.#watch('delete', relationships);
    const rows = await this.#numbering.find(relationships);
    const columns = columnsOf(rows);
    const existing = await readRelationshipsAt(this.#sql, columns, this.#time);
    await this.#sql`
      delete from relationship where ctid = any(array(
        select e.ctid ${relationshipsAt(this.#sql, columns)}
      ))`;
    const positions = new Set(existing.map(({ position }) => position));
    await this.#recordChanges(
      'delete',
      rows.filter((_, index) => positions.has(index)),
    );
    return existing.map(({ relationship }) => relationship);
  }

  /** Stores a model that was parsed; it decides nothing before it is activated. */
  async addModel(
    model: Model,
    dsl: string,
    modules: readonly ModelModule[] | undefined,
    actor: SubjectRef | undefined,
  ) {
    await addTerms(this.#sql, model);
    this.#numbering.forgetTerms();
    const stored = modules === undefined ? null : JSON.stringify(modules);
    const createdBy = actor === undefined ? null : formatSubjectRef(actor);
    const [row] = rowsOf(
      await this.#sql<{ id: number; created_at: Date }[]>`
        insert into model (dsl, modules, created_by) values (${dsl}, ${stored}::text::jsonb, ${createdBy})
        returning id, created_at`,
    );
    if (row === undefined) throw new Error('The model was not stored.');
    this.#changes += 1;
    return { id: row.id, createdAt: row.created_at };
  }

  /** A model as audit events name it: whoever changes its text past the log is found. */
  async recordOfModel(id: number): Promise<ModelRecord> {
    const record = await readModelRecord(this.#sql, id);
    if (record === undefined) throw new Error(`There is no model ${id}.`);
    return record;
  }

  /** Makes a published model the one that decides; false when there is no such model. */
  async activateModel(id: number): Promise<boolean> {
    const updated = await this.#sql`
      update store set active_model = ${id} where exists (select from model where model.id = ${id})`;
    if (updated.count === 0) return false;
    await this.#sql`
      insert into change (revision, ordinal, operation, model) values (${this.revision}, ${this.#changes}, 'model', ${id})`;
    this.#changes += 1;
    this.#activeModel = id;
    return true;
  }

  /** Appends to the audit log: what is recorded exists if and only if the write does. */
  async recordAudit(record: AuditRecord): Promise<void> {
    const event: AuditEvent = {
      ...asStored(record),
      id: this.#audit.length + 1,
      // What changed nothing belongs to the state before it.
      revision: this.#changes === 0 ? this.#head.revision : this.revision,
      at: this.#time,
      model: this.#activeModel,
    };
    const hash = hashOfEvent(this.#audit.hash, event);
    await insertAuditEvent(this.#sql, event, hash);
    this.#audit = { length: event.id, hash };
  }

  /** The outcome that was stored under a key of this actor, if it was used before. */
  findOutcome(actor: string, key: string): Promise<KeptOutcome | undefined> {
    return findOutcome(this.#sql, actor, key);
  }

  /** Keeps the outcome of this write; called after its last change. */
  async storeOutcome(actor: string, key: string, requestHash: string, outcome: unknown): Promise<void> {
    // Where nothing changed there is no new revision, and the outcome must not promise one.
    const revision = this.#changes === 0 ? this.revision - 1 : this.revision;
    await this.#sql`
      insert into idempotency (actor, key, request_hash, revision, outcome)
      values (${actor}, ${key}, ${requestHash}, ${revision}, ${JSON.stringify(outcome)}::text::jsonb)`;
  }

  /**
   * Advances the store's row if anything was written; the last statement before the commit. Whether anything changed.
   * If so, whoever waits for changes is woken when, and only if, the write is committed.
   */
  async finish(): Promise<boolean> {
    const { length, hash } = this.#audit;
    const revision = this.#changes === 0 ? this.#head.revision : this.revision;
    if (revision !== this.#head.revision || length !== this.#head.audit.length) {
      await this.#sql`
        update store set revision = ${revision}, audit_length = ${length}, audit_head = ${hash}
        returning case when ${this.#changes > 0} then pg_notify(${changeChannel}, ${String(revision)}) end`;
    }
    return this.#changes > 0;
  }

  #originOf(actor: SubjectRef | undefined): Origin {
    const createdBy = actor === undefined ? null : formatSubjectRef(actor);
    return { at: this.#time, createdBy, revision: this.revision };
  }

  async #recordChanges(operation: 'write' | 'delete', rows: readonly RelationshipNumbers[]): Promise<void> {
    if (rows.length === 0) return;
    const columns = columnsOf(rows);
    await this.#sql`
      insert into change
        (revision, ordinal, operation, object, relation, subject, subject_type, condition, context, expires_at)
      select ${this.revision}, ${this.#changes} + position - 1, ${operation}, object, relation, subject, subject_type,
        condition, context::jsonb, expires_at::timestamptz
      from unnest(
        ${columns.object}::int8[], ${columns.relation}::int2[], ${columns.subject}::int8[],
        ${columns.subjectType}::int2[], ${columns.condition}::int2[], ${columns.context}::text[],
        ${columns.expiresAt}::text[]
      ) with ordinality as q (object, relation, subject, subject_type, condition, context, expires_at, position)`;
    this.#changes += rows.length;
  }
}
