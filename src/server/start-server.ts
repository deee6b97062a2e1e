import type { FaultPort } from '../base/fault-port.ts';
import { Stops } from '../base/stops.ts';
import type { Postern } from '../operations/postern.ts';
import { migrate } from '../store/postgres/migrate.ts';
import { createAnsweringServer } from './answering-server.ts';
import type { Config } from './config.ts';
import { createLog } from './create-log.ts';
import { type Development, type DevelopmentOptions, prepareDevelopment } from './development/development.ts';
import type { DevelopmentIssuer } from './development/development-tokens.ts';
import { findDoubtfulSettings } from './doubtful-settings.ts';
import { recordedDelegatesSentence } from './identity/token-class.ts';
import { measureUse } from './measure-use.ts';
import { openDatabase } from './open-database.ts';
import { type OpenPosternOptions, openPostern } from './open-postern.ts';
import type { LiveLimits } from './subscriptions/live-limits.ts';
import { openTelemetry } from './telemetry/open-telemetry.ts';
import { type MetricsServer, serveMetrics } from './telemetry/serve-metrics.ts';
import { UpkeepTimer } from './upkeep-timer.ts';
import { canSharePort } from './workers/shared-port.ts';
import { type RunningWorkers, startWorkers } from './workers/start-workers.ts';

export interface RunningServer {
  /** Where GraphQL is answered. */
  readonly url: string;
  readonly postern: Postern;
  /** Signs tokens for trying things out; undefined unless the server runs on development tokens. */
  readonly issuer: DevelopmentIssuer | undefined;
  /** Whether browsers are answered with an IDE. */
  readonly hasIde: boolean;
  /** Where its metrics are read; undefined where that is not configured. */
  readonly metricsUrl: string | undefined;
  /** Why the server cannot go on and is to be stopped; settles only then. */
  readonly failed: Promise<Error>;
  stop(): Promise<void>;
}

export interface StartServerOptions extends DevelopmentOptions {
  readonly onProgress: (sentence: string) => void;
  /** Runs when the database is there and before the schema is made of its model. */
  readonly prepare?: (postern: Postern) => Promise<void>;
  /** Sees each statement that is sent to the database, where there is one worker. */
  readonly onStatement?: (text: string) => void;
  /** Sees what the database remarks. */
  readonly onNotice?: (message: string) => void;
  /** What subscribers may take up. */
  readonly live?: Partial<LiveLimits>;
  /** How long a request may take to arrive. */
  readonly arrivalMs?: number;
  /** What the threads of several workers run; tests look into them. */
  readonly workerFile?: URL;
  /** Makes something happen to what is waited for, where there is one worker; for tests. */
  readonly faults?: FaultPort;
}

/** Starts everything in order, and stops what was started when a later part fails. */
export async function startServer(given: Config, options: StartServerOptions): Promise<RunningServer> {
  const stops = new Stops();
  const log = createLog(given.logLevel);
  try {
    const workers = given.workers > 1 && !(await canSharePort()) ? 1 : given.workers;
    if (workers < given.workers) log.warn(cannotShare);
    const config = { ...given, workers };
    const database = await openDatabase(config.database, 'server', options.onProgress);
    stops.add(database.stop);
    const { dialect, done, doubt } = await migrate(database.url, config.retention.auditMs);
    for (const sentence of done) log.info(sentence);
    if (doubt !== undefined) log.warn(doubt);
    // Of several workers each has its own.
    const telemetry = workers === 1 ? openTelemetry(config, { log, stops }) : undefined;
    const opening = { ...options, databaseUrl: database.url, dialect, log, stops, telemetry };
    const postern = await openPostern(workers > 1 ? keeperOf(config) : config, opening);
    await options.prepare?.(postern);
    for (const doubt of await findDoubtfulSettings(config, postern)) log.warn(doubt);
    const recorded = recordedDelegatesSentence(config.tokenClasses ?? []);
    if (recorded !== undefined) log.info(recorded);
    const development = await prepareDevelopment(config, options, postern.store);
    let numbers: MetricsServer | undefined;
    // Told to the end: that a server is stopping is one of them.
    stops.add(async () => numbers?.stop());
    const { port, failed, readMetrics } =
      workers > 1
        ? await startWorkers(config, opening)
        : await startAlone(config, { ...opening, postern, development });
    numbers = config.metricsAddress && (await serveMetrics(config.metricsAddress, readMetrics));
    const timer = new UpkeepTimer({ postern, upkeep: postern.upkeep, retention: config.retention, log });
    stops.add(() => timer.stop());
    return {
      url: `http://${printedHost(config.host)}:${port}/graphql`,
      postern,
      issuer: development.issuer,
      hasIde: development.ide !== undefined,
      metricsUrl: numbers?.url,
      failed,
      stop: () => stops.run(),
    };
  } catch (error) {
    await stops.run();
    throw error;
  }
}

interface AloneOptions extends StartServerOptions, Pick<OpenPosternOptions, 'log' | 'stops' | 'telemetry'> {
  readonly postern: Postern;
  readonly development: Development;
}

/** The one worker is this thread. */
async function startAlone(config: Config, options: AloneOptions): Promise<RunningWorkers> {
  const { metrics, tracer } = options.telemetry ?? {};
  const postern = await measureUse(config, options.postern, options);
  const server = await createAnsweringServer(config, { ...options, postern, tracer });
  options.stops.add(server.stop);
  const port = await server.listen({ host: config.host, port: config.port, isShared: false });
  const readMetrics = async () => (metrics ? [{ worker: '1', reading: metrics.read() }] : []);
  return { port, failed: new Promise(() => undefined), readMetrics };
}

/** Beside its workers this thread asks next to nothing. */
function keeperOf(config: Config): Config {
  return { ...config, databaseConnections: 1, replicaMemoryMb: 0 };
}

const cannotShare =
  'This system does not deal out the connections of a port among threads, so there is one worker. Next: start more servers instead, behind one address, and set POSTERN_WORKERS to 1.';

/** An address that a person can open: "every address" is no address. */
function printedHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
