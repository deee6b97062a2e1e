import type { ApolloServer } from '@apollo/server';
import { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { isRecord } from '../base/canonical-json.ts';
import { quote } from '../base/text-problem.ts';
import type { RequestContext } from '../graphql/request-context.ts';
import type { Callers } from '../operations/callers.ts';
import type { Gate } from '../operations/gate.ts';
import type { Postern } from '../operations/postern.ts';
import { addAuthzenRoutes } from './authzen/add-authzen-routes.ts';
import type { AuthzenConfig } from './authzen/authzen-config.ts';
import type { Mode } from './config/mode.ts';
import { addConsole, type GraphqlRoute } from './console/add-console.ts';
import type { Console } from './console/console.ts';
import { addCoprocessorRoute, type CoprocessorSettings } from './coprocessor/coprocessor-route.ts';
import { admitBefore, enterGate, maxBodyBytes, refuseOverloaded } from './http/admit-request.ts';
import { answerError } from './http/answer-error.ts';
import { answerGraphql } from './http/answer-graphql.ts';
import { createApollo } from './http/create-apollo.ts';
import { ExpectedWork } from './http/expected-work.ts';
import { markRequests } from './http/mark-requests.ts';
import { createMaskError } from './http/mask-error.ts';
import { parseJsonBody } from './http/parse-json-body.ts';
import { isNestedDeeperThan, maxNesting } from './http/query-nesting.ts';
import { readOnlyJson } from './http/read-only-json.ts';
import { ReadinessProbe } from './http/readiness.ts';
import { requestIdHeader, requestIdOf } from './http/request-id.ts';
import { addIde } from './ide/add-ide.ts';
import type { Ide } from './ide/ide.ts';
import { atDoor } from './identity/at-door.ts';
import type { Authenticator } from './identity/authenticate.ts';
import type { Door } from './identity/door.ts';
import { addMcpRoutes } from './mcp/add-mcp-routes.ts';
import { type McpConfig, mcpIsOff, mcpPath } from './mcp/mcp-config.ts';
import { readVersion } from './read-version.ts';
import { addStreamRoute, type StreamRoute } from './subscriptions/add-stream-route.ts';
import { type LiveLimits, liveLimits } from './subscriptions/live-limits.ts';
import { LiveSessions } from './subscriptions/live-sessions.ts';
import { serveWebSockets } from './subscriptions/serve-websockets.ts';
import { countRequests } from './telemetry/count-requests.ts';
import { observeServer } from './telemetry/observe-server.ts';
import { traceRequests } from './telemetry/trace-requests.ts';
import type { Tracer } from './telemetry/tracer.ts';

export interface HttpServerParts {
  readonly schema: GraphQLSchema;
  readonly postern: Postern;
  readonly authenticator: Authenticator;
  readonly callers: Callers;
  readonly gate: Gate;
  /** Undefined where nothing is traced. */
  readonly tracer?: Tracer | undefined;
  readonly mode: Mode;
  readonly log: FastifyBaseLogger;
  /** Published at `/.well-known/jwks.json`; development only. */
  readonly developmentKeys: object | undefined;
  /** For browsers, at `/` and `/graphql`; development only. */
  readonly ide?: Ide | undefined;
  /** Without it there is no `/console`. */
  readonly console?: Console | undefined;
  /** Without it there is no `/coprocessor`. */
  readonly coprocessor: CoprocessorSettings | undefined;
  /** Without it there is no `/access/v1`. */
  readonly authzen?: AuthzenConfig | undefined;
  /** Without it there is no `/mcp`. */
  readonly mcp?: McpConfig | undefined;
  /** What subscribers may take up; the limits of `live-limits.ts` where it does not say otherwise. */
  readonly live?: Partial<LiveLimits>;
  /** How long a request may take to arrive; 30 seconds where it does not say otherwise. */
  readonly arrivalMs?: number;
}

export interface HttpServer {
  readonly app: FastifyInstance;
  /** Says from now on that it is not ready, and of each connection that it ends with its answer, while it goes on answering. */
  drain(): void;
  /** Takes no new requests and lets the running ones finish; whoever is connected after 10 seconds is cut off. */
  stop(): Promise<void>;
}

/** Of a request without a body. */
const nothing = Buffer.alloc(0);

type HttpError = Error & { readonly statusCode?: number };

/** Every answer is about one caller at one moment. */
const neverCached = { 'cache-control': 'no-store' };

/** How long a request may take to arrive, headers and body: a connection that drips must not be held for ever. */
const usualArrivalMs = 30_000;

/** The HTTP server with its routes; it does not listen yet. */
export async function createHttpServer(given: HttpServerParts): Promise<HttpServer> {
  const parts = partsAt('graphql', given);
  const { schema, mode, log, developmentKeys, arrivalMs = usualArrivalMs } = parts;
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    // One for all requests: what is logged of one says so itself.
    childLoggerFactory: (logger) => logger,
    genReqId: requestIdOf,
    bodyLimit: maxBodyBytes,
    routerOptions: { querystringParser: readQuery },
    requestTimeout: arrivalMs,
    // Node looks for requests that take too long this often, and otherwise only twice a minute.
    http: { headersTimeout: arrivalMs, connectionsCheckingInterval: Math.ceil(arrivalMs / 10) },
    forceCloseConnections: 'idle',
    // Whoever still has a connection is answered; Fastify would refuse it in words of its own.
    return503OnClosing: false,
    frameworkErrors: (error, _request, reply) =>
      answerHttpError(refused(error.statusCode ?? 400, 'The address is not valid.'), reply),
  });
  const version = readVersion();
  const apollo = createApollo(schema, mode, app.log, [fastifyApolloDrainPlugin(app)]);
  await apollo.start();
  const readiness = new ReadinessProbe(parts);
  markRequests(app);
  const { metrics } = parts.postern;
  if (metrics !== undefined) countRequests(app, metrics);
  if (parts.tracer !== undefined) traceRequests(app, parts.tracer);
  app.addHook('onSend', (request, reply, payload, done) => {
    void reply.headers(neverCached).header(requestIdHeader, request.id);
    if (readiness.isDraining) void reply.header('connection', 'close');
    done(null, payload);
  });
  if (log.level === 'debug' || log.level === 'trace') logEachRequest(app);
  const expected = new ExpectedWork();
  readOnlyJson(app, parts.gate, { work: (_request, body) => expected.of(body), charsetStatus: 415 });
  app.setErrorHandler((error: HttpError, _request, reply) => answerHttpError(error, reply));
  app.setNotFoundHandler(({ url }, reply) => answerHttpError(refused(404, describeNotFound(url, parts)), reply));
  if (parts.ide !== undefined) addIde(app, parts.ide, mode);
  const graphql = graphqlRoute(apollo, parts, expected);
  app.route({ url: '/graphql', method: ['GET', 'POST'], onRequest: admitBefore(parts), ...graphql });
  if (parts.coprocessor !== undefined) await addCoprocessorRoute(app, parts.coprocessor, parts);
  if (parts.authzen !== undefined) await addAuthzenRoutes(app, parts.authzen, partsAt('authzen', given));
  if (parts.mcp !== undefined) await addMcpRoutes(app, parts.mcp, partsAt('mcp', given));
  const { sessions, stream } = addSubscriptions(app, parts);
  const { console } = parts;
  if (console !== undefined) addConsole(app, console, { ...parts, admit: admitBefore(parts), graphql, stream });
  if (metrics !== undefined) observeServer(metrics, { gate: parts.gate, readiness, sessions });
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    const answer = await readiness.ask();
    if (answer.status === 'ready') return { ...answer, version };
    return reply.code(503).send(answer);
  });
  app.get('/version', async () => ({ name: 'postern', version }));
  if (mode === 'development' && developmentKeys !== undefined)
    app.get('/.well-known/jwks.json', async () => developmentKeys);
  // Apollo Server closes the app while it drains; closing the app first would wait for itself.
  return { app, drain: () => readiness.drain(), stop: () => apollo.stop() };
}

/** What questions are answered with that come one way: its tokens are none at the others, and whoever reads of it can tell. */
function partsAt(door: Door, given: HttpServerParts): HttpServerParts {
  return { ...given, authenticator: atDoor(given.authenticator, door), postern: { ...given.postern, door } };
}

/** For whoever looks for one request: what it was answered, and how long that took. */
function logEachRequest(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions } = request;
    const answer = { method, route: routeOptions.url, status: reply.statusCode, durationMs: reply.elapsedTime };
    app.log.debug(answer, 'A request was answered.');
    done();
  });
}

/** Whoever looks for a door that is off learns what opens it. */
function describeNotFound(url: string, { mcp }: Pick<HttpServerParts, 'mcp'>): string {
  if (mcp === undefined && url.split('?', 1)[0] === mcpPath) return mcpIsOff;
  return 'GraphQL is answered at /graphql.';
}

function refused(statusCode: number, message: string): HttpError {
  return Object.assign(new Error(message), { statusCode });
}

/** What is done with a request that was admitted. */
function graphqlRoute(
  apollo: ApolloServer<RequestContext>,
  parts: HttpServerParts,
  expected: ExpectedWork,
): GraphqlRoute {
  return {
    preValidation: (request, reply, done) =>
      enterGate(request, parts.gate, expected.of(nothing), (isIn) => {
        if (isIn) done();
        else refuseOverloaded(reply);
      }),
    preHandler: (request, _reply, done) => {
      const problem = problemInAddress(request) ?? problemInDocument(request);
      done(problem === undefined ? undefined : refused(400, problem));
    },
    handler: answerGraphql(apollo, parts),
  };
}

/** Both transports of subscriptions; they end before the app waits for its connections. */
function addSubscriptions(
  app: FastifyInstance,
  parts: HttpServerParts,
): { readonly sessions: LiveSessions; readonly stream: StreamRoute } {
  const limits = { ...liveLimits, ...parts.live };
  const sessions = new LiveSessions(limits);
  const complete = { ...parts, log: app.log, mask: createMaskError(parts.mode, app.log), limits, sessions };
  const stream = addStreamRoute(app, complete);
  serveWebSockets(app, complete, maxBodyBytes);
  app.addHook('preClose', () => sessions.stop());
  return { sessions, stream };
}

/** As Apollo Server reads it, byte by byte: what is looked at here is what is answered there. */
function readQuery(text: string): Record<string, string | string[]> {
  if (text === '') return {};
  const found = Map.groupBy(new URLSearchParams(text), ([name]) => name);
  return Object.fromEntries(
    Array.from(found, ([name, entries]) => {
      const values = entries.map(([, value]) => value);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

/** What is wrong with the JSON that the address of a GET carries; it is read as strictly as a body. */
function problemInAddress({ method, query }: FastifyRequest): string | undefined {
  if (method !== 'GET' || !isRecord(query)) return undefined;
  for (const name of ['variables', 'extensions']) {
    const text = query[name];
    const parsed = typeof text === 'string' && text !== '' ? parseJsonBody(Buffer.from(text)) : undefined;
    if (parsed?.ok === false) return `${quote(name)} in the address: ${parsed.problem}`;
  }
  return undefined;
}

function problemInDocument(request: FastifyRequest): string | undefined {
  const query = queryOf(request);
  if (query === undefined || !isNestedDeeperThan(query, maxNesting)) return undefined;
  return `The document is nested more than ${maxNesting} levels deep.`;
}

/** The document, wherever the request carries it; Apollo Server refuses what is not a string. */
function queryOf({ body, query }: FastifyRequest): string | undefined {
  const carrier: unknown = body ?? query;
  if (typeof carrier !== 'object' || carrier === null || !('query' in carrier)) return undefined;
  return typeof carrier.query === 'string' ? carrier.query : undefined;
}

/** What Fastify itself refuses: a body that is too large, malformed JSON, an unknown media type. */
function answerHttpError(error: HttpError, reply: FastifyReply): void {
  const status = error.statusCode ?? 500;
  const message = status < 500 ? error.message : 'Something went wrong in Postern.';
  if (status >= 500) reply.log.error({ err: error }, 'A request failed.');
  const code = status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
  void answerError(reply.headers(neverCached), { message, extensions: { code } }, status);
}
