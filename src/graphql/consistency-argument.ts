import type { Consistency, ConsistencyMode } from '../model/consistency.ts';
import type { CheckConsistencyInput } from './__generated__/resolver-types.ts';
import { badInput } from './errors.ts';
import type { RequestContext } from './request-context.ts';

/** How fresh an answer must be: as its field says, and the writes that the request itself names are in it as well. */
export function consistencyOf(
  given: CheckConsistencyInput | null | undefined,
  { consistency: ofRequest }: RequestContext,
): Consistency {
  if (given === null || given === undefined) return ofRequest;
  const atLeastAsFresh = given.atLeastAsFresh ? [given.atLeastAsFresh] : [];
  return { mode: modeOf(given) ?? ofRequest.mode, atLeastAsFresh: [...ofRequest.atLeastAsFresh, ...atLeastAsFresh] };
}

function modeOf({ fullyConsistent, minimizeLatency }: CheckConsistencyInput): ConsistencyMode | undefined {
  if (fullyConsistent && minimizeLatency) {
    throw badInput('"fullyConsistent" and "minimizeLatency" contradict each other: leave one of them out.');
  }
  if (fullyConsistent) return 'fullyConsistent';
  return minimizeLatency ? 'minimizeLatency' : undefined;
}
