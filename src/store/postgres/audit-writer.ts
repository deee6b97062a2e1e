import { type AuditEvent, type AuditRecord, asStored, hashOfEvent } from '../audit-event.ts';
import type { AuditWriter } from '../write-transaction.ts';
import type { WriteTurn } from './write-turn.ts';

/** Appends events to the chain, whose end is in the store's row. */
export class PostgresAuditWriter implements AuditWriter {
  readonly #turn: WriteTurn;

  constructor(turn: WriteTurn) {
    this.#turn = turn;
  }

  async record(record: AuditRecord): Promise<void> {
    const head = await this.#turn.takeTurn();
    const { revision, time, activeModel, audit } = head;
    const event: AuditEvent = {
      ...asStored(record),
      id: audit.length + 1,
      revision,
      at: time,
      model: activeModel,
    };
    const hash = hashOfEvent(audit.hash, event);
    head.audit = { length: event.id, hash };
    this.#turn.ledger.events.push({ event, hash });
  }
}
