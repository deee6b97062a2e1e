import type { ObjectRef } from '../../model/object-ref.ts';
import { type HistoryPoint, proveHistory } from '../replica/history-point.ts';
import type { Loading, NumberedModel, Probe, ReplicaFeed, ReplicaNames } from '../replica/replica-feed.ts';
import { type ConnectOptions, connect } from './connect.ts';
import type { ConnectionPool } from './connection-pool.ts';
import type { ModelCache } from './model-cache.ts';
import { readHashes } from './read-hashes.ts';
import { readHistoryProof } from './read-history-proof.ts';
import { readLoading } from './read-loading.ts';
import { readNearIds } from './read-near-ids.ts';
import { readNames, readObjects } from './read-neighbours.ts';
import { sentTogether } from './sent-together.ts';
import type { Shapes } from './shapes.ts';
import type { TransactionSql } from './sql.ts';

/** Reads what a replica needs, on connections of its own. */
export class PostgresReplicaFeed implements ReplicaFeed {
  readonly #probes: ConnectionPool;
  readonly #reads: ConnectionPool;
  readonly #models: ModelCache;
  readonly #shapes: Shapes;

  constructor(url: string, options: ConnectOptions, { models, shapes }: { models: ModelCache; shapes: Shapes }) {
    this.#probes = connect(url, { ...options, connections: probeConnections });
    this.#reads = connect(url, { ...options, connections: readConnections });
    this.#models = models;
    this.#shapes = shapes;
  }

  load<Value>(use: (loading: Loading) => Promise<Value>): Promise<Value> {
    const shapes = this.#shapes;
    return shapes.inQuietState(this.#reads, 'replica', async (sql) => use(await readLoading(sql, shapes)));
  }

  probe(since: HistoryPoint, objects: readonly ObjectRef[]): Promise<Probe> {
    return this.#shapes.inOneStatement(this.#probes, 'probe', (sql) => this.#shapes.readProbe(sql, since, objects));
  }

  async loadModel(id: number, of: HistoryPoint): Promise<NumberedModel | undefined> {
    return this.#models.load(async (sql) => {
      proveHistory(of, await readHistoryProof(sql, of));
      return id;
    });
  }

  forgetModels(): void {
    this.#models.forget();
  }

  namesOf(of: HistoryPoint): ReplicaNames {
    const read = <Value>(question: (sql: TransactionSql) => Promise<Value>) => this.#readOf(of, question);
    return {
      readNodes: (objects) =>
        read(async (sql) => (await this.#shapes.readNodes(sql, objects)).map((node) => node ?? undefined)),
      readNames: (terms, nodes) => read((sql) => readNames(sql, terms, nodes)),
      readObjects: (terms, type, after, limit) => read((sql) => readObjects(sql, terms, type, after, limit)),
      readNearIds: (terms, { type, id }) => read((sql) => readNearIds(sql, terms, type, id)),
      readHashes: (events) => read((sql) => readHashes(sql, events)),
    };
  }

  async close(): Promise<void> {
    await Promise.all([this.#probes, this.#reads].map((pool) => pool.end(patienceMs)));
  }

  /** What is proven after it was read was of that history when it was read: no server takes up one that it has left. */
  #readOf<Value>(of: HistoryPoint, question: (sql: TransactionSql) => Promise<Value>): Promise<Value> {
    return this.#shapes.inOneStatement(this.#reads, 'replica', async (sql) => {
      const [value, proof] = await sentTogether([question(sql), readHistoryProof(sql, of)]);
      proveHistory(of, proof);
      return value;
    });
  }
}

/** One question is under way at a time; the other connection is for when the first does not answer. */
const probeConnections = 2;
/** One of them may be loading. */
const readConnections = 3;
const patienceMs = 1000;
