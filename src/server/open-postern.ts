import type { Logger } from 'pino';
import type { FaultPort } from '../base/fault-port.ts';
import type { Stops } from '../base/stops.ts';
import type { Postern } from '../operations/postern.ts';
import type { Dialect } from '../store/dialect.ts';
import { openStore, type PostgresStore } from '../store/postgres/open-store.ts';
import { openReplicaStore } from '../store/replica/open-replica-store.ts';
import type { ReplicaReport } from '../store/replica/replica-keeper.ts';
import type { Store } from '../store/store.ts';
import type { Upkeep } from '../store/upkeep.ts';
import type { Config } from './config.ts';
import type { DevelopmentOptions } from './development/development.ts';
import { agentSettings, claimedParameters } from './identity/token-class.ts';
import { createModelWorker } from './model-worker/create-model-worker.ts';
import { observePools, observeReplica, observeStandbys } from './telemetry/observe-store.ts';
import type { Telemetry } from './telemetry/open-telemetry.ts';

export interface OpenPosternOptions extends Pick<DevelopmentOptions, 'developmentClaims'> {
  /** A database that was migrated. */
  readonly databaseUrl: string;
  /** What the server of the database speaks. */
  readonly dialect: Dialect;
  readonly log: Logger;
  readonly stops: Stops;
  /** What is told of the work; undefined where nobody wants to know. */
  readonly telemetry?: Telemetry | undefined;
  /** Sees each statement that is sent to the database. */
  readonly onStatement?: (text: string) => void;
  /** Sees what the database remarks. */
  readonly onNotice?: (message: string) => void;
  /** Makes something happen to what is waited for; for tests. */
  readonly faults?: FaultPort | undefined;
}

/** What operations work with, and what keeps its store from growing. */
export interface OpenPostern extends Postern {
  readonly upkeep: Upkeep;
}

/** What operations work with, for one thread. */
export async function openPostern(config: Config, options: OpenPosternOptions): Promise<OpenPostern> {
  const { databaseUrl, dialect, log, stops, telemetry, faults } = options;
  const metrics = telemetry?.metrics;
  const parser = await createModelWorker(config);
  stops.add(() => parser.close());
  const connect = {
    dialect,
    connections: config.databaseConnections,
    standbys: config.standbys,
    statementTimeoutMs: config.requestTimeoutMs,
    runtimeParameters: config.tokenClasses
      ? claimedParameters(config.tokenClasses)
      : Object.keys(options.developmentClaims ?? {}),
    watch: telemetry?.watch,
    onUnreachable: (error: unknown) => log.error({ err: error }, 'A connection to the database could not be made.'),
    ...(options.onStatement && { onStatement: options.onStatement }),
    ...(options.onNotice && { onNotice: options.onNotice }),
    faults,
  };
  const postgres = openStore(databaseUrl, connect, parser);
  if (metrics !== undefined) {
    observePools(metrics, postgres.pools);
    observeStandbys(metrics, postgres.standbys);
  }
  const store = withReplica(postgres, config, options);
  stops.add(() => store.close());
  const report = (message: string, error: unknown) => {
    metrics?.count('postern_failures_total');
    log.error({ err: error }, message);
  };
  const { upkeep } = postgres;
  return {
    upkeep,
    store,
    platform: config.platformObject,
    agents: agentSettings(config.tokenClasses ?? []),
    warn: (message) => log.warn(message),
    toxicPairs: config.toxicPairs,
    report,
    noticesChecks: config.mode === 'development',
    metrics,
    onDecided: telemetry?.onDecided,
    onCalled: telemetry?.onCalled,
    faults,
  };
}

/** The store, with a replica unless there is to be none. */
function withReplica(
  store: PostgresStore,
  { replicaMemoryMb, maxStalenessMs }: Config,
  { dialect, log, telemetry, faults }: OpenPosternOptions,
): Store {
  // What several servers hold is not for the memory of one, and to read all of it again and again stops nobody's writes but gets nowhere.
  if (replicaMemoryMb === 0 || dialect === 'citus') return store;
  const report: ReplicaReport = (message, error) => {
    if (error === undefined) log.info(message);
    else log.warn({ err: error }, message);
  };
  const options = { maxBytes: replicaMemoryMb * 2 ** 20, maxStalenessMs, report, faults };
  const opened = openReplicaStore(store, store.openReplicaFeed(), options);
  if (telemetry?.metrics !== undefined) observeReplica(telemetry.metrics, opened.replica);
  return opened;
}
