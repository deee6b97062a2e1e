import { type AuditEvent, type AuditRecord, asStored, hashOfEvent } from '../audit-event.ts';
import type { AuditWriter } from '../write-transaction.ts';
import { insertAuditEvent } from './insert-audit-event.ts';
import type { TransactionSql } from './sql.ts';
import type { WriteHead } from './write-head.ts';

/** Appends events to the chain, whose end is in the store's row. */
export class PostgresAuditWriter implements AuditWriter {
  readonly #sql: TransactionSql;
  readonly #head: WriteHead;

  constructor(sql: TransactionSql, head: WriteHead) {
    this.#sql = sql;
    this.#head = head;
  }

  async record(record: AuditRecord): Promise<void> {
    const { revision, time, activeModel, audit } = this.#head;
    const event: AuditEvent = {
      ...asStored(record),
      id: audit.length + 1,
      revision,
      at: time,
      model: activeModel,
    };
    const hash = hashOfEvent(audit.hash, event);
    this.#head.audit = { length: event.id, hash };
    await insertAuditEvent(this.#sql, event, hash);
  }
}
