import { type Consistency, usualConsistency } from '../model/consistency.ts';
import type { CheckConsistencyInput } from './__generated__/resolver-types.ts';
import { badInput } from './errors.ts';

/** How fresh an answer must be, as its field says; as usual where it says nothing. */
export function consistencyOf(given: CheckConsistencyInput | null | undefined): Consistency {
  if (given === null || given === undefined) return usualConsistency;
  const { atLeastAsFresh, fullyConsistent, minimizeLatency } = given;
  if (fullyConsistent && minimizeLatency) {
    throw badInput('"fullyConsistent" and "minimizeLatency" contradict each other: leave one of them out.');
  }
  const mode = fullyConsistent ? 'fullyConsistent' : minimizeLatency ? 'minimizeLatency' : 'usual';
  return { mode, atLeastAsFresh: atLeastAsFresh ? [atLeastAsFresh] : [] };
}
