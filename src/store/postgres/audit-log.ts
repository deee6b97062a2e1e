import type { AuditLink } from './audit-rows.ts';
import type { TransactionSql } from './connect.ts';
import type { Connections } from './connection-pool.ts';
import {
  type AuditLogHead,
  type AuditStrays,
  readAuditHead,
  readAuditLinks,
  readAuditStrays,
} from './read-audit-chain.ts';
import { type AuditFilter, type AuditPage, readAuditEvents } from './read-audit-events.ts';
import { type ModelHistory, readModelHistory } from './read-model-history.ts';

/** The audit log, to be read and to be proven. Nothing here writes. */
export interface AuditLog {
  readonly events: (filter: AuditFilter, first: number, before: number | undefined) => Promise<AuditPage>;
  readonly head: () => Promise<AuditLogHead>;
  readonly links: (after: number, last: number, limit: number) => Promise<readonly AuditLink[]>;
  readonly strays: () => Promise<AuditStrays>;
  /** The models, and the events about them outside of those from `start` to `end`; from one state. */
  readonly models: (start: number, end: number) => Promise<ModelHistory>;
  /** Runs `use` in one state of the database, for as long as it takes. */
  readonly inSnapshot: <Value>(use: (sql: TransactionSql) => Promise<Value>) => Promise<Value>;
}

type InTurn = <Value>(work: () => Promise<Value>) => Promise<Value>;

/** `inTurn` bounds a single read, which waits for its turn. */
export function openAuditLog(connections: Connections, inTurn: InTurn): AuditLog {
  return {
    events: (filter, first, before) =>
      inTurn(() => connections.read((sql) => readAuditEvents(sql, filter, first, before))),
    head: () => inTurn(() => connections.read((sql) => readAuditHead(sql))),
    links: (after, last, limit) => inTurn(() => connections.read((sql) => readAuditLinks(sql, after, last, limit))),
    strays: () => inTurn(() => connections.read((sql) => readAuditStrays(sql))),
    models: (start, end) => inTurn(() => connections.read((sql) => readModelHistory(sql, start, end))),
    inSnapshot: (use) => connections.transaction('isolation level repeatable read read only', use),
  };
}
