import type { ConsistencyToken } from '../model/consistency-token.ts';
import type { RetirementOutcome } from '../operations/roles/retire-object.ts';

/** What was removed with an object, or would be, and the state that says so. */
export interface RetirementParent extends RetirementOutcome {
  readonly token: ConsistencyToken;
}
