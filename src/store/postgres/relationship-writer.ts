import { formatObjectRef } from '../../model/object-ref.ts';
import type { Relationship } from '../../model/relationship.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import type { StoredRelationship } from '../stored-relationship.ts';
import type { ChangeKind } from '../write-constraint.ts';
import type { RelationshipWriter } from '../write-transaction.ts';
import type { Fragment } from './connect.ts';
import { guardModel } from './guard-model.ts';
import { thereAt } from './live-at.ts';
import type { RelationshipNumbering } from './relationship-numbering.ts';
import { columnsOf, objectsOf, type RelationshipNumbers } from './relationship-numbers.ts';
import type { Shapes } from './shapes.ts';
import type { TransactionSql } from './sql.ts';
import type { Origin } from './upsert-relationships.ts';
import type { WriteHead } from './write-head.ts';
import type { WriteTurn } from './write-turn.ts';

/** Told of everything that is going to be written or deleted, before it is. */
export type SeeChanges = (kind: ChangeKind, relationships: readonly Relationship[]) => Promise<void>;

export interface RelationshipWriterOptions {
  readonly shapes: Shapes;
  /** What has expired at this instant does not count as being there. */
  readonly at: string;
  readonly see: SeeChanges;
}

/** Writes relationships, and notes what each write of them changed. */
export class PostgresRelationshipWriter implements RelationshipWriter {
  readonly #sql: TransactionSql;
  readonly #turn: WriteTurn;
  readonly #numbering: RelationshipNumbering;
  readonly #options: RelationshipWriterOptions;

  constructor(
    sql: TransactionSql,
    turn: WriteTurn,
    numbering: RelationshipNumbering,
    options: RelationshipWriterOptions,
  ) {
    this.#sql = sql;
    this.#turn = turn;
    this.#numbering = numbering;
    this.#options = options;
  }

  async write(
    relationships: readonly Relationship[],
    actor: SubjectRef | undefined,
  ): Promise<readonly StoredRelationship[]> {
    if (relationships.length === 0) return [];
    const { rows, positions } = await this.#put('write', relationships, actor);
    if (positions.size === rows.length) return [];
    return this.#read(rows.filter((_, index) => !positions.has(index)));
  }

  async replace(relationship: Relationship, actor: SubjectRef | undefined): Promise<void> {
    await this.#put('replace', [relationship], actor);
  }

  async find(relationships: readonly Relationship[]): Promise<readonly StoredRelationship[]> {
    if (relationships.length === 0) return [];
    this.#turn.seen.addNames(objectsOf(relationships));
    const rows = await this.#numbering.find(relationships);
    for (const { object, relationship } of rows) this.#turn.seen.addSource({ object, relation: relationship.relation });
    return this.#read(rows);
  }

  async delete(relationships: readonly Relationship[]): Promise<readonly StoredRelationship[]> {
    if (relationships.length === 0) return [];
    await this.#options.see('delete', relationships);
    return this.#remove(relationships, (row) => thereAt(this.#sql, row, this.#options.at));
  }

  async removeExpired(relationships: readonly Relationship[], endedForMs: number) {
    if (relationships.length === 0) return [];
    const sql = this.#sql;
    const { at } = this.#options;
    return this.#remove(
      relationships,
      (row) => sql`${row}.expires_at < ${at}::text::timestamptz - ${endedForMs} * interval '1 ms'`,
    );
  }

  async #remove(relationships: readonly Relationship[], which: (row: Fragment) => Fragment) {
    const head = await this.#turn.takePen();
    const rows = await this.#numbering.find(relationships);
    const existing = await this.#options.shapes.deleteRelationships(this.#sql, rows, which);
    this.#record(head, 'delete', rows, new Set(existing.map(({ position }) => position)));
    return existing.map(({ relationship }) => relationship);
  }

  async #put(kind: 'write' | 'replace', relationships: readonly Relationship[], actor: SubjectRef | undefined) {
    await this.#options.see(kind, relationships);
    const head = await this.#turn.takePen();
    if (relationships.some(({ startsAt }) => startsAt !== undefined)) await guardModel(this.#sql);
    const { rows, added } = await this.#numbering.number(relationships);
    for (const object of added) this.#turn.changed.names.add(formatObjectRef(object));
    const positions = await this.#options.shapes.upsertRelationships(
      this.#sql,
      rows,
      originOf(head, actor),
      kind === 'replace',
    );
    this.#record(head, 'write', rows, positions);
    return { rows, positions };
  }

  async #read(rows: readonly RelationshipNumbers[]): Promise<readonly StoredRelationship[]> {
    const found = await this.#options.shapes.readRelationshipsAt(this.#sql, columnsOf(rows), this.#options.at);
    return found.map(({ relationship }) => relationship);
  }

  /** Of the rows, those at these positions. */
  #record(
    head: WriteHead,
    operation: 'write' | 'delete',
    rows: readonly RelationshipNumbers[],
    positions: ReadonlySet<number>,
  ): void {
    const changed = rows.filter((_, index) => positions.has(index));
    const first = head.addChanges(changed.length);
    this.#turn.changed.rows.push(...changed);
    for (const [index, row] of changed.entries()) {
      this.#turn.ledger.changes.push({ revision: head.next, ordinal: first + index, operation, row });
    }
  }
}

function originOf(head: WriteHead, actor: SubjectRef | undefined): Origin {
  const createdBy = actor === undefined ? null : formatSubjectRef(actor);
  return { at: head.time, createdBy, revision: head.next };
}
