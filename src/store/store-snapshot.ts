import type { ReviewableSnapshot } from '../engine/ports.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { Relationship } from '../model/relationship.ts';
import type { HashReader } from './history-line.ts';
import type { HoldingQuery } from './holding-query.ts';
import type { HolderSource, PermanentHolder } from './permanent-holder.ts';
import type { RevisionPage } from './revision-page.ts';
import type { StoredRelationship } from './stored-relationship.ts';

/** One committed state, with what operations ask of it besides what the engine does. */
export interface StoreSnapshot extends ReviewableSnapshot {
  /** Whether a model that was published, the active one or an earlier, has a type or a relation of this name. */
  hasName(kind: 'type' | 'relation', name: string): boolean;
  /** Ids of the object's type that may be meant by its own; a bounded number. */
  readNearIds(object: ObjectRef): Promise<readonly string[]>;
  /** Those of the relationships that are there, as they are; one that has expired is not. */
  findRelationships(relationships: readonly Relationship[]): Promise<readonly StoredRelationship[]>;
  /** What these very subjects are written to hold, in a stable order, the subject's own first; at most `limit`. */
  readHoldings(of: HoldingQuery, limit: number): Promise<readonly StoredRelationship[]>;
  /** The subjects that hold relations for good, as far as what is written for them says; at most `limit` for each source. */
  readPermanentHolders(sources: readonly HolderSource[], limit: number): Promise<readonly PermanentHolder[]>;
  /** Says it of the log of this state. */
  readHashes: HashReader['readHashes'];
  /** The revisions after one that this state contains: about `rows` changes of them. */
  readRevisions(after: number, rows: number): Promise<RevisionPage>;
}
