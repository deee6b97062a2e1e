import type { AuditLink, AuditLogHead, AuditStrays } from './audit-chain.ts';
import type { AuditFilter, AuditPage } from './audit-page.ts';
import type { AuditScan } from './audit-scan.ts';
import type { ModelHistory } from './model-history.ts';

/** The audit log, to be read and to be proven. Nothing here writes. */
export interface AuditLog {
  /** One page of events, newest first, of those below `before`. */
  readonly events: (filter: AuditFilter, first: number, before: number | undefined) => Promise<AuditPage>;
  readonly head: () => Promise<AuditLogHead>;
  /** The next events after one, in the order of their ids, up to `last`. */
  readonly links: (after: number, last: number, limit: number) => Promise<readonly AuditLink[]>;
  /** Events and mentions before the first event that is kept, and after the last one; from one state. */
  readonly strays: () => Promise<AuditStrays>;
  /** The models, with the events outside of those from `start` to `end`: before it, those about models. From one state. */
  readonly models: (start: number, end: number) => Promise<ModelHistory>;
  /** Runs `use` in one state of the store, for as long as it takes. */
  readonly scan: <Value>(use: (scan: AuditScan) => Promise<Value>) => Promise<Value>;
}
