import type { EdgeAnswer, EdgeQuery, Portion } from '../../src/engine/ports.ts';
import type { Store } from '../../src/store/store.ts';
import type { StoreReader } from '../../src/store/store-reader.ts';
import type { StoreSnapshot } from '../../src/store/store-snapshot.ts';
import type { StoreWriter } from '../../src/store/store-writer.ts';

/** Hears of each call of a store, in their order. */
export interface StoreObserver {
  /** A snapshot or a state was opened, a write has its turn, or something is asked of one of them about so many things. */
  asked(method: string, size: number): void;
  /** So many things were found. */
  answered?(method: string, size: number): void;
}

/** The same store; whatever goes through its readers and its writer is told. */
export function observedStore(store: Store, observer: StoreObserver): Store {
  return {
    ...store,
    reader: observedReader(store.reader, observer),
    liveReader: observedReader(store.liveReader, observer),
    checkReader: (checks) => observedReader(store.checkReader(checks), observer),
    writer: observedWriter(store.writer, observer),
    appendEvent: (record) => {
      observer.asked('appendEvent', 1);
      return store.appendEvent(record);
    },
    as: (caller) => observedStore(store.as(caller), observer),
  };
}

export function observedReader(reader: StoreReader, observer: StoreObserver): StoreReader {
  const opened = (snapshot: StoreSnapshot, size: number) => {
    observer.asked('open', size);
    return observedSnapshot(snapshot, observer);
  };
  return {
    timeoutMs: reader.timeoutMs,
    withExcerpt: (plan, use) => {
      observer.asked('excerpt', 1);
      return reader.withExcerpt(plan, use);
    },
    withSnapshot: (objects, use, options) =>
      reader.withSnapshot(objects, (snapshot) => use(opened(snapshot, objects.length)), options),
    withModels: (objects, use) =>
      reader.withModels(objects, (snapshot, models) => use(opened(snapshot, objects.length), models)),
    withState: (use) =>
      reader.withState((state) =>
        use({ ...state, open: async (objects) => opened(await state.open(objects), objects.length) }),
      ),
  };
}

function observedWriter(writer: StoreWriter, observer: StoreObserver): StoreWriter {
  return {
    write: (constrain, use, size) => {
      const observed: typeof use = (transaction) => {
        observer.asked('write', 1);
        const { relationships, models, audit, outcomes, proposals } = transaction;
        const openSnapshot: typeof transaction.openSnapshot = async (objects) => {
          observer.asked('open', objects.length);
          return observedSnapshot(await transaction.openSnapshot(objects), observer);
        };
        const loadPresentModel = () => transaction.loadPresentModel();
        return use({ relationships, models, audit, outcomes, proposals, openSnapshot, loadPresentModel });
      };
      return writer.write(constrain, observed, size);
    },
  };
}

function observedSnapshot(snapshot: StoreSnapshot, observer: StoreObserver): StoreSnapshot {
  const tell = async <Found>(
    method: keyof StoreSnapshot,
    size: number,
    find: () => Promise<Found>,
    sizeOf: (found: Found) => number,
  ) => {
    observer.asked(method, size);
    const found = await find();
    observer.answered?.(method, sizeOf(found));
    return found;
  };
  return {
    now: snapshot.now,
    revision: snapshot.revision,
    ageMs: snapshot.ageMs,
    identity: snapshot.identity,
    mark: snapshot.mark,
    prepared: snapshot.prepared,
    meter: snapshot.meter,
    hasName: (kind, name) => snapshot.hasName(kind, name),
    resolve: (objects) => tell('resolve', objects.length, () => snapshot.resolve(objects), lengthOf),
    readEdges: (query) => tell('readEdges', edgesIn(query), () => snapshot.readEdges(query), edgesIn),
    readExcerpt: (query) => {
      observer.asked('readExcerpt', query.objects.length);
      return snapshot.readExcerpt(query);
    },
    readObjects: (type, after, limit) =>
      tell('readObjects', 1, () => snapshot.readObjects(type, after, limit), lengthOf),
    readEdgesFrom: (sources, limit) =>
      tell('readEdgesFrom', sources.length, () => snapshot.readEdgesFrom(sources, limit), sizeOfPortion),
    readEdgesTo: (query, limit) => {
      const { objects, sets, wildcards } = query;
      const size = objects.length + sets.length + wildcards.length;
      return tell('readEdgesTo', size, () => snapshot.readEdgesTo(query, limit), sizeOfPortion);
    },
    readNames: (nodes) =>
      tell(
        'readNames',
        nodes.length,
        () => snapshot.readNames(nodes),
        ({ size }) => size,
      ),
    readSubjects: (query, after, limit) =>
      tell('readSubjects', query.sources.length, () => snapshot.readSubjects(query, after, limit), lengthOf),
    readOrigins: (edges) => tell('readOrigins', edges.length, () => snapshot.readOrigins(edges), lengthOf),
    readParts: (parents, relations, limit) =>
      tell('readParts', parents.length, () => snapshot.readParts(parents, relations, limit), sizeOfPortion),
    readGrants: (ranges, filter, limit) =>
      tell(
        'readGrants',
        ranges.length,
        () => snapshot.readGrants(ranges, filter, limit),
        ({ grants }) => grants.length,
      ),
    asIfBegun: () => observedSnapshot(snapshot.asIfBegun(), observer),
    readBeginnings: (after, limit) =>
      tell(
        'readBeginnings',
        1,
        () => snapshot.readBeginnings(after, limit),
        ({ begun }) => begun.length,
      ),
    readHashes: (events) => snapshot.readHashes(events),
    readNearIds: (object) => tell('readNearIds', 1, () => snapshot.readNearIds(object), lengthOf),
    findRelationships: (sought) =>
      tell('findRelationships', sought.length, () => snapshot.findRelationships(sought), lengthOf),
    readWritten: (object, limit) => tell('readWritten', 1, () => snapshot.readWritten(object, limit), lengthOf),
    readHoldings: (of, limit) => tell('readHoldings', 1, () => snapshot.readHoldings(of, limit), lengthOf),
    readPermanentHolders: (sources, limit) =>
      tell('readPermanentHolders', sources.length, () => snapshot.readPermanentHolders(sources, limit), lengthOf),
    readRevisions: (after, rows) =>
      tell(
        'readRevisions',
        1,
        () => snapshot.readRevisions(after, rows),
        ({ revisions }) => revisions.length,
      ),
  };
}

function edgesIn({ direct, sets, objects }: EdgeQuery | EdgeAnswer): number {
  return direct.length + sets.length + objects.length;
}

function lengthOf(list: readonly unknown[]): number {
  return list.length;
}

function sizeOfPortion({ items }: Portion<unknown>): number {
  return items.length;
}
