import type { ConsistencyToken } from '../model/consistency-token.ts';
import type { OffboardingOutcome } from '../operations/roles/offboard-subject.ts';

/** What was taken, or would be, and the state that says so. */
export interface OffboardingParent extends OffboardingOutcome {
  readonly token: ConsistencyToken;
}
