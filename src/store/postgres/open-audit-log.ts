import type { AuditLog } from '../audit-log.ts';
import type { Connections } from './connection-pool.ts';
import { openAuditScan } from './open-audit-scan.ts';
import { readAuditHead, readAuditLinks, readAuditStrays } from './read-audit-chain.ts';
import { readAuditEvents } from './read-audit-events.ts';
import { readModelHistory } from './read-model-history.ts';
import type { Shapes } from './shapes.ts';

type InTurn = <Value>(work: () => Promise<Value>) => Promise<Value>;

/** `inTurn` bounds a single read, which waits for its turn. */
export function openAuditLog(connections: Connections, shapes: Shapes, inTurn: InTurn): AuditLog {
  return {
    events: (filter, first, before) =>
      inTurn(() => connections.read('audit', (sql) => readAuditEvents(sql, filter, first, before))),
    head: () => inTurn(() => connections.read('audit', (sql) => readAuditHead(sql))),
    links: (after, last, limit) =>
      inTurn(() => connections.read('audit', (sql) => readAuditLinks(sql, after, last, limit))),
    strays: () => inTurn(() => connections.read('audit', (sql) => readAuditStrays(sql))),
    models: (start, end) => inTurn(() => connections.read('audit', (sql) => readModelHistory(sql, start, end))),
    scan: (use) => shapes.inQuietState(connections, 'audit', (sql) => use(openAuditScan(sql, shapes))),
  };
}
