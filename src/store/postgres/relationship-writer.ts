import type { Relationship } from '../../model/relationship.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import type { StoredRelationship } from '../stored-relationship.ts';
import type { ChangeKind } from '../write-constraint.ts';
import type { RelationshipWriter } from '../write-transaction.ts';
import { insertChanges } from './insert-changes.ts';
import { liveAt } from './live-at.ts';
import { readRelationshipsAt, relationshipsAt } from './read-relationships.ts';
import { RelationshipNumbering } from './relationship-numbering.ts';
import { columnsOf, type RelationshipNumbers } from './relationship-numbers.ts';
import type { TransactionSql } from './sql.ts';
import { type Origin, upsertRelationships } from './upsert-relationships.ts';
import type { WriteHead } from './write-head.ts';

/** Told of everything that is going to be written or deleted, before it is. */
export type SeeChanges = (kind: ChangeKind, relationships: readonly Relationship[]) => Promise<void>;

/** Writes relationships and what each write of them changed. */
export class PostgresRelationshipWriter implements RelationshipWriter {
  readonly #sql: TransactionSql;
  readonly #head: WriteHead;
  readonly #see: SeeChanges;
  readonly #numbering: RelationshipNumbering;

  constructor(sql: TransactionSql, head: WriteHead, see: SeeChanges) {
    this.#sql = sql;
    this.#head = head;
    this.#see = see;
    this.#numbering = new RelationshipNumbering(sql);
  }

  async write(
    relationships: readonly Relationship[],
    actor: SubjectRef | undefined,
  ): Promise<readonly StoredRelationship[]> {
    if (relationships.length === 0) return [];
    await this.#see('write', relationships);
    const rows = await this.#numbering.number(relationships);
    const positions = await upsertRelationships(this.#sql, rows, this.#originOf(actor), false);
    await this.#recordChanges('write', rows, positions);
    if (positions.size === rows.length) return [];
    const others = rows.filter((_, index) => !positions.has(index));
    const existing = await readRelationshipsAt(this.#sql, columnsOf(others), this.#head.time);
    return existing.map(({ relationship }) => relationship);
  }

  async replace(relationship: Relationship, actor: SubjectRef | undefined): Promise<void> {
    await this.#see('replace', [relationship]);
    const rows = await this.#numbering.number([relationship]);
    await upsertRelationships(this.#sql, rows, this.#originOf(actor), true);
    await this.#recordChanges('write', rows, new Set(rows.keys()));
  }

  async find(relationships: readonly Relationship[]): Promise<readonly StoredRelationship[]> {
    if (relationships.length === 0) return [];
    const rows = await this.#numbering.find(relationships);
    const existing = await readRelationshipsAt(this.#sql, columnsOf(rows), this.#head.time);
    return existing.map(({ relationship }) => relationship);
  }

  async delete(relationships: readonly Relationship[]): Promise<readonly StoredRelationship[]> {
    if (relationships.length === 0) return [];
    await this.#see('delete', relationships);
    const rows = await this.#numbering.find(relationships);
    const columns = columnsOf(rows);
    const existing = await readRelationshipsAt(this.#sql, columns, this.#head.time);
    // What has expired is not there, and stays: a row that goes without a change would be one that only some have forgotten.
    await this.#sql`
      delete from relationship where ctid = any(array(
        select e.ctid ${relationshipsAt(this.#sql, columns)}
        where ${liveAt(this.#sql, this.#sql`e.expires_at`, this.#head.time)}
      ))`;
    await this.#recordChanges('delete', rows, new Set(existing.map(({ position }) => position)));
    return existing.map(({ relationship }) => relationship);
  }

  #originOf(actor: SubjectRef | undefined): Origin {
    const createdBy = actor === undefined ? null : formatSubjectRef(actor);
    return { at: this.#head.time, createdBy, revision: this.#head.next };
  }

  /** Of the rows, those at these positions. */
  async #recordChanges(
    operation: 'write' | 'delete',
    rows: readonly RelationshipNumbers[],
    positions: ReadonlySet<number>,
  ): Promise<void> {
    const changed = rows.filter((_, index) => positions.has(index));
    if (changed.length === 0) return;
    const first = this.#head.addChanges(changed.length);
    await insertChanges(this.#sql, { revision: this.#head.next, first, operation }, changed);
  }
}
