import {
  openReplicaStore,
  type ReplicaOptions,
  type ReplicaStore,
} from '../../src/store/replica/open-replica-store.ts';
import type { ReplicaFeed } from '../../src/store/replica/replica-feed.ts';
import { localParser } from './local-parser.ts';
import { observedStore } from './observed-store.ts';
import { openStore, type PostgresStore } from './open-store.ts';

export interface OpenReplica {
  readonly store: ReplicaStore;
  /** The store that it is a replica of; closed with it. */
  readonly postgres: PostgresStore;
  /** How often the database was asked instead. */
  readonly askedInstead: () => number;
}

/** A store with a replica, which is being loaded. By default, whatever it is dropped for is an error that nobody catches. */
export function openReplica(
  url: string,
  {
    feed = (given) => given,
    ...options
  }: Partial<ReplicaOptions> & { feed?: (given: ReplicaFeed) => ReplicaFeed } = {},
): OpenReplica {
  const postgres = openStore(url, { connections: 4, statementTimeoutMs: 20_000 }, localParser);
  let asked = 0;
  const observed = observedStore(postgres, {
    asked: (method) => {
      if (method === 'open' || method === 'excerpt') asked += 1;
    },
  });
  const usual = { maxBytes: 2 ** 30, beforeReloadMs: 50, report: failLoudly };
  const store = openReplicaStore(observed, feed(postgres.openReplicaFeed()), { ...usual, ...options });
  return { store, postgres, askedInstead: () => asked };
}

function failLoudly(_message: string, error: unknown): void {
  if (error !== undefined) throw error;
}

/** The same feed, where what is asked of it is asked of another one from now on, or answered otherwise. */
export function otherwise(feed: () => ReplicaFeed, changed: Partial<ReplicaFeed> = {}): ReplicaFeed {
  return {
    load: (use) => feed().load(use),
    probe: (since, objects) => feed().probe(since, objects),
    loadModel: (id, of) => feed().loadModel(id, of),
    forgetModels: () => feed().forgetModels(),
    namesOf: (of) => ({
      readNodes: (objects) => feed().namesOf(of).readNodes(objects),
      readNames: (terms, nodes) => feed().namesOf(of).readNames(terms, nodes),
      readObjects: (terms, type, after, limit) => feed().namesOf(of).readObjects(terms, type, after, limit),
      readNearIds: (terms, one) => feed().namesOf(of).readNearIds(terms, one),
      readHashes: (events) => feed().namesOf(of).readHashes(events),
    }),
    close: () => feed().close(),
    ...changed,
  };
}
