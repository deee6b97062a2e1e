import type { Result } from '../../base/result.ts';
import type { Retention } from '../../store/upkeep.ts';
import { combineResults } from './combine-results.ts';
import { type Environment, readWholeNumber, type VariableName } from './environment.ts';

const dayMs = 86_400_000;

/** How long what is not needed any more is kept; 0 keeps it for ever. */
export function readRetention(environment: Environment): Result<Retention, readonly string[]> {
  const days = (name: VariableName, otherwise: number) =>
    inMs(readWholeNumber(environment, name, { ...daysRange, otherwise }));
  return combineResults<Retention>({
    expiredMs: days('POSTERN_KEEP_EXPIRED_DAYS', 30),
    changesMs: days('POSTERN_KEEP_CHANGES_DAYS', 30),
    // Whoever repeats a write does so within minutes.
    outcomesMs: days('POSTERN_KEEP_OUTCOMES_DAYS', 3),
    auditMs: days('POSTERN_KEEP_AUDIT_DAYS', 0),
  });
}

const daysRange = { least: 0, most: 36_500 };

function inMs(days: Result<number, readonly string[]>): Result<number, readonly string[]> {
  return days.ok ? { ok: true, value: days.value === 0 ? Number.POSITIVE_INFINITY : days.value * dayMs } : days;
}
