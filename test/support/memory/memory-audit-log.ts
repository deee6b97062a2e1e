import { canonicalJson, isRecord } from '../../../src/base/canonical-json.ts';
import type { AuditLogHead } from '../../../src/store/audit-chain.ts';
import type { AuditEvent } from '../../../src/store/audit-event.ts';
import type { AuditLog } from '../../../src/store/audit-log.ts';
import type { AuditFilter, AuditPage } from '../../../src/store/audit-page.ts';
import { type ModelHistory, modelActions } from '../../../src/store/model-history.ts';
import { openMemoryScan } from './memory-audit-scan.ts';
import { modelRecordOf } from './memory-model-writer.ts';
import { type MemoryState, textOf } from './memory-state.ts';

/** The log of what was committed last, at each call. */
export function openMemoryAuditLog(present: () => MemoryState): AuditLog {
  return {
    events: async (filter, first, before) => pageOfEvents(present(), filter, first, before),
    head: async () => headOf(present()),
    links: async (after, last, limit) =>
      present()
        .events.filter(({ event: { id } }) => id > after && id <= last)
        .slice(0, limit),
    strays: async () => ({ event: undefined, mention: undefined }),
    models: async (start, end) => historyOf(present(), start, end),
    scan: (use) => use(openMemoryScan(present())),
  };
}

export function headOf({ events }: MemoryState): AuditLogHead {
  const hash = events.at(-1)?.hash ?? '';
  return { start: 0, length: events.length, hash, removed: { event: 0, hash: '' }, removal: undefined };
}

/** Before the part from `start` to `end`, only what is about models. */
export function historyOf({ events, models, activeModel }: MemoryState, start: number, end: number): ModelHistory {
  const steps = events
    .map(({ event }) => event)
    .filter(({ id, action }) => (id <= start && modelActions.includes(action)) || id > end);
  return { active: activeModel, models: models.map(modelRecordOf), steps };
}

export function pageOfEvents(
  { events: links }: MemoryState,
  filter: AuditFilter,
  first: number,
  before = Infinity,
): AuditPage {
  const found = links
    .filter(({ event, mentions }) => {
      const isMentioned = (kind: 'object' | 'subject', name: string | undefined) =>
        name === undefined || mentions.some((mention) => mention.kind === kind && mention.name === name);
      const isNamed = isMentioned('object', filter.object) && isMentioned('subject', filter.subject);
      const { involving, object } = filter;
      const isInvolved =
        involving === undefined ||
        object === involving.subject ||
        event.actor === involving.subject ||
        involving.delegates.some((name) => name === event.delegate) ||
        (object === undefined
          ? isMentioned('subject', involving.subject) || isMentioned('object', involving.subject)
          : namesBoth(event, object, involving.subject));
      return event.id > (filter.after ?? 0) && event.id < before && isNamed && isInvolved && isAsked(event, filter);
    })
    .map(({ event }) => event)
    .toReversed();
  const events = found.slice(0, first);
  return { events, hasMore: found.length > first, last: events.at(-1)?.id, isCutShort: false };
}

function namesBoth({ before, after }: AuditEvent, object: string, subject: string): boolean {
  const isTogether = (record: unknown) =>
    isRecord(record) && canonicalJson([record.object, record.subject]) === canonicalJson([object, subject]);
  return [...before, ...after].some(isTogether);
}

function isAsked(
  event: AuditEvent,
  { object, subject, actor, action, actions, outcome, from, to, without }: AuditFilter,
): boolean {
  if (object !== undefined && subject !== undefined && !namesBoth(event, object, subject)) return false;
  if (actions !== undefined && !actions.includes(event.action)) return false;
  if (without?.some((name) => name === event.actor || name === event.delegate)) return false;
  const isAs = (asked: string | undefined, is: string) => asked === undefined || asked === is;
  return (
    isAs(actor, event.actor) &&
    isAs(action, event.action) &&
    isAs(outcome, event.outcome) &&
    (from === undefined || event.at >= textOf(from)) &&
    (to === undefined || event.at < textOf(to))
  );
}
