import { randomUUID } from 'node:crypto';
import { ok } from '../../src/base/result.ts';
import { limits } from '../../src/model/limits.ts';
import { HistoryLine } from '../../src/store/history-line.ts';
import { type Caller, house, type Lanes, openLanes, poolSizesOf } from '../../src/store/lanes.ts';
import { makeSealingKey, type SealingKey } from '../../src/store/seal.ts';
import type { Store } from '../../src/store/store.ts';
import type { StoreReader } from '../../src/store/store-reader.ts';
import type { UseLog } from '../../src/store/use-log.ts';
import { Watches } from '../../src/store/watches.ts';
import { unconstrained } from '../../src/store/write-constraint.ts';
import type { WriteTransaction } from '../../src/store/write-transaction.ts';
import { localParser } from './local-parser.ts';
import { openMemoryAuditLog } from './memory/memory-audit-log.ts';
import { MemoryChangeFeed } from './memory/memory-change-feed.ts';
import { MemoryModels, modelTextOf, newestModels, storedModelOf } from './memory/memory-models.ts';
import { MemoryReader } from './memory/memory-reader.ts';
import { readMemoryRelationships } from './memory/memory-relationships.ts';
import { MemoryState } from './memory/memory-state.ts';
import { openMemoryUseLog } from './memory/memory-use-log.ts';
import { type Committed, MemoryWriter } from './memory/memory-writer.ts';

const timeoutMs = 20_000;

/** A store that keeps everything in this process, written from the port alone: what tests see on both is what the port promises. */
export function openMemoryStore(runtimeParameters: readonly string[] = []): Store {
  const committed: Committed = { state: new MemoryState(), lastWrite: Promise.resolve() };
  const models = new MemoryModels(runtimeParameters);
  const changes = new MemoryChangeFeed();
  const lanes = openLanes(poolSizesOf(8), { readMs: timeoutMs, writeMs: timeoutMs });
  const liveReader = new MemoryReader(() => committed.state, models, timeoutMs, lanes.questions.seatOf(house));
  const cursorKey = makeSealingKey(randomUUID(), 'cursors');
  const watches = new Watches(liveReader, changes);
  return storeOf(house, {
    committed,
    models,
    runtimeParameters,
    changes,
    lanes,
    liveReader,
    cursorKey,
    watches,
    uses: openMemoryUseLog(),
  });
}

interface StoreParts {
  readonly committed: Committed;
  readonly models: MemoryModels;
  readonly runtimeParameters: readonly string[];
  readonly changes: MemoryChangeFeed;
  readonly lanes: Lanes;
  readonly liveReader: StoreReader;
  readonly cursorKey: SealingKey;
  readonly watches: Watches;
  readonly uses: UseLog;
}

function storeOf(caller: Caller, parts: StoreParts): Store {
  const { committed, models, runtimeParameters, changes, lanes, liveReader, cursorKey, watches } = parts;
  const present = () => committed.state;
  const readerIn = (lane: 'checks' | 'batches' | 'questions') =>
    new MemoryReader(present, models, timeoutMs, lanes[lane].seatOf(caller));
  const [few, many] = [readerIn('checks'), readerIn('batches')];
  const writer = new MemoryWriter(committed, models, () => changes.wake(), lanes.writes.seatOf(caller));
  return {
    reader: readerIn('questions'),
    checkReader: (checks) => (checks <= limits.fewChecks.most ? few : many),
    writer,
    appendEvent: async (record) => {
      const append = async ({ audit }: WriteTransaction) => ok(await audit.record(record));
      await writer.write(unconstrained, append);
    },
    audit: openMemoryAuditLog(present),
    runtimeParameters,
    changes,
    liveReader,
    watches,
    readRelationships: async (filter, first, after) => readMemoryRelationships(present(), filter, first, after),
    readModel: async (id) => storedModelOf(present(), id),
    readModels: async (first, before) => newestModels(present(), first, before),
    readModelText: async (id) => {
      const model = present().models.find((one) => one.id === id);
      return model && modelTextOf(model);
    },
    parser: localParser,
    loadActiveModel: async () => {
      const { activeModel: id } = present();
      const prepared = id === null ? undefined : await models.load(present(), id);
      return id === null || prepared === undefined ? undefined : { id, prepared };
    },
    loadModel: (id) => models.load(present(), id),
    cursorKey: async () => cursorKey,
    ping: async () => {},
    line: new HistoryLine(),
    uses: parts.uses,
    readHashes: async () => new Map(),
    as: (other) => storeOf(other, parts),
    close: async () => {},
  };
}
