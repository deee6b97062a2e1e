import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type BuiltSubgraph, buildSubgraph } from '../graphql/schema.ts';
import { Callers } from '../operations/callers.ts';
import type { Postern } from '../operations/postern.ts';
import { migrate } from '../store/postgres/migrate.ts';
import { openStore, type PostgresStore } from '../store/postgres/open-store.ts';
import { openReplicaStore } from '../store/replica/open-replica-store.ts';
import type { ReplicaReport } from '../store/replica/replica-keeper.ts';
import type { Store } from '../store/store.ts';
import type { Config } from './config.ts';
import { createHttpServer } from './create-http-server.ts';
import { createLog } from './create-log.ts';
import { type DevelopmentOptions, prepareDevelopment } from './development/development.ts';
import type { DevelopmentIssuer } from './development/development-tokens.ts';
import { findDoubtfulSettings } from './doubtful-settings.ts';
import { createAuthenticator } from './identity/authenticate.ts';
import { claimedParameters } from './identity/token-class.ts';
import { listenProblem } from './listen-problem.ts';
import { createModelWorker } from './model-worker/create-model-worker.ts';
import { openDatabase } from './open-database.ts';
import { readStaticSchema } from './read-static-schema.ts';
import type { LiveLimits } from './subscriptions/live-limits.ts';

export interface RunningServer {
  /** Where GraphQL is answered. */
  readonly url: string;
  readonly postern: Postern;
  /** Signs tokens for trying things out; undefined unless the server runs on development tokens. */
  readonly issuer: DevelopmentIssuer | undefined;
  /** Whether browsers are answered with an IDE. */
  readonly hasIde: boolean;
  stop(): Promise<void>;
}

export interface StartServerOptions extends DevelopmentOptions {
  readonly onProgress: (sentence: string) => void;
  /** Runs when the database is there and before the schema is made of its model. */
  readonly prepare?: (postern: Postern) => Promise<void>;
  /** Sees each statement that is sent to the database. */
  readonly onStatement?: (text: string) => void;
  /** Sees what the database remarks. */
  readonly onNotice?: (message: string) => void;
  /** What subscribers may take up. */
  readonly live?: Partial<LiveLimits>;
  /** How long a request may take to arrive. */
  readonly arrivalMs?: number;
}

/** Starts everything in order, and stops what was started when a later part fails. */
export async function startServer(config: Config, options: StartServerOptions): Promise<RunningServer> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (let next = stops.pop(); next !== undefined; next = stops.pop()) await next();
  };
  try {
    const log = createLog(config.logLevel);
    const database = await openDatabase(config.database, 'server', options.onProgress);
    stops.push(database.stop);
    await migrate(database.url);
    const parser = await createModelWorker(config);
    stops.push(() => parser.close());
    const connect = {
      connections: config.databaseConnections,
      statementTimeoutMs: config.requestTimeoutMs,
      runtimeParameters: config.tokenClasses
        ? claimedParameters(config.tokenClasses)
        : Object.keys(options.developmentClaims ?? {}),
      ...(options.onStatement && { onStatement: options.onStatement }),
      ...(options.onNotice && { onNotice: options.onNotice }),
    };
    const store = withReplica(openStore(database.url, connect, parser), config, log);
    stops.push(() => store.close());
    const report = (message: string, error: unknown) => log.error({ err: error }, message);
    const noticesChecks = config.mode === 'development';
    const postern: Postern = { store, platform: config.platformObject, report, noticesChecks };
    await options.prepare?.(postern);
    for (const doubt of await findDoubtfulSettings(config, postern)) log.warn(doubt);

    const { issuer, ide } = await prepareDevelopment(config, options, store);
    const classes = config.tokenClasses ?? issuer?.classes ?? [];
    const onKeyProblem = (problem: string) => log.warn(problem);
    const http = await createHttpServer({
      schema: (await buildFromStore(store, config)).schema,
      postern,
      authenticator: createAuthenticator(classes, { mode: config.mode, onKeyProblem }),
      callers: new Callers({ usual: config.callerAllowance, service: config.serviceAllowance }),
      mode: config.mode,
      log,
      developmentKeys: issuer?.jwks,
      ide,
      coprocessor: config.coprocessor,
      ...(options.live && { live: options.live }),
      ...(options.arrivalMs !== undefined && { arrivalMs: options.arrivalMs }),
    });
    stops.push(http.stop);
    await http.app.listen({ port: config.port, host: config.host }).catch((error: unknown) => {
      throw new Error(listenProblem(error, config));
    });
    stops.push(async () => {
      http.drain();
      await delay(config.drainMs);
    });
    const { port } = http.app.server.address() as AddressInfo;
    return {
      url: `http://${printedHost(config.host)}:${port}/graphql`,
      postern,
      issuer,
      hasIde: ide !== undefined,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The store, with a replica unless there is to be none. */
function withReplica(store: PostgresStore, { replicaMemoryMb }: Config, log: Logger): Store {
  if (replicaMemoryMb === 0) return store;
  const report: ReplicaReport = (message, error) => {
    if (error === undefined) log.info(message);
    else log.warn({ err: error }, message);
  };
  return openReplicaStore(store, store.openReplicaFeed(), { maxBytes: replicaMemoryMb * 2 ** 20, report });
}

/** The subgraph for the model that is active now; a model that is activated later changes types at the next start. */
export async function buildFromStore(store: Store, { entities }: Pick<Config, 'entities'>): Promise<BuiltSubgraph> {
  const active = await store.loadActiveModel();
  const built = buildSubgraph(await readStaticSchema(), active?.prepared.model, entities);
  if (built.ok) return built.value;
  const next = 'Give other names in POSTERN_ENTITIES, or activate another model: npm run postern -- model activate ID';
  throw new Error(`No server can start with the active model.\n${built.problem.join('\n')}\n${next}`);
}

/** An address that a person can open: "every address" is no address. */
function printedHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
