import type { AuditEvent } from '../audit-event.ts';
import type { RowOf } from './row-of.ts';
import type { Sql, TransactionSql } from './sql.ts';
import type { auditEvent } from './tables.ts';
import { utcText } from './utc-text.ts';

/** The columns of an audit event, as `selectEvent` reads them: the time as text, with its microseconds. */
export type AuditRow = Omit<RowOf<typeof auditEvent>, 'at'> & { readonly at: string };

export function selectEvent(sql: Sql | TransactionSql) {
  return sql`
    select e.id, e.revision, ${utcText(sql, sql`e.at`)} as at, e.actor, e.delegate, e.action, e.outcome, e.model,
      e.before, e.after, e.reason, e.request_id, e.hash`;
}

export function auditEventOf(row: AuditRow): AuditEvent {
  const { id, revision, at, actor, delegate, action, outcome, model, before, after, reason, request_id } = row;
  const optional = { delegate: delegate ?? undefined, reason: reason ?? undefined, requestId: request_id ?? undefined };
  return { id, revision, at, actor, action, outcome, model, before, after, ...optional };
}
