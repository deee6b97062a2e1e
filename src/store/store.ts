import type { PreparedModel } from '../engine/prepared-model.ts';
import type { ModelParser } from '../model/model-parser.ts';
import type { ActiveModel } from './active-model.ts';
import type { AuditRecord } from './audit-event.ts';
import type { AuditLog } from './audit-log.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { HashReader, HistoryLine } from './history-line.ts';
import type { Caller } from './lanes.ts';
import type { ModelText } from './model-text.ts';
import type { RelationshipCursor, RelationshipFilter, RelationshipPage } from './relationship-page.ts';
import type { SealingKey } from './seal.ts';
import type { StoreReader } from './store-reader.ts';
import type { StoreWriter } from './store-writer.ts';
import type { StoredModel } from './stored-model.ts';
import type { UseLog } from './use-log.ts';
import type { Watches } from './watches.ts';

/** Everything that is kept: read in snapshots, written one write at a time. */
export interface Store {
  /** For questions that may take long. */
  readonly reader: StoreReader;
  /** For this many checks at once: few of them go before everything that takes longer. */
  checkReader(checks: number): StoreReader;
  readonly writer: StoreWriter;
  /** Appends an event that belongs to no write; returns when it is in the log, and throws when it is not known to be there. */
  appendEvent(record: AuditRecord): Promise<void>;
  readonly audit: AuditLog;
  readonly runtimeParameters: readonly string[];
  /** Wakes whoever waits for the next write, of this process or of another. */
  readonly changes: ChangeFeed;
  /** For those who go on reading what is written. */
  readonly liveReader: StoreReader;
  /** Questions that are asked again whenever their answers may have changed. */
  readonly watches: Watches;
  /** One page of relationships after a place in the order of the filter. */
  readRelationships(
    filter: RelationshipFilter,
    first: number,
    after: RelationshipCursor | undefined,
  ): Promise<RelationshipPage>;
  /** A published model; the active one without an id. */
  readModel(id: number | undefined): Promise<StoredModel | undefined>;
  /** Published models, the newest first; at most `first`, of those below `before`. */
  readModels(first: number, before: number | undefined): Promise<readonly StoredModel[]>;
  /** The text of a published model. */
  readModelText(id: number): Promise<ModelText | undefined>;
  /** Reads the texts of models, away from whoever is answered. */
  readonly parser: ModelParser;
  /** The model that decides; undefined when there is none. Throws `UnreadableModel`, and when the store does not answer. */
  loadActiveModel(): Promise<ActiveModel | undefined>;
  /** A published model, ready to be asked; kept for who asks next. Throws `UnreadableModel`. */
  loadModel(id: number): Promise<PreparedModel | undefined>;
  /** Encrypts cursors; the same for all servers of this store. */
  cursorKey(): Promise<SealingKey>;
  /** What is known of its history. */
  readonly line: HistoryLine;
  /** What is used of what is granted. */
  readonly uses: UseLog;
  /** Says it of the log as it is now. */
  readHashes: HashReader['readHashes'];
  /** Throws when the store does not answer. */
  ping(): Promise<void>;
  /** The same store, where this caller's work waits for its turn among that of others. */
  as(caller: Caller): Store;
  close(): Promise<void>;
}
