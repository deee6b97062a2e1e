import type { Relationship } from '../../model/relationship.ts';
import type { Precondition } from '../relationships/write-relationships.ts';
import type { Idempotency } from '../writes/run-write.ts';
import type { ProposedModel } from './proposal-content.ts';

export interface ProposeChangeInput {
  /** What would be there after it, and what would not; deletes come first. */
  readonly writes: readonly Relationship[];
  readonly deletes: readonly Relationship[];
  /** Instead of both, a model. */
  readonly model: ProposedModel | undefined;
  /** What must be so when it is approved, besides that its objects are as they are now. */
  readonly preconditions: readonly Precondition[];
  readonly reason: string;
  readonly evidence: readonly string[];
  /** As late as it may be, without it. */
  readonly expiresAt: Date | undefined;
  readonly idempotency: Idempotency | undefined;
}
