import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { modelTypes } from '../graphql/model-types.ts';
import { type BuiltSubgraph, buildSubgraph } from '../graphql/schema.ts';
import { Callers } from '../operations/callers.ts';
import { Gate } from '../operations/gate.ts';
import type { Postern } from '../operations/postern.ts';
import type { Store } from '../store/store.ts';
import type { Config } from './config.ts';
import { createConsole } from './console/console.ts';
import { createHttpServer, type HttpServer } from './create-http-server.ts';
import type { Development } from './development/development.ts';
import { createAuthenticator } from './identity/authenticate.ts';
import { listenProblem } from './listen-problem.ts';
import { readStaticSchema } from './read-static-schema.ts';
import type { LiveLimits } from './subscriptions/live-limits.ts';
import type { Tracer } from './telemetry/tracer.ts';

export interface AnsweringOptions {
  readonly postern: Postern;
  readonly development: Development;
  readonly log: Logger;
  readonly tracer?: Tracer | undefined;
  /** What subscribers may take up. */
  readonly live?: Partial<LiveLimits> | undefined;
  /** How long a request may take to arrive. */
  readonly arrivalMs?: number | undefined;
}

/** Where to listen. */
export interface ListeningPlace {
  readonly host: string;
  readonly port: number;
  /** Whether others may listen there as well, and the system deals out connections. */
  readonly isShared: boolean;
}

/** What answers requests, in one thread, and whom it has answered. */
export interface AnsweringServer {
  readonly callers: Callers;
  /** Takes requests from now on; returns the port. */
  listen(place: ListeningPlace): Promise<number>;
  /** Says that it is not ready, if it was, and goes on answering for the time that others have to hear of it; then it ends. */
  stop(): Promise<void>;
}

/** Everything that answers requests; it does not listen yet. */
export async function createAnsweringServer(config: Config, options: AnsweringOptions): Promise<AnsweringServer> {
  const { postern, log, tracer, development, live, arrivalMs } = options;
  const { issuer, ide } = development;
  const classes = config.tokenClasses ?? issuer?.classes ?? [];
  const callers = new Callers({ usual: config.callerAllowance, service: config.serviceAllowance });
  const http = await createHttpServer({
    schema: (await buildFromStore(postern.store, config)).schema,
    postern,
    authenticator: createAuthenticator(classes, {
      mode: config.mode,
      faults: postern.faults,
      onKeyProblem: (problem: string) => {
        postern.metrics?.count('postern_key_problems_total');
        log.warn(problem);
      },
    }),
    // For each thread: it is the thread's time that is dealt out.
    gate: new Gate(config.requestsAtOnce, config.requestTimeoutMs / 2),
    callers,
    tracer,
    mode: config.mode,
    log,
    developmentKeys: issuer?.jwks,
    ide,
    console: createConsole(config, development),
    coprocessor: config.coprocessor && { ...config.coprocessor, types: modelTypes(config.entities) },
    authzen: config.authzen,
    mcp: config.mcp,
    ...(live && { live }),
    ...(arrivalMs !== undefined && { arrivalMs }),
  });
  const stop = async () => {
    http.drain();
    if (http.app.server.listening) await delay(config.drainMs);
    await http.stop();
  };
  return { callers, listen: (place) => listen(http, place), stop };
}

async function listen({ app }: HttpServer, { host, port, isShared }: ListeningPlace): Promise<number> {
  const where = { host, port, ...(isShared && { reusePort: true }) };
  await app.listen(where).catch((error: unknown) => {
    throw new Error(listenProblem(error, { host, port }));
  });
  return (app.server.address() as AddressInfo).port;
}

/** The subgraph for the model that is active now; a model that is activated later changes types at the next start. */
export async function buildFromStore(store: Store, { entities }: Pick<Config, 'entities'>): Promise<BuiltSubgraph> {
  const active = await store.loadActiveModel();
  const built = buildSubgraph(await readStaticSchema(), active?.prepared.model, entities);
  if (built.ok) return built.value;
  const next = 'Give other names in POSTERN_ENTITIES, or activate another model: npm run postern -- model activate ID';
  throw new Error(`No server can start with the active model.\n${built.problem.join('\n')}\n${next}`);
}
