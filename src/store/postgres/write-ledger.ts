import type { AuditEvent, AuditHead } from '../audit-event.ts';
import type { RelationshipNumbers } from './relationship-numbers.ts';

/** What was done to a relationship, and its place among all changes. */
export interface LedgerChange {
  readonly revision: number;
  readonly ordinal: number;
  readonly operation: 'write' | 'delete';
  readonly row: RelationshipNumbers;
}

/** An event with its link of the chain. */
export interface LedgerEvent {
  readonly event: AuditEvent;
  readonly hash: string;
}

/** An outcome with the key that its actor chose. */
export interface LedgerOutcome {
  readonly actor: string;
  readonly key: string;
  readonly requestHash: string;
  readonly revision: number;
  /** The end of the audit log when it was kept. */
  readonly audit: AuditHead;
  readonly outcome: unknown;
}

/**
 * What writes leave about themselves, which no write looks at while it is on its way: kept until the end of the transaction, and
 * then written with a statement for each kind, however many writes are in it.
 */
export class WriteLedger {
  readonly changes: LedgerChange[] = [];
  readonly events: LedgerEvent[] = [];
  readonly outcomes: LedgerOutcome[] = [];

  add({ changes, events, outcomes }: WriteLedger): void {
    this.changes.push(...changes);
    this.events.push(...events);
    this.outcomes.push(...outcomes);
  }
}
