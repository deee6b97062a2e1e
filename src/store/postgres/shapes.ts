import type { ObjectRef } from '../../model/object-ref.ts';
import type { StatementKind } from '../statement-watch.ts';
import type { Connections } from './connection-pool.ts';
import type { deleteRelationships } from './delete-relationships.ts';
import type { findExpired } from './find-expired.ts';
import type { LastEvent } from './last-event.ts';
import type { findNumbers, numberObjects } from './object-numbers.ts';
import type { ping } from './ping.ts';
import type { readBeginnings } from './read-beginnings.ts';
import type { readRevisions } from './read-changes.ts';
import type { readEdges } from './read-edges.ts';
import type { readExcerptOfNodes } from './read-excerpt.ts';
import type { Header } from './read-header.ts';
import type { readHoldings, readWritten } from './read-holdings.ts';
import type { readEdgePage } from './read-loading.ts';
import type { readEdgesFrom, readEdgesTo, readOrigins, readSubjects } from './read-neighbours.ts';
import type { readNodes } from './read-nodes.ts';
import type { readPermanentHolders } from './read-permanent-holders.ts';
import type { readProbe } from './read-probe.ts';
import type { readRelationships, readRelationshipsAt } from './read-relationships.ts';
import type { readLooseEnds, readRelationshipTexts } from './read-replay.ts';
import type { readGrants, readParts } from './read-review.ts';
import type { TransactionSql } from './sql.ts';
import type { upsertRelationships } from './upsert-relationships.ts';
import type { StoreHead } from './write-head.ts';

/** Asks something of one state of the database. */
type InState = <Value>(
  connections: Connections,
  kind: StatementKind,
  work: (sql: TransactionSql) => Promise<Value>,
) => Promise<Value>;

/**
 * Everything about the store that is asked in another way where its relationships are on several servers: each statement that touches
 * them or the names of objects, and how a state is read and left. What is not in here touches only tables that are on one server.
 */
export interface Shapes {
  /** Whether questions can be answered by a single statement. */
  readonly hasExcerpts: boolean;
  /**
   * All that is asked is of one committed state, which has everything that was committed before. For what is short: `work` may be begun
   * again where it was not.
   */
  readonly inState: InState;
  /** The same for what may take long: no write waits for it for longer than for what is short. */
  readonly inLongState: InState;
  /** The same for what is one statement, where one statement is enough. */
  readonly inOneStatement: InState;
  /** The same for what no write waits for at all, and nobody begins again: throws `StateChanged` where something was written meanwhile. */
  readonly inQuietState: InState;
  /** Comes behind the lock of the store, before a write looks at anything. */
  readonly beginWrite: (sql: TransactionSql, before: StoreHead) => Promise<void>;
  /** Comes right before a commit, of everything that a state is made of. */
  readonly endWrite: (sql: TransactionSql, before: StoreHead, after: StoreHead) => Promise<void>;
  /** The same for what removes things that no revision is about. */
  readonly endRemoval: (sql: TransactionSql) => Promise<void>;
  readonly readHeader: (
    sql: TransactionSql,
    objects: readonly ObjectRef[],
    then: LastEvent | undefined,
  ) => Promise<Header>;
  readonly readNodes: typeof readNodes;
  readonly readEdges: typeof readEdges;
  readonly readExcerptOfNodes: typeof readExcerptOfNodes;
  readonly readEdgesFrom: typeof readEdgesFrom;
  readonly readEdgesTo: typeof readEdgesTo;
  readonly readSubjects: typeof readSubjects;
  readonly readOrigins: typeof readOrigins;
  readonly readParts: typeof readParts;
  readonly readGrants: typeof readGrants;
  readonly readHoldings: typeof readHoldings;
  readonly readWritten: typeof readWritten;
  readonly readPermanentHolders: typeof readPermanentHolders;
  readonly readRelationships: typeof readRelationships;
  readonly readRelationshipsAt: typeof readRelationshipsAt;
  readonly readRevisions: typeof readRevisions;
  readonly readBeginnings: typeof readBeginnings;
  readonly readProbe: typeof readProbe;
  readonly readEdgePage: typeof readEdgePage;
  readonly readRelationshipTexts: typeof readRelationshipTexts;
  readonly readLooseEnds: typeof readLooseEnds;
  readonly findExpired: typeof findExpired;
  readonly findNumbers: typeof findNumbers;
  readonly numberObjects: typeof numberObjects;
  readonly upsertRelationships: typeof upsertRelationships;
  readonly deleteRelationships: typeof deleteRelationships;
  readonly ping: typeof ping;
}
