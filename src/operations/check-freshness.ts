import { failed, ok, type Result } from '../base/result.ts';
import { type Consistency, findMissing } from '../model/consistency.ts';
import type { Position } from '../model/consistency-token.ts';
import { type Problem, problem } from '../model/problem.ts';
import { invalid, type Refusal } from './refusal.ts';

/** Why a state may not answer: one that misses the write of a token says neither what is so nor who may ask. */
export function findStaleness(state: Position, consistency: Consistency | undefined): Problem | undefined {
  const missing = consistency && findMissing(state, consistency);
  if (missing === undefined) return undefined;
  if (missing.identity !== state.identity)
    return problem('BAD_USER_INPUT', 'The consistency token belongs to another database.');
  const message = 'The database has not caught up with the consistency token yet; try again.';
  return problem('AUTHORIZATION_UNAVAILABLE', message);
}

/** The same, for questions that are refused. */
export function checkFreshness(state: Position, consistency: Consistency | undefined): Result<undefined, Refusal> {
  const stale = findStaleness(state, consistency);
  if (stale === undefined) return ok(undefined);
  if (stale.code !== 'BAD_USER_INPUT') return failed({ kind: 'undecided', problem: stale });
  return failed(invalid('INVALID_INPUT', stale.message, ['consistency', 'atLeastAsFresh']));
}
