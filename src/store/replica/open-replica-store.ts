import { limits } from '../../model/limits.ts';
import { type Caller, house, type Lanes, openLanes } from '../lanes.ts';
import type { Store } from '../store.ts';
import { OlderStates } from './older-states.ts';
import { Replica, type ReplicaLimits } from './replica.ts';
import type { ReplicaFeed } from './replica-feed.ts';
import { ReplicaKeeper, type ReplicaReport } from './replica-keeper.ts';
import { type ReplicaParts, ReplicaReader } from './replica-reader.ts';

export interface ReplicaOptions extends ReplicaLimits {
  readonly report: ReplicaReport;
  /** How old a state may be that answers while the store does not; 0, the default, for none. */
  readonly maxStalenessMs?: number;
  /** How long it is not loaded again after it was dropped; twice as long each time that it was dropped soon. */
  readonly beforeReloadMs?: number;
}

/** A store that answers from memory what it can; `replica` says how far it is. */
export interface ReplicaStore extends Store {
  readonly replica: Replica;
}

/** The same store with a replica, which is loaded from now on. Closing it closes the store. */
export function openReplicaStore(store: Store, feed: ReplicaFeed, options: ReplicaOptions): ReplicaStore {
  const readMs = store.reader.timeoutMs;
  // There must be time left to ask the store instead.
  const replica = new Replica(feed, { patienceMs: readMs / 3, ...options });
  const { maxStalenessMs = 0, beforeReloadMs = 1000, report } = options;
  const keeper = new ReplicaKeeper(replica, store.changes, { report, maxStalenessMs, beforeReloadMs });
  const older = new OlderStates(replica, maxStalenessMs);
  const lanes = openLanes(places, { readMs, writeMs: readMs });
  const close = async () => {
    const ended = keeper.end();
    await feed.close();
    await ended;
    await store.close();
  };
  return { ...storeOf(store, house, { replica, older, lanes, close }), replica };
}

/** Nobody waits for a connection here: there are as many places as one turn of the thread may well have to answer. */
const places = { checks: 64, questions: 16, writes: 1 };

interface Parts extends ReplicaParts {
  readonly lanes: Lanes;
  readonly close: () => Promise<void>;
}

function storeOf(store: Store, caller: Caller, parts: Parts): Store {
  const { lanes, close } = parts;
  const [few, many] = [lanes.checks.seatOf(caller), lanes.batches.seatOf(caller)];
  return {
    ...store,
    reader: new ReplicaReader(store.reader, parts, lanes.questions.seatOf(caller)),
    checkReader: (checks) =>
      new ReplicaReader(store.checkReader(checks), parts, checks <= limits.fewChecks.most ? few : many),
    as: (other) => storeOf(store.as(other), other, parts),
    close,
  };
}
