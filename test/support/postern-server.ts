import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { isRecord } from '../../src/base/canonical-json.ts';
import { importStore } from '../../src/cli/import-store.ts';
import { readConfig } from '../../src/server/config.ts';
import { type RunningServer, type StartServerOptions, startServer } from '../../src/server/start-server.ts';
import type { ReplicaStore } from '../../src/store/replica/open-replica-store.ts';
import type { Store } from '../../src/store/store.ts';
import { noteStatement, throwIfUnnamed } from './unnamed-statements.ts';

export interface PosternServerOptions {
  readonly databaseUrl: string;
  /** An OpenFGA store file whose model and relationships fill the database, or the text of one. */
  readonly store?: string;
  /** Settings besides the database's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Claims of all tokens. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Whom the IDE asks as. */
  readonly callers?: StartServerOptions['developmentCallers'];
  /** Other limits for subscribers. */
  readonly live?: StartServerOptions['live'];
  /** How long a request may take to arrive. */
  readonly arrivalMs?: number;
  /** What the threads of several workers run. */
  readonly workerFile?: StartServerOptions['workerFile'];
  /** Sees what the database remarks. */
  readonly onNotice?: StartServerOptions['onNotice'];
  /** Makes something happen to what is waited for. */
  readonly faults?: StartServerOptions['faults'];
}

export interface Asking {
  /** Whose token the request carries, `user:eve`; none without it. */
  readonly as?: string;
  /** The agent that acts for them, `agent:bot`. */
  readonly by?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly data: unknown;
  readonly errors: readonly AnswerError[];
}

export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly retryAfterMs?: number };
}

export interface PosternServer {
  /** Where GraphQL is answered. */
  readonly url: string;
  readonly running: RunningServer;
  /** The statements that were sent to the database since the last call. */
  takeStatements(): readonly string[];
  token(subject: string, agent?: string): Promise<string>;
  /** Sends a query as a client does. */
  ask(query: string, asking?: Asking): Promise<Answer>;
  /** Sends any request to a path of the server. */
  send(path: string, request?: RequestInit): Promise<Answer>;
  stop(): Promise<void>;
}

/** Whether servers answer from replicas, as they do where nobody sets anything: `npm run test:replica`. */
export const isOnReplica = process.env.TEST_REPLICA !== undefined;

/** Settings for what is about the database's own answers: their statements are counted or held up. */
export const onDatabase = { POSTERN_REPLICA_MEMORY_MB: '0' } as const;

/** For a portion of what is true of both, which is asked of a replica in every run. */
export const onReplica = { POSTERN_REPLICA_MEMORY_MB: '512' } as const;

export const creatorsStore = 'examples/creators/store.fga.yaml';

/** A real server in this process, on a port of its own, with the development issuer's tokens. */
export async function startPosternServer(options: PosternServerOptions): Promise<PosternServer> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-server-'));
  const statements: string[] = [];
  const running = await startServer(configOf(options), {
    onProgress: () => undefined,
    developmentClaims: options.claims ?? {},
    developmentCallers: options.callers ?? [],
    developmentKeyFile: join(folder, 'development-key.json'),
    onStatement: (text) => {
      noteStatement(text);
      statements.push(text);
    },
    ...(options.workerFile && { workerFile: options.workerFile }),
    ...(options.onNotice && { onNotice: options.onNotice }),
    ...(options.faults && { faults: options.faults }),
    live: options.live ?? {},
    ...(options.arrivalMs !== undefined && { arrivalMs: options.arrivalMs }),
    prepare: async ({ ...postern }) => {
      if (options.store === undefined) return;
      const path = options.store.includes('\n') ? join(folder, 'store.fga.yaml') : options.store;
      if (path !== options.store) await writeFile(path, options.store);
      await importStore(postern, { kind: 'console', command: 'test' }, path);
    },
  });
  // Otherwise nobody knows what is asked while it is loaded.
  const { store } = running.postern;
  if (hasReplica(store)) await store.replica.whenLoaded();
  const token = async (subject: string, agent?: string) =>
    (await running.issuer?.sign(subject, undefined, agent)) ?? '';
  const send = async (path: string, request?: RequestInit) =>
    answerOf(await fetch(new URL(path, running.url), request));
  return {
    url: running.url,
    running,
    takeStatements: () => statements.splice(0),
    token,
    send,
    ask: async (query, { as, by, variables, headers } = {}) => {
      const authorization = as === undefined ? {} : { authorization: `Bearer ${await token(as, by)}` };
      return send('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...authorization, ...headers },
        body: JSON.stringify({ query, variables }),
      });
    },
    stop: async () => {
      await running.stop();
      throwIfUnnamed();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One server for the calling test file, on its database. The getter works from the first test on. */
export function usePosternServer(
  databaseUrl: () => string,
  options: Omit<PosternServerOptions, 'databaseUrl'> = {},
): () => PosternServer {
  let server: PosternServer | undefined;
  beforeAll(async () => {
    server = await startPosternServer({ ...options, databaseUrl: databaseUrl() });
  });
  afterAll(() => server?.stop());
  return () => {
    if (server === undefined) throw new Error('The server exists only inside tests and hooks.');
    return server;
  };
}

/** The codes of an answer's errors, in their order. */
export function codesOf({ errors }: Answer): readonly string[] {
  return errors.map(({ extensions }) => extensions.code);
}

function hasReplica(store: Store): store is ReplicaStore {
  return 'replica' in store;
}

function configOf({ databaseUrl, environment }: PosternServerOptions) {
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    PORT: '0',
    POSTERN_LOG_LEVEL: 'silent',
    // Nobody sends it anything while it ends, in production either.
    POSTERN_DRAIN_MS: '0',
    // Statements are seen where there is one.
    POSTERN_WORKERS: '1',
    // Tests ask faster than anybody may, as few subjects; what they are about is told in tests of its own.
    POSTERN_CALLER_ALLOWANCE: '1000000',
    POSTERN_SERVICE_ALLOWANCE: '1000000',
    ...(isOnReplica ? onReplica : onDatabase),
    ...environment,
  });
  if (!config.ok) throw new Error(config.problem.join('\n'));
  return config.value;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const body: unknown = text.startsWith('{') ? JSON.parse(text) : {};
  const { data, errors } = isRecord(body) ? body : {};
  const list = Array.isArray(errors) ? (errors as readonly AnswerError[]) : [];
  return { status: response.status, headers: response.headers, text, data, errors: list };
}
