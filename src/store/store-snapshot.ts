import type { ReviewableSnapshot } from '../engine/ports.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { Relationship } from '../model/relationship.ts';
import type { Beginnings } from './beginnings.ts';
import type { DecidingSnapshot } from './deciding-snapshot.ts';
import type { HashReader } from './history-line.ts';
import type { HoldingQuery } from './holding-query.ts';
import type { RevisionPage } from './revision-page.ts';
import type { StoredRelationship } from './stored-relationship.ts';

/** One committed state, with what operations ask of it besides what the engine does. */
export interface StoreSnapshot extends ReviewableSnapshot, DecidingSnapshot {
  /** The same, as if everything that is to begin had begun by now. */
  asIfBegun(): StoreSnapshot;
  /** Those of the relationships that are there, as they are; one that has expired is not. */
  findRelationships(relationships: readonly Relationship[]): Promise<readonly StoredRelationship[]>;
  /** What is written on an object, in a stable order; at most `limit`. */
  readWritten(object: ObjectRef, limit: number): Promise<readonly StoredRelationship[]>;
  /** What these very subjects are written to hold, in a stable order, the subject's own first; at most `limit`. */
  readHoldings(of: HoldingQuery, limit: number): Promise<readonly StoredRelationship[]>;
  /** The relationships that have begun since an instant, at most `limit` of them, and when the next one does. */
  readBeginnings(after: Date, limit: number): Promise<Beginnings>;
  /** Says it of the log of this state. */
  readHashes: HashReader['readHashes'];
  /** The revisions after one that this state contains: about `rows` changes of them. */
  readRevisions(after: number, rows: number): Promise<RevisionPage>;
}
