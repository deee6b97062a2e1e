import { canonicalJson, isRecord } from '../../../src/base/canonical-json.ts';
import { formatObjectRef } from '../../../src/model/object-ref.ts';
import { formatSubjectRef } from '../../../src/model/subject-ref.ts';
import type { AuditEvent } from '../../../src/store/audit-event.ts';
import type { AuditScan, RelationshipTexts, ReplayStep } from '../../../src/store/audit-scan.ts';
import type { StoredRelationship } from '../../../src/store/stored-relationship.ts';
import { headOf, historyOf } from './memory-audit-log.ts';
import { type MemoryState, textOf } from './memory-state.ts';

/** Scans one state; each event and each relationship is a page of its own. */
export function openMemoryScan(state: MemoryState): AuditScan {
  return {
    head: async () => headOf(state),
    steps: async function* () {
      for (const { event } of state.events) yield { steps: stepsOf(event), last: event.id };
    },
    relationships: async function* () {
      for (const { relationship } of state.rows.values()) yield [textsOf(relationship)];
    },
    models: async (after) => historyOf(state, 0, after),
    looseEnds: async () => {
      const lastRevision = Math.max(0, ...state.events.map(({ event }) => event.revision));
      return { unnamed: 0, mistyped: 0, revision: state.revision, lastRevision };
    },
    now: async () => textOf(new Date()),
  };
}

function stepsOf(event: AuditEvent): readonly ReplayStep[] {
  if (event.outcome !== 'done') return [];
  const of = (kind: ReplayStep['kind'], records: readonly unknown[]) =>
    records.flatMap((record) => stepOf(event, kind, record));
  return [...of('taken', event.before), ...of('put', event.after)];
}

function stepOf({ id, at, actor }: AuditEvent, kind: ReplayStep['kind'], record: unknown): readonly ReplayStep[] {
  if (!isRecord(record)) return [];
  const { object, relation, subject, condition, startsAt, expiresAt } = record;
  if (typeof object !== 'string' || typeof relation !== 'string' || typeof subject !== 'string') return [];
  const said = isRecord(condition) ? { name: String(condition.name), context: canonicalJson(condition.context) } : null;
  return [
    {
      event: id,
      kind,
      ...{ object, relation, subject },
      condition: said?.name ?? null,
      context: said?.context ?? null,
      startsAt: typeof startsAt === 'string' ? textOf(new Date(startsAt)) : null,
      expiresAt: typeof expiresAt === 'string' ? textOf(new Date(expiresAt)) : null,
      createdAt: at,
      createdBy: actor.startsWith('console ') ? null : actor,
    },
  ];
}

function textsOf(stored: StoredRelationship): RelationshipTexts {
  const { object, relation, subject, condition, startsAt, expiresAt, createdAt, createdBy } = stored;
  return {
    object: formatObjectRef(object),
    relation,
    subject: formatSubjectRef(subject),
    condition: condition?.name ?? null,
    context: condition === undefined ? null : canonicalJson(Object.fromEntries(condition.context)),
    startsAt: startsAt === undefined ? null : textOf(startsAt),
    expiresAt: expiresAt === undefined ? null : textOf(expiresAt),
    createdAt: textOf(createdAt),
    createdBy: createdBy === undefined ? null : formatSubjectRef(createdBy),
  };
}
