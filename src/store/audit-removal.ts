import { isRecord } from '../base/canonical-json.ts';
import type { ModelRecord } from './model-history.ts';

/** The operation that removes the oldest events. */
export const removalAction = 'removeAuditEvents';

/**
 * What the log says of events that are not kept any more: up to which, the link of the chain that the next one follows from, and
 * what they said of models, which are needed to judge everything after them. Recorded before any of them is removed.
 */
export interface AuditRemoval {
  /** The event that says so. */
  readonly event: number;
  readonly to: number;
  readonly hash: string;
  /** The time of the last of them. */
  readonly at: string;
  /** The models that were published up to there. The digest is missing of one that was published before events kept it. */
  readonly models: readonly (Pick<ModelRecord, 'model'> & Partial<ModelRecord>)[];
  readonly active: number | null;
}

/** Of an event: the record of what it removes. */
export function removalRecord({ to, hash, at, models, active }: Omit<AuditRemoval, 'event'>, from: number): object {
  return { events: { from, to }, hash, at, models, active };
}

/** The same, read again; undefined for a record that says something else. */
export function removalOf(event: number, record: unknown): AuditRemoval | undefined {
  if (!isRecord(record) || !isRecord(record.events)) return undefined;
  const { hash, at, models, active } = record;
  const { to } = record.events;
  if (typeof to !== 'number' || typeof hash !== 'string' || typeof at !== 'string') return undefined;
  if (!Array.isArray(models) || !(active === null || typeof active === 'number')) return undefined;
  return { event, to, hash, at, models: models.flatMap(modelIn), active };
}

function modelIn(record: unknown): AuditRemoval['models'] {
  if (!isRecord(record) || typeof record.model !== 'number') return [];
  const { model, digest } = record;
  return [{ model, ...(typeof digest === 'string' && { digest }) }];
}
