import type { NamedNode, NodeId } from '../../engine/ports.ts';
import type { ObjectId, TypeName } from '../../model/names.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { HistoryPoint, Loading, NumberedModel, Probe, ReplicaFeed } from '../replica/replica-feed.ts';
import type { Terms } from '../terms.ts';
import { type ConnectOptions, connect } from './connect.ts';
import type { ConnectionPool } from './connection-pool.ts';
import type { ModelCache } from './model-cache.ts';
import { readLoading } from './read-loading.ts';
import { readNearIds } from './read-near-ids.ts';
import { readNames, readObjects } from './read-neighbours.ts';
import { readNodes } from './read-nodes.ts';
import { readProbe } from './read-probe.ts';

/** Reads what a replica needs, on connections of its own. */
export class PostgresReplicaFeed implements ReplicaFeed {
  readonly #probes: ConnectionPool;
  readonly #reads: ConnectionPool;
  readonly #models: ModelCache;

  constructor(url: string, options: ConnectOptions, models: ModelCache) {
    this.#probes = connect(url, { ...options, connections: probeConnections });
    this.#reads = connect(url, { ...options, connections: readConnections });
    this.#models = models;
  }

  load<Value>(use: (loading: Loading) => Promise<Value>): Promise<Value> {
    return this.#reads.transaction('isolation level repeatable read read only', async (sql) =>
      use(await readLoading(sql)),
    );
  }

  probe(since: HistoryPoint, objects: readonly ObjectRef[]): Promise<Probe> {
    return this.#probes.read((sql) => readProbe(sql, since, objects));
  }

  loadModel(id: number): Promise<NumberedModel | undefined> {
    return this.#models.load(id);
  }

  async readNodes(objects: readonly ObjectRef[]): Promise<readonly (NodeId | undefined)[]> {
    const nodes = await this.#reads.read((sql) => readNodes(sql, objects));
    return nodes.map((node) => node ?? undefined);
  }

  readNames(terms: Terms, nodes: readonly NodeId[]): Promise<ReadonlyMap<NodeId, ObjectRef>> {
    return this.#reads.read((sql) => readNames(sql, terms, nodes));
  }

  readObjects(terms: Terms, type: TypeName, after: ObjectId | undefined, limit: number): Promise<readonly NamedNode[]> {
    return this.#reads.read((sql) => readObjects(sql, terms, type, after, limit));
  }

  readNearIds(terms: Terms, { type, id }: ObjectRef): Promise<readonly string[]> {
    return this.#reads.read((sql) => readNearIds(sql, terms, type, id));
  }

  async close(): Promise<void> {
    await Promise.all([this.#probes, this.#reads].map((pool) => pool.end(patienceMs)));
  }
}

/** One question is under way at a time; the other connection is for when the first does not answer. */
const probeConnections = 2;
/** One of them may be loading. */
const readConnections = 3;
const patienceMs = 1000;
