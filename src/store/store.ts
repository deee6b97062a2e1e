import { withDeadline } from '../base/with-deadline.ts';
import { type AuditLog, openAuditLog } from './audit-log.ts';
import { ChangeFeed } from './change-feed.ts';
import { type ConnectOptions, connect, rowsOf, type Sql } from './connect.ts';
import { ModelCache } from './model-cache.ts';
import { PostgresReader } from './postgres-reader.ts';
import { lockTimeoutMs, PostgresWriter } from './postgres-writer.ts';
import { readModel, readModels, type StoredModel } from './read-model.ts';
import { type RelationshipPage, readRelationships } from './read-relationships.ts';
import type { RelationshipCursor, RelationshipFilter } from './relationship-candidates.ts';

/** Everything that is kept: read in snapshots, written one write at a time. */
export interface Store {
  readonly reader: PostgresReader;
  readonly writer: PostgresWriter;
  readonly audit: AuditLog;
  /** Wakes whoever waits for the next write, of this process or of another. */
  readonly changes: ChangeFeed;
  readRelationships(
    filter: RelationshipFilter,
    first: number,
    after: RelationshipCursor | undefined,
  ): Promise<RelationshipPage>;
  /** A published model; the active one without an id. */
  readModel(id: number | undefined): Promise<StoredModel | undefined>;
  /** Published models, the newest first; at most `first`, of those below `before`. */
  readModels(first: number, before: number | undefined): Promise<readonly StoredModel[]>;
  /** The secret that signs cursors; the same for all servers of this database. */
  cursorKey(): Promise<string>;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a migrated database.
 *
 * Reads and writes have pools of their own: a write that waits for its turn keeps no read from a connection.
 */
export function openStore(url: string, options: ConnectOptions): Store {
  const models = new ModelCache();
  const reads = connect(url, options);
  const writes = connect(url, { ...options, connections: Math.max(2, Math.ceil(options.connections / 4)) });
  const inTime = <Value>(work: Promise<Value>) =>
    withDeadline(work, options.statementTimeoutMs, 'A read of the database');
  return {
    reader: new PostgresReader(reads, models, options.statementTimeoutMs),
    writer: new PostgresWriter(writes, models, options.statementTimeoutMs + lockTimeoutMs),
    audit: openAuditLog(reads, inTime),
    changes: new ChangeFeed(reads),
    readRelationships: (filter, first, after) => inTime(readRelationships(reads, filter, first, after)),
    readModel: (id) => inTime(readModel(reads, id)),
    readModels: (first, before) => inTime(readModels(reads, first, before)),
    cursorKey: remembered(() => inTime(readCursorKey(reads))),
    ping: () => inTime(ping(reads)),
    close: async () => {
      await Promise.all([reads.end({ timeout: 5 }), writes.end({ timeout: 5 })]);
    },
  };
}

async function ping(sql: Sql): Promise<void> {
  const [row] = rowsOf(await sql<{ alive: boolean }[]>`select exists (select from store) as alive`);
  if (row?.alive !== true) throw new Error('The database has no store.');
}

async function readCursorKey(sql: Sql): Promise<string> {
  const [row] = rowsOf(await sql<{ key: string }[]>`select cursor_key as key from store`);
  if (row === undefined) throw new Error('The database has no store.');
  return row.key;
}

/** Reads once and keeps it; a failure is not kept. */
function remembered<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let known: Promise<Value> | undefined;
  return () => {
    known ??= read().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}
