import { allowed, type Decision, denied } from '../../../src/model/decision.ts';

/** A fifth is allowed, about as on a page of the creators' data. */
export function decisionOf(index: number): Decision {
  return index % 5 === 0 ? allowed : denied;
}
