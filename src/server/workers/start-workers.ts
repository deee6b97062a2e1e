import { getHeapStatistics } from 'node:v8';
import type { Logger } from 'pino';
import { moduleBeside } from '../../base/module-beside.ts';
import type { Stops } from '../../base/stops.ts';
import type { Dialect } from '../../store/dialect.ts';
import type { Config } from '../config.ts';
import type { DevelopmentOptions } from '../development/development.ts';
import { type LiveLimits, liveLimits } from '../subscriptions/live-limits.ts';
import type { WorkerReading } from '../telemetry/format-metrics.ts';
import { WorkerKeeper } from './worker-keeper.ts';
import type { WorkerStart } from './worker-message.ts';

export interface StartWorkersOptions extends DevelopmentOptions {
  /** A database that was migrated. */
  readonly databaseUrl: string;
  readonly dialect: Dialect;
  readonly log: Logger;
  readonly stops: Stops;
  readonly live?: Partial<LiveLimits> | undefined;
  readonly arrivalMs?: number | undefined;
  /** What the threads run, where it is not `thread.ts`. */
  readonly workerFile?: URL | undefined;
}

export interface RunningWorkers {
  readonly port: number;
  /** Why the server has to end; settles only then. */
  readonly failed: Promise<Error>;
  /** What each of those has counted that answer in time. */
  readonly readMetrics: () => Promise<readonly WorkerReading[]>;
}

/** As many servers as are configured, each in a thread of its own, at one port. */
export async function startWorkers(config: Config, options: StartWorkersOptions): Promise<RunningWorkers> {
  const { databaseUrl, dialect, developmentCallers = [], developmentClaims = {}, developmentKeyFile } = options;
  const start: Omit<WorkerStart, 'number'> = {
    config: shareOf(config),
    databaseUrl,
    dialect,
    live: liveShareOf({ ...liveLimits, ...options.live }, config.workers),
    arrivalMs: options.arrivalMs,
    developmentCallers,
    developmentClaims,
    ...(developmentKeyFile !== undefined && { developmentKeyFile }),
  };
  const keeper = new WorkerKeeper({
    count: config.workers,
    host: config.host,
    port: config.port,
    drainMs: config.drainMs,
    file: options.workerFile ?? moduleBeside(import.meta.url, 'thread'),
    memoryMb: memoryShareMb(config.workers),
    startOf: (number) => ({ ...start, number }),
    log: options.log,
  });
  options.stops.add(() => keeper.stop());
  const port = await keeper.start();
  return { port, failed: keeper.failed, readMetrics: () => keeper.readMetrics() };
}

/** What is set for the server is divided; what callers may use up is not, since the workers tell each other of it. */
function shareOf(config: Config): Config {
  const { workers, databaseConnections, replicaMemoryMb } = config;
  return {
    ...config,
    databaseConnections: Math.ceil(databaseConnections / workers),
    replicaMemoryMb: Math.floor(replicaMemoryMb / workers),
  };
}

/** What limits the memory of the process is divided. One person has all of theirs at one worker, or nobody knows at which. */
function liveShareOf(limits: LiveLimits, workers: number): LiveLimits {
  return {
    ...limits,
    connections: Math.ceil(limits.connections / workers),
    strangers: Math.ceil(limits.strangers / workers),
  };
}

/** All of them together have what one would have alone, unless that is too little to do anything with. */
function memoryShareMb(workers: number): number {
  return Math.max(leastMemoryMb, Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20 / workers));
}

const leastMemoryMb = 256;
