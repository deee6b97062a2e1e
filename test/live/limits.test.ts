import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { office } from '../graphql/support/office.ts';
import { useDatabase } from '../support/database.ts';
import { endOf, type LiveStream, overEvents, overWebSocket, transports } from '../support/live-client.ts';
import { codesOf, type PosternServer, startPosternServer } from '../support/postern-server.ts';
import { changesQuery } from './support/changes-query.ts';

const databaseUrl = useDatabase();
/** Little patience, and little room. */
const strict = { connections: 4, subscriptionsPerConnection: 2, initialisationMs: 300, idleMs: 300, pingMs: 100 };
let server: PosternServer;
let near: PosternServer;
let few: PosternServer;
let fair: PosternServer;

beforeAll(async () => {
  const live = { subscriptionsPerConnection: 2, initialisationMs: 300 };
  server = await startPosternServer({ databaseUrl: databaseUrl(), store: office, live });
  near = await startPosternServer({ databaseUrl: databaseUrl(), live: strict });
  // With patience: a subscriber that takes nothing while others connect does not answer a ping, and would be cut off.
  few = await startPosternServer({ databaseUrl: databaseUrl(), live: { connections: strict.connections } });
  const each = { strangers: 1, connectionsPerSubject: 2, subscriptionsPerSubject: 3, messagesAtOnce: 10 };
  fair = await startPosternServer({ databaseUrl: databaseUrl(), live: { connections: 6, ...each } });
});
afterAll(async () => {
  await server.stop();
  await near.stop();
  await few.stop();
  await fair.stop();
});

const wsUrl = (path = '/graphql') => new URL(path, server.url).href.replace(/^http/, 'ws');
const bearer = async (as: string) => `Bearer ${await server.token(as)}`;
const valid = { objects: ['folder:plans'] };
const permissions =
  'subscription ($objects: [ObjectRef!]!) { viewerPermissionsChanged(objects: $objects) { granted } }';

/** A WebSocket that sends messages once it is open: how it is closed. */
async function closeOf(messages: readonly (string | Uint8Array)[], options: ClientOptions = {}, url = wsUrl()) {
  const socket = new WebSocket(url, 'graphql-transport-ws', options);
  socket.on('open', () => {
    for (const message of messages) socket.send(message);
  });
  return closing(socket);
}

/** With what code a WebSocket is closed; 1006 is no code, but a connection that was cut. */
function closing(socket: WebSocket): Promise<number> {
  socket.on('error', () => {});
  return new Promise((resolve) => void socket.on('close', resolve));
}

test('messages are charged as bodies are: who sends too many bytes is sent away, and nobody else', async () => {
  const environment = { POSTERN_CALLER_ALLOWANCE: '100' };
  const poor = await startPosternServer({ databaseUrl: databaseUrl(), environment });
  const open = async (as: string) => {
    const url = new URL('/graphql', poor.url).href.replace(/^http/, 'ws');
    const socket = new WebSocket(url, 'graphql-transport-ws', {
      headers: { authorization: `Bearer ${await poor.token(as)}` },
    });
    await once(socket, 'open');
    socket.send(init());
    await once(socket, 'message');
    return socket;
  };
  const ping = (size: number) => JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(size) } });
  const [loud, quiet] = [await open('user:ann'), await open('user:ann')];
  for (let n = 0; n < 8; n++) loud.send(ping(400_000));
  expect(await closing(loud)).toBe(1013);
  expect(codesOf(await poor.ask('{ viewer { subject } }', { as: 'user:ann' }))).toEqual([]);
  quiet.send(ping(10));
  expect(String(await once(quiet, 'message'))).toContain('pong');
  const other = await open('user:bob');
  other.send(ping(400_000));
  expect(String(await once(other, 'message'))).toContain('pong');
  await poor.stop();
});

const init = (payload?: unknown) => JSON.stringify({ type: 'connection_init', payload });

const event = { kind: 'next', errors: [] };

describe.each(transports)('over %s', (_name, subscribe) => {
  const deep = (count: number) => `subscription { a ${'{ a '.repeat(count)}${'}'.repeat(count)} }`;
  const doubling = Array.from({ length: 9 }, (_, n) => `fragment F${n} on ObjectPermissions { ...G${n} }`).join(' ');
  const spreads = (count: number) =>
    Array.from(
      { length: count },
      (_, n) => `a${n}: changes { b: relationship { ...F } c: relationship { ...F } }`,
    ).join(' ');
  const heavy = `subscription { relationshipChanges { ${spreads(40)} } }
    fragment F on ChangedRelationship { ${Array.from({ length: 10 }, (_, n) => `r${n}: relation`).join(' ')} }`;

  test.each<readonly [string, string, string]>([
    ['a query', '{ viewer { subject } }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a mutation',
      'mutation { revokeRole(input: { object: "folder:plans", role: "owner", subject: "user:pia" }) { userErrors { code } } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['a query beside a subscription', `${permissions} query Q { viewer { subject } }`, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'two fields',
      'subscription { relationshipChanges { activatedModel } b: relationshipChanges { activatedModel } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['an unknown field', 'subscription { secrets }', 'GRAPHQL_VALIDATION_FAILED'],
    ['25 levels', deep(25), 'BAD_REQUEST'],
    ['10,000 levels', deep(10_000), 'BAD_REQUEST'],
    [
      '10,000 tokens',
      `subscription { relationshipChanges { ${'activatedModel '.repeat(10_000)} } }`,
      'GRAPHQL_PARSE_FAILED',
    ],
    ['fragments that multiply', heavy, 'BAD_USER_INPUT'],
    [
      'fragments in a circle',
      'subscription { relationshipChanges { ...A } } fragment A on RelationshipChanges { ...A }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'unknown fragments',
      `subscription { relationshipChanges { activatedModel } } ${doubling}`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['no document', 'hello', 'GRAPHQL_PARSE_FAILED'],
    ['a variable that is missing', permissions, 'BAD_USER_INPUT'],
  ])('a document is refused with %s', async (_what, query, code) => {
    const stream = subscribe(server.url, query, { token: await server.token('user:pia') });
    const { events, codes } = await endOf(stream);
    stream.kill();
    expect([events, new Set(codes)]).toEqual([0, new Set([code])]);
  });

  test.each<readonly [string, () => Promise<string | undefined>, number]>([
    ['nobody', async () => undefined, 401],
    ['a forged token', async () => `${(await server.token('service:ops')).slice(0, -8)}AAAAAAAA`, 401],
    ['a token that has ended', async () => server.running.issuer?.sign('service:ops', -120_000), 401],
    ['a token that is none', async () => 'x', 401],
  ])('is closed to %s', async (_what, token, status) => {
    const message = await subscribe(server.url, changesQuery, { token: await token() }).next();
    expect(message).toMatchObject({ kind: 'closed', code: subscribe === overWebSocket ? 4403 : status });
  });

  test('takes no more connections than it may, and again when one has left', async () => {
    const token = await few.token('user:pia');
    const streams: LiveStream[] = [];
    const openOne = () => {
      streams.push(subscribe(few.url, permissions, { token, variables: valid }));
      return streams.at(-1)?.next();
    };
    // Those of the transport before may not have left yet.
    const openWhenFree = async () => {
      let message = await openOne();
      while (message?.kind === 'closed') message = await openOne();
      return message;
    };
    for (let count = 0; count < strict.connections; count++) expect(await openWhenFree()).toMatchObject(event);
    const open = streams.length - 1;
    expect(await openOne()).toMatchObject({ kind: 'closed', code: subscribe === overWebSocket ? undefined : 503 });
    streams[open]?.kill();
    expect(await openWhenFree()).toMatchObject(event);
    for (const stream of streams) stream.kill();
  });
});

describe('a WebSocket', () => {
  const params = async (as: string) => ({ authorization: await bearer(as) });
  const subscribeMessage = (id: string, query = permissions, variables: unknown = valid) =>
    JSON.stringify({ id, type: 'subscribe', payload: { query, variables } });

  test.each<readonly [string, readonly (string | Uint8Array)[], number]>([
    ['text that is no JSON', ['hello'], 4400],
    ['a message that is no object', ['[]'], 4400],
    ['a message of no type', ['{}'], 4400],
    ['a message of an unknown type', ['{"type":"shout"}'], 4400],
    ['bytes', [new TextEncoder().encode(init())], 4400],
    ['the same key twice', ['{"type":"connection_init","type":"ping"}'], 4400],
    ['a number that would be rounded', ['{"type":"ping","payload":{"tenant":9007199254740993}}'], 4400],
    ['a key that is a prototype', ['{"type":"connection_init","payload":{"__proto__":{}}}'], 4400],
    ['a message of 600 KB', [init({ authorization: 'x'.repeat(600_000) })], 1009],
    ['a subscription before anything', [subscribeMessage('1')], 4401],
    ['nothing', [], 4408],
    ['pings alone', ['{"type":"ping"}'], 4408],
  ])('is closed that sends %s', async (_what, messages, code) => {
    expect(await closeOf(messages)).toBe(code);
  });

  type Forged = readonly [header: string | undefined, params: () => Promise<unknown>, code?: number];
  const forged: Record<string, Forged> = {
    'parameters of another caller than the header': ['service:ops', () => params('user:pia')],
    'a header of another caller than the parameters': ['user:pia', () => params('service:ops')],
    'parameters that are no text': [undefined, async () => ({ authorization: ['Bearer x'] })],
    'parameters that are no text, beside a header': ['service:ops', async () => ({ authorization: null })],
    'parameters without a scheme': [undefined, async () => ({ authorization: await server.token('user:pia') })],
    'the parameter under another name': [undefined, async () => ({ Authorization: await bearer('user:pia') })],
    'parameters that are a list': [undefined, async () => [await bearer('user:pia')], 4400],
    'a subject': [undefined, async () => ({ subject: 'user:pia', viewer: { subject: 'user:pia' } })],
  };

  test.each(Object.entries(forged))('is closed that gives %s', async (_what, [header, makeParams, code = 4403]) => {
    const headers = header === undefined ? {} : { authorization: await bearer(header) };
    expect(await closeOf([init(await makeParams())], { headers })).toBe(code);
  });

  async function openAs(as: string, options: ClientOptions = {}, useHeader = false) {
    const authorization = await bearer(as);
    const headers = useHeader ? { authorization } : {};
    const socket = new WebSocket(wsUrl(), 'graphql-transport-ws', { ...options, headers });
    await once(socket, 'open');
    socket.send(init(useHeader ? undefined : { authorization }));
    await once(socket, 'message');
    return socket;
  }

  test('may say who it is by its header alone', async () => {
    const socket = await openAs('user:pia', {}, true);
    socket.send(subscribeMessage('1'));
    const [data] = await once(socket, 'message');
    expect(JSON.parse(String(data))).toMatchObject({ type: 'next', payload: { data: {} } });
    socket.terminate();
  });

  test('carries as many subscriptions as it may, and again when one is completed', async () => {
    const socket = await openAs('user:pia');
    const answers: unknown[] = [];
    const answered = async (id: string, message: string) => {
      socket.send(message);
      const [data] = await once(socket, 'message');
      answers.push([id, JSON.parse(String(data)).type]);
    };
    await answered('1', subscribeMessage('1'));
    await answered('2', subscribeMessage('2'));
    await answered('3', subscribeMessage('3'));
    socket.send(JSON.stringify({ id: '1', type: 'complete' }));
    await answered('4', subscribeMessage('4'));
    expect(answers).toEqual([
      ['1', 'next'],
      ['2', 'next'],
      ['3', 'error'],
      ['4', 'next'],
    ]);
    socket.terminate();
  });

  test.each([
    ['two subscriptions of one name', async () => [subscribeMessage('1'), subscribeMessage('1')], 4409],
    ['two first messages', async () => [init()], 4429],
  ])('is closed for %s', async (_what, messages, code) => {
    const socket = await openAs('user:pia');
    for (const message of await messages()) socket.send(message);
    expect(await closing(socket)).toBe(code);
  });

  test('is closed with its token, after its subscriptions have said so', async () => {
    const token = await server.running.issuer?.sign('user:pia', 2500);
    const stream = overWebSocket(server.url, permissions, { token: token ?? '', variables: valid });
    expect(await endOf(stream)).toEqual({ events: 1, codes: ['UNAUTHENTICATED'] });
    expect(await stream.next()).toEqual({ kind: 'closed', code: 4403, text: 'The session has ended.' });
  });

  test.each([
    ['at another path', '/graphql/x'],
    ['at the path of streams', '/graphql/stream'],
  ])('is not taken %s', async (_what, path) => {
    expect(await closeOf([], {}, wsUrl(path))).toBe(1006);
  });

  test('is not taken with another protocol', async () => {
    expect(await closing(new WebSocket(wsUrl(), 'graphql-ws'))).toBe(1006);
  });

  describe('of a server with little patience', () => {
    const connect = async (options: ClientOptions) => {
      const socket = new WebSocket(near.url.replace(/^http/, 'ws'), 'graphql-transport-ws', options);
      await once(socket, 'open');
      socket.send(init({ authorization: `Bearer ${await near.token('user:pia')}` }));
      await once(socket, 'message');
      return socket;
    };

    test('is closed when it wants nothing', async () => {
      const socket = await connect({});
      expect(await closing(socket)).toBe(1001);
    });

    test('is cut off when it does not answer', async () => {
      const socket = await connect({ autoPong: false });
      socket.send(subscribeMessage('1'));
      expect(await closing(socket)).toBe(1006);
    });
  });
});

describe('a stream', () => {
  const send = async (request: { method?: string; headers?: Record<string, string>; body?: string; as?: string }) =>
    server.send('/graphql/stream', {
      method: 'POST',
      body: JSON.stringify({ query: permissions, variables: valid }),
      ...request,
      headers: {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        authorization: await bearer('user:pia'),
        ...request.headers,
      },
    });

  test.each<readonly [string, Parameters<typeof send>[0], number]>([
    ['the type of a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415],
    ['plain text', { headers: { 'content-type': 'text/plain' } }, 415],
    ['a wish for JSON', { headers: { accept: 'application/json' } }, 406],
    ['a wish for anything', { headers: { accept: '*/*' } }, 406],
    ['a body that is no JSON', { body: '{' }, 400],
    ['a body without a query', { body: '{}' }, 400],
    ['a query that is a number', { body: '{"query":1}' }, 400],
    ['a list', { body: '[]' }, 400],
    ['the same key twice', { body: `{"query":"${permissions.slice(0, 0)}a","query":"b"}` }, 400],
    ['a number that would be rounded', { body: '{"query":"{ a }","variables":{"tenant":9007199254740993}}' }, 400],
    ['600 KB', { body: JSON.stringify({ query: `#${'x'.repeat(600_000)}` }) }, 413],
    ['the token of a shared stream', { method: 'PUT' }, 404],
    ['an end of an operation', { method: 'DELETE' }, 404],
  ])('is refused with %s', async (_what, request, status) => {
    const answer = await send(request);
    expect([answer.status, codesOf(answer)]).toEqual([status, ['BAD_REQUEST']]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('is not opened by a GET, which every page can make a browser send', async () => {
    const answer = await server.send(`/graphql/stream?query=${encodeURIComponent(permissions)}`, {
      headers: { accept: 'text/event-stream', authorization: await bearer('user:pia') },
    });
    expect([answer.status, codesOf(answer)]).toEqual([404, ['BAD_REQUEST']]);
  });
});

test('what is not a stream refuses subscriptions, and says where they are answered', async () => {
  const answer = await server.ask(changesQuery, { as: 'service:ops' });
  expect([answer.status, codesOf(answer)]).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
  expect(answer.errors[0]?.message).toBe(
    'There is no subscription here. Subscriptions are answered at /graphql/stream (Server-Sent Events) and by WebSocket at /graphql.',
  );
});

test('health does not depend on subscribers', async () => {
  const token = await server.token('user:pia');
  const stream = overWebSocket(server.url, permissions, { token, variables: valid });
  await stream.next();
  expect((await server.send('/health/ready')).status).toBe(200);
  stream.kill();
});

describe('one subscriber among others', () => {
  const open = async (as: string, subscribe = overWebSocket) =>
    subscribe(fair.url, permissions, { token: await fair.token(as), variables: valid });
  const connect = async (authorization?: string) => {
    const socket = new WebSocket(fair.url.replace(/^http/, 'ws'), 'graphql-transport-ws');
    await once(socket, 'open');
    if (authorization !== undefined) {
      socket.send(init({ authorization }));
      await once(socket, 'message');
    }
    return socket;
  };
  const message = (id: string) =>
    JSON.stringify({ id, type: 'subscribe', payload: { query: permissions, variables: valid } });

  test.each(transports)('has only so many connections over %s, and the next one has some', async (_name, subscribe) => {
    const streams = [await open('user:pia'), await open('user:pia', overEvents)];
    for (const stream of streams) expect(await stream.next()).toMatchObject({ kind: 'next', errors: [] });
    const refused = await (await open('user:pia', subscribe)).next();
    expect(refused).toMatchObject({ kind: 'closed', code: subscribe === overWebSocket ? 1013 : 429 });
    const other = await open('user:oz', subscribe);
    expect(await other.next()).toMatchObject({ kind: 'next', errors: [] });
    for (const stream of [...streams, other]) stream.kill();
    await expect
      .poll(async () => {
        const again = await open('user:pia');
        const { kind } = await again.next();
        again.kill();
        return kind;
      })
      .toBe('next');
  });

  test('has only so many subscriptions, over all connections', async () => {
    const authorization = `Bearer ${await fair.token('user:ada')}`;
    const sockets = [await connect(authorization), await connect(authorization)];
    const types: unknown[] = [];
    for (const [index, socket] of [...sockets, ...sockets].entries()) {
      socket.send(message(String(index)));
      const [data] = await once(socket, 'message');
      types.push(JSON.parse(String(data)).type);
    }
    expect(types).toEqual(['next', 'next', 'next', 'error']);
    for (const socket of sockets) socket.terminate();
  });

  test('is cut off when it subscribes and completes faster than that is noticed', async () => {
    const socket = await connect(`Bearer ${await fair.token('user:bob')}`);
    const closed = closing(socket);
    for (let id = 0; id < 200; id++) {
      socket.send(message(String(id)));
      socket.send(JSON.stringify({ id: String(id), type: 'complete' }));
    }
    expect(await closed).toBe(1006);
  });

  test('finds room though somebody without a token holds WebSockets open', async () => {
    const stranger = await connect();
    const second = new WebSocket(fair.url.replace(/^http/, 'ws'), 'graphql-transport-ws');
    expect(await closing(second)).toBe(1006);
    const stream = await open('user:cleo', overEvents);
    expect(await stream.next()).toMatchObject({ kind: 'next', errors: [] });
    stranger.terminate();
    stream.kill();
  });
});

test.each<readonly [string, boolean]>([
  ['a caller', true],
  ['a stranger', false],
])('%s is sent away whose messages are too many or too large, before they are looked at', async (_who, isKnown) => {
  const environment = { POSTERN_CALLER_ALLOWANCE: '100' };
  const poor = await startPosternServer({ databaseUrl: databaseUrl(), environment });
  try {
    const authorization = `Bearer ${await poor.token('user:pia')}`;
    const ping = JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(500_000) } });
    const known = isKnown ? [init({ authorization })] : [];
    const messages = [...known, ...Array.from({ length: 8 }, () => ping)];
    expect(await closeOf(messages, {}, poor.url.replace(/^http/, 'ws'))).toBe(1013);
  } finally {
    await poor.stop();
  }
});
