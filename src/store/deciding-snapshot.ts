import type { SearchableSnapshot } from '../engine/ports.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { HolderSource, PermanentHolder } from './permanent-holder.ts';
import type { TermKind } from './terms.ts';

/** A state as it is asked whether a write may be done, and what comes of it. */
export interface DecidingSnapshot extends SearchableSnapshot {
  /** Whether a model that was published, the active one or an earlier, has a type, a relation or a condition of this name. */
  hasName(kind: TermKind, name: string): boolean;
  /** Ids of the object's type that may be meant by its own; a bounded number. */
  readNearIds(object: ObjectRef): Promise<readonly string[]>;
  /** The same, as if everything that is to begin had begun by now. */
  asIfBegun(): DecidingSnapshot;
  /** The subjects that hold relations for good, as far as what is written for them says; at most `limit` for each source. */
  readPermanentHolders(sources: readonly HolderSource[], limit: number): Promise<readonly PermanentHolder[]>;
}
