import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A tuple as the API writes it. */
export interface ApiTuple {
  readonly user: string;
  readonly relation: string;
  readonly object: string;
  readonly condition?: { readonly name: string; readonly context: Readonly<Record<string, unknown>> };
}

export interface OpenfgaServer extends AsyncDisposable {
  readonly url: string;
  readonly store: string;
  /** The paths that were asked for, in their order, without what pages say. */
  readonly asked: readonly string[];
  write(tuple: ApiTuple): void;
  remove(tuple: ApiTuple): void;
  /** A new model, which decides from now on. */
  publish(model: Readonly<Record<string, unknown>>): void;
  /** Runs once, when a page of the tuples was read and before it is answered. */
  whileRead: (() => void) | undefined;
  /** What it answers to everything. */
  failure: number | undefined;
}

interface Change {
  readonly tuple_key: ApiTuple;
  readonly operation: 'TUPLE_OPERATION_WRITE' | 'TUPLE_OPERATION_DELETE';
  readonly timestamp: string;
}

/** The part of OpenFGA's HTTP API that reading a store asks, with its pages: a real server, of which nothing else is true. */
export async function startOpenfgaServer(
  model: Readonly<Record<string, unknown>>,
  assertions: readonly unknown[] = [],
): Promise<OpenfgaServer> {
  const store = '01J000000000000000000STORE';
  const tuples = new Map<string, ApiTuple>();
  const changes: Change[] = [];
  const asked: string[] = [];
  const models = [{ ...model, id: 'M1' }];
  const record = (tuple_key: ApiTuple, operation: Change['operation']) =>
    changes.push({ tuple_key, operation, timestamp: new Date().toISOString() });
  const keyOf = ({ user, relation, object }: ApiTuple) => JSON.stringify([object, relation, user]);

  const answer = (method: string, url: URL, body: Readonly<Record<string, unknown>>): unknown => {
    const path = url.pathname.replace(`/stores/${store}`, '');
    asked.push(`${method} ${path}`);
    if (path === '/authorization-models') return { authorization_models: [models.at(-1)], continuation_token: '' };
    if (path.startsWith('/assertions/')) return { authorization_model_id: 'M1', assertions };
    if (path === '/changes') return changesFrom(url.searchParams);
    if (path === '/read') return readFrom(String(body.continuation_token ?? ''), Number(body.page_size ?? 50));
    return undefined;
  };

  const changesFrom = (query: URLSearchParams) => {
    const token = query.get('continuation_token') ?? '';
    const since = query.get('start_time');
    const first = since === null ? 0 : changes.findIndex(({ timestamp }) => timestamp >= since);
    const start = token === '' ? (first < 0 ? changes.length : first) : Number(atob(token));
    const page = changes.slice(start, start + Number(query.get('page_size') ?? 50));
    // Where nothing is found, the token that came goes back.
    return { changes: page, continuation_token: page.length === 0 ? token : btoa(String(start + page.length)) };
  };

  const readFrom = (token: string, size: number) => {
    const all = [...tuples.values()];
    const start = token === '' ? 0 : Number(atob(token));
    const page = all.slice(start, start + size).map((key) => ({ key, timestamp: new Date().toISOString() }));
    const run = server.whileRead;
    server.whileRead = undefined;
    run?.();
    return { tuples: page, continuation_token: start + size < all.length ? btoa(String(start + size)) : '' };
  };

  const http = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const found = answer(request.method ?? 'GET', url, await bodyOf(request));
    const status = server.failure ?? (found === undefined ? 404 : 200);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(status === 200 ? found : { code: 'internal_error', message: 'no' }));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: OpenfgaServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    store,
    asked,
    write: (tuple) => {
      tuples.set(keyOf(tuple), tuple);
      record(tuple, 'TUPLE_OPERATION_WRITE');
    },
    remove: ({ user, relation, object }) => {
      tuples.delete(keyOf({ user, relation, object }));
      record({ user, relation, object }, 'TUPLE_OPERATION_DELETE');
    },
    publish: (next) => models.push({ ...next, id: `M${models.length + 1}` }),
    whileRead: undefined,
    failure: undefined,
    [Symbol.asyncDispose]: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return server;
}

async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text === '' ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>);
}
