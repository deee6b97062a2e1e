import { at, type FaultPort } from '../../base/fault-port.ts';
import { invariant } from '../../base/invariant.ts';
import { withDeadline } from '../../base/with-deadline.ts';
import { limits } from '../../model/limits.ts';
import type { ModelParser } from '../../model/model-parser.ts';
import { HistoryLine } from '../history-line.ts';
import { type Caller, house, type Lanes, openLanes, poolSizesOf, type Seat } from '../lanes.ts';
import type { ReplicaFeed } from '../replica/replica-feed.ts';
import { makeSealingKey, type SealingKey } from '../seal.ts';
import type { Store } from '../store.ts';
import type { StoreReader } from '../store-reader.ts';
import type { Upkeep } from '../upkeep.ts';
import type { UseLog } from '../use-log.ts';
import { Watches } from '../watches.ts';
import { AuditAppender } from './audit-appender.ts';
import { type ConnectOptions, connect, connectListener } from './connect.ts';
import type { ConnectionPool } from './connection-pool.ts';
import { ExcerptLine } from './excerpt-line.ts';
import { UnpreparedDatabase } from './inspect-database.ts';
import { KnownNodes } from './known-nodes.ts';
import { type LoadedModel, ModelCache } from './model-cache.ts';
import { openAuditLog } from './open-audit-log.ts';
import { plainShapes } from './plain-shapes.ts';
import { PostgresChangeFeed } from './postgres-change-feed.ts';
import { PostgresReader } from './postgres-reader.ts';
import { PostgresReplicaFeed } from './postgres-replica-feed.ts';
import { PostgresUpkeep } from './postgres-upkeep.ts';
import { PostgresUseLog } from './postgres-use-log.ts';
import { PostgresWriter } from './postgres-writer.ts';
import { PrimaryReach } from './primary-reach.ts';
import { readHashes } from './read-hashes.ts';
import { readModel, readModels, readModelText } from './read-model.ts';
import { runQuery } from './run-query.ts';
import type { Shapes } from './shapes.ts';
import { shapesOf } from './shapes-of.ts';
import type { TransactionSql } from './sql.ts';
import { Standby } from './standby.ts';
import { StandbyReader, type StandbyWay } from './standby-reader.ts';
import { store } from './tables.ts';
import { lockTimeoutMs, usualTurnsMs } from './write-group.ts';
import { WriteQueue } from './write-queue.ts';

export interface StoreOptions extends ConnectOptions {
  /** Addresses of standbys of the database, from which questions are read as well. */
  readonly standbys?: readonly string[];
  /** Parameters of conditions that claims of tokens fill: no model takes them from what is stored or sent. */
  readonly runtimeParameters?: readonly string[];
  /** For so long writes that share a transaction are given their turns; tests, which must not hang on it, give more. */
  readonly turnsMs?: number;
}

/**
 * Opens a migrated database.
 *
 * Checks, questions that take long, and writes have pools of their own: what waits for its turn keeps no check from a
 * connection.
 */
export function openStore(url: string, options: StoreOptions, given: ModelParser): PostgresStore {
  const { statementTimeoutMs: timeoutMs, faults } = options;
  requireNoStandbys(options);
  const parser = faultyParser(given, faults);
  const sizes = poolSizesOf(options.connections);
  const checks = connect(url, options);
  const questions = connect(url, { ...options, connections: sizes.questions });
  const live = connect(url, { ...options, connections: liveConnections });
  const shapes = shapesOf(options);
  const models = new ModelCache(parser, options.runtimeParameters ?? [], checks);
  const changes = new PostgresChangeFeed(connectListener(url, options), faults);
  const excerpts = new ExcerptLine(checks, new KnownNodes(), faults);
  const liveReader = new PostgresReader(live, { models, excerpts, shapes }, timeoutMs, inNoQueue(timeoutMs));
  const inTime = <Value>(work: Promise<Value>) => withDeadline(work, timeoutMs, 'A read of the database');
  const writeMs = timeoutMs + lockTimeoutMs;
  const lanes = openLanes(sizes, { readMs: timeoutMs, writeMs }, faults);
  // Nobody waits for a write longer, however many statements it has.
  const writes = connect(url, { ...options, connections: sizes.writes, silenceMs: writeMs });
  const queue = new WriteQueue(writes, models, {
    withinMs: writeMs,
    turnsMs: options.turnsMs ?? usualTurnsMs,
    shapes,
    faults,
  });
  const reach = new PrimaryReach(checks, models);
  const standbys = (options.standbys ?? []).map((standby) => new Standby(standby, options, reach));
  const store = storeOf(house, {
    checks,
    reach,
    standbys,
    parser,
    questions,
    writes,
    queue,
    appender: new AuditAppender(writerOf(house, queue, lanes), faults),
    runtimeParameters: options.runtimeParameters ?? [],
    live,
    liveReader,
    watches: new Watches(liveReader, changes),
    models,
    excerpts,
    shapes,
    loadActiveModel: () => models.load(readActiveModelId),
    lanes,
    changes,
    timeoutMs,
    cursorKey: remembered(() => inTime(checks.read('ready', readCursorKey))),
    ping: () => inTime(checks.read('ready', shapes.ping)),
    line: new HistoryLine(),
    uses: new PostgresUseLog(live),
    readHashes: (events) => inTime(checks.read('audit', (sql) => readHashes(sql, events))),
  });
  const pools = { checks, questions, writes, live };
  return {
    ...store,
    pools,
    standbys,
    upkeep: new PostgresUpkeep(live, shapes),
    openReplicaFeed: () => new PostgresReplicaFeed(url, options, { models, shapes }),
  };
}

export interface PostgresStore extends Store {
  /** Removes what grows and is not needed any more. */
  readonly upkeep: Upkeep;
  /** The connections to the database, by what they are for. */
  /** The standbys that questions are read from. */
  readonly standbys: readonly Standby[];
  readonly pools: Readonly<Record<'checks' | 'questions' | 'writes' | 'live', Pick<ConnectionPool, 'use'>>>;
  /** What a replica of the store is fed by, on connections of its own. */
  openReplicaFeed(): ReplicaFeed;
}

/** A copy of one of several servers is no copy of the store. */
function requireNoStandbys({ dialect, standbys = [] }: StoreOptions): void {
  if (dialect !== 'citus' || standbys.length === 0) return;
  throw new UnpreparedDatabase(
    'The database is shared out by Citus, of which there are no standbys to read from. Next: leave out DATABASE_REPLICA_URLS.',
  );
}

/** One that watches, and one that reads on. */
const liveConnections = 2;

function inNoQueue(timeoutMs: number): Seat {
  return { turn: (work, what) => withDeadline(work(), timeoutMs, what), payer: undefined };
}

/** What all callers have together. */
interface StoreParts {
  readonly checks: ConnectionPool;
  readonly reach: PrimaryReach;
  readonly standbys: readonly Standby[];
  readonly questions: ConnectionPool;
  readonly writes: ConnectionPool;
  readonly queue: WriteQueue;
  readonly appender: AuditAppender;
  readonly runtimeParameters: readonly string[];
  readonly live: ConnectionPool;
  readonly models: ModelCache;
  readonly excerpts: ExcerptLine;
  readonly shapes: Shapes;
  readonly liveReader: PostgresReader;
  readonly watches: Watches;
  readonly parser: ModelParser;
  readonly loadActiveModel: () => Promise<LoadedModel | undefined>;
  readonly lanes: Lanes;
  readonly changes: PostgresChangeFeed;
  readonly timeoutMs: number;
  readonly cursorKey: () => Promise<SealingKey>;
  readonly ping: () => Promise<void>;
  readonly line: HistoryLine;
  readonly uses: UseLog;
  readonly readHashes: Store['readHashes'];
}

function storeOf(caller: Caller, parts: StoreParts): Store {
  const { questions, models, shapes, parser, lanes, changes, timeoutMs, loadActiveModel, cursorKey, ping } = parts;
  // Whoever is refused does not keep it out of the log by going.
  const [seat, events] = [lanes.questions.seatOf(caller), lanes.events.seatToTheEnd(caller)];
  const inTurn = <Value>(work: () => Promise<Value>) => seat.turn(work, 'A read of the database');
  // How far states must have come is nothing that the primary is asked.
  const ofPrimary = { models, shapes, excerpts: parts.excerpts };
  const few = new PostgresReader(
    parts.checks,
    ofPrimary,
    timeoutMs,
    lanes.checks.seatOf(caller),
    lanes.sharedChecks.seatOf(caller),
  );
  const many = new PostgresReader(parts.checks, ofPrimary, timeoutMs, lanes.batches.seatOf(caller));
  const { standbys } = parts;
  const also = (primary: PostgresReader, seatsOf: (lanes: Lanes) => readonly [Seat, Seat?]): StoreReader =>
    standbys.length === 0 ? primary : new StandbyReader(primary, waysTo(parts, seatsOf));
  const reader = also(new PostgresReader(questions, { ...ofPrimary, isForLong: true }, timeoutMs, seat), (of) => [
    of.questions.seatOf(caller),
  ]);
  const [fewReader, manyReader] = [
    also(few, (of) => [of.checks.seatOf(caller), of.sharedChecks.seatOf(caller)]),
    also(many, (of) => [of.batches.seatOf(caller)]),
  ];
  return {
    reader,
    checkReader: (count) => (count <= limits.fewChecks.most ? fewReader : manyReader),
    writer: writerOf(caller, parts.queue, lanes),
    appendEvent: (record) => events.turn(() => parts.appender.append(record), 'A write to the audit log'),
    audit: openAuditLog(questions, shapes, inTurn),
    runtimeParameters: parts.runtimeParameters,
    changes,
    liveReader: parts.liveReader,
    watches: parts.watches,
    readRelationships: (filter, first, after) =>
      inTurn(() =>
        shapes.inOneStatement(questions, 'relationships', (sql) => shapes.readRelationships(sql, filter, first, after)),
      ),
    readModel: (id) => inTurn(() => questions.read('models', (sql) => readModel(sql, id))),
    readModelText: (id) => inTurn(() => questions.read('models', (sql) => readModelText(sql, id))),
    parser,
    loadActiveModel,
    loadModel: (id) => inTurn(async () => (await models.load(async () => id))?.prepared),
    readModels: (first, before) => inTurn(() => questions.read('models', (sql) => readModels(sql, first, before))),
    cursorKey,
    ping,
    line: parts.line,
    uses: parts.uses,
    readHashes: parts.readHashes,
    as: (other) => storeOf(other, parts),
    close: async () => {
      await parts.appender.whenIdle();
      const pools = [parts.checks, questions, parts.writes, parts.live, ...standbys.map(({ pool }) => pool)];
      await Promise.all([...pools.map((pool) => pool.end(5000)), changes.close()]);
    },
  };
}

function waysTo(
  { standbys, models, reach, timeoutMs }: StoreParts,
  seatsOf: (lanes: Lanes) => readonly [Seat, Seat?],
): readonly StandbyWay[] {
  return standbys.map((standby) => {
    const parts = { models, shapes: plainShapes, excerpts: standby.excerpts, reach: () => reach.ask() };
    return { standby, reader: new PostgresReader(standby.pool, parts, timeoutMs, ...seatsOf(standby.lanes)) };
  });
}

function writerOf(caller: Caller, queue: WriteQueue, { writes, largeWrites }: Lanes): PostgresWriter {
  return new PostgresWriter(queue, { small: writes.seatOf(caller), large: largeWrites.seatOf(caller) });
}

function faultyParser(parser: ModelParser, faults: FaultPort | undefined): ModelParser {
  if (faults === undefined) return parser;
  return { parse: (source, purpose) => at(faults, 'readModelText', () => parser.parse(source, purpose)) };
}

async function readActiveModelId(sql: TransactionSql): Promise<number | undefined> {
  const [row] = await runQuery(sql, (queries) => queries.select({ activeModel: store.decidingModel }).from(store));
  invariant(row !== undefined, hasRow);
  return row.activeModel ?? undefined;
}

async function readCursorKey(sql: TransactionSql): Promise<SealingKey> {
  const [row] = await runQuery(sql, (queries) => queries.select({ key: store.cursorKey }).from(store));
  invariant(row !== undefined, hasRow);
  return makeSealingKey(row.key, 'cursors');
}

const hasRow = 'a database that was migrated has its row of the store';

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
