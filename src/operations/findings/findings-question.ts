import type { ObjectRef } from '../../model/object-ref.ts';
import type { PageRequest } from '../page-request.ts';
import type { FindingKind } from './access-finding.ts';
import type { Insiders } from './find-outsiders.ts';

export interface FindingsQuestion extends PageRequest {
  readonly object: ObjectRef;
  /** Whether to look at everything that belongs to the object as well. */
  readonly includeContained: boolean;
  readonly kinds: readonly FindingKind[];
  /** The set that says who is no outsider; without it, the relation `member` of the object, where its type has one. */
  readonly insiders: Insiders | undefined;
  /** Steps of an escalation. */
  readonly steps: number;
  /** For how long something was not used that is told of as that. */
  readonly days: number;
}

/** Most steps of an escalation, and as many as are looked at where nobody says how many. */
export const mostSteps = 5;
export const usualSteps = 3;
