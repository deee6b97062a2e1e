import { failed, ok, type Result } from '../base/result.ts';
import { type Consistency, findMissing } from '../model/consistency.ts';
import { problem } from '../model/problem.ts';
import type { StoreSnapshot } from '../store/store-snapshot.ts';
import { invalid, type Refusal } from './refusal.ts';

/** A state that misses the write of a token must neither answer nor say who may ask. */
export function checkFreshness(
  state: Pick<StoreSnapshot, 'identity' | 'revision'>,
  consistency: Consistency | undefined,
): Result<undefined, Refusal> {
  const missing = consistency && findMissing(state, consistency);
  if (missing === undefined) return ok(undefined);
  if (missing.identity !== state.identity) {
    const message = 'The consistency token belongs to another database.';
    return failed(invalid('INVALID_INPUT', message, ['consistency', 'atLeastAsFresh']));
  }
  const message = 'The database has not caught up with the consistency token yet; try again.';
  return failed({ kind: 'undecided', problem: problem('AUTHORIZATION_UNAVAILABLE', message) });
}
