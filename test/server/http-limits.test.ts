import { afterEach, describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { type Answer, codesOf, usePosternServer } from '../support/postern-server.ts';

const store = `
model: |
  model
    schema 1.1
  type user
  type track
    relations
      define owner: [user]
      define can_edit: owner
tuples:
  - { user: user:ann, relation: owner, object: track:1 }
`;

const server = usePosternServer(useDatabase(), { store });

afterEach(async () => {
  const answer = await server().ask('{ viewer { can(permission: "can_edit", object: "track:1") } }', {
    as: 'user:ann',
  });
  expect(answer.data).toEqual({ viewer: { can: true } });
});

const json = { 'content-type': 'application/json' };

const post = (body: BodyInit, headers: Record<string, string> = json) =>
  server().send('/graphql', {
    method: 'POST',
    headers,
    body,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  });

const inside = /node_modules|\bat \S+ \(|\.[jt]s\b|\bselect \w|\binsert into|postgres|FST_ERR/i;

/** Asserts a refusal that is typed, is not kept by any cache, and shows nothing of the server's inside. */
function expectRefusal(answer: Answer, status: number, code: string): void {
  expect([answer.status, new Set(codesOf(answer))]).toEqual([status, new Set([code])]);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(answer.text).not.toMatch(inside);
}

describe('a document is refused', () => {
  const deep = (count: number, open: string, close: string) => open.repeat(count) + close.repeat(count);
  const spreads = (count: number) =>
    Array.from({ length: count }, (_, n) => `fragment F${n} on Viewer { ...F${n + 1} ...F${n + 1} }`).join(' ');
  const aliases = (count: number, field: string) =>
    Array.from({ length: count }, (_, n) => `a${n}: ${field}`).join(' ');

  test.each<readonly [string, string, string]>([
    ['25 levels', deep(25, '{ a ', '}'), 'BAD_REQUEST'],
    ['100 levels', deep(100, '{ a ', '}'), 'BAD_REQUEST'],
    ['10,000 levels', deep(10_000, '{ a ', '}'), 'BAD_REQUEST'],
    ['levels that comments seem to close', deep(2000, '{ a # }\n', '}'), 'BAD_REQUEST'],
    ['levels that comments to the end of another line seem to close', deep(2000, '{ a # }\r', '}'), 'BAD_REQUEST'],
    ['levels that strings seem to close', deep(900, '{ a(b: "\\"})") ', '}'), 'BAD_REQUEST'],
    ['levels that block strings seem to close', deep(900, '{ a(b: """ } " \\""" }) """) ', '}'), 'BAD_REQUEST'],
    ['levels of lists', `{ viewer { can(permission: ${deep(2000, '[', ']')}, object: "track:1") } }`, 'BAD_REQUEST'],
    [
      'levels of objects',
      `{ viewer { can(permission: ${deep(2000, '{ a: ', '}')}, object: "track:1") } }`,
      'BAD_REQUEST',
    ],
    ['levels of types', `query ($a: ${deep(5000, '[', ']')}) { viewer { subject } }`, 'BAD_REQUEST'],
    ['levels that a string never ends', `{ viewer { can(permission: "${'{'.repeat(5000)}`, 'GRAPHQL_PARSE_FAILED'],
    ['a fragment in itself', '{ viewer { ...A } } fragment A on Viewer { ...A }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'fragments in a circle',
      '{ viewer { ...A } } fragment A on Viewer { ...B } fragment B on Viewer { ...A }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'fragments that double 30 times',
      `{ viewer { ...F0 } } ${spreads(30)} fragment F30 on Viewer { subject }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'fragments that double 250 times',
      `{ viewer { ...F0 } } ${spreads(250)} fragment F250 on Viewer { subject }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['10,000 tokens', `{ viewer { ${'subject '.repeat(10_000)} } }`, 'GRAPHQL_PARSE_FAILED'],
    ['3,500 times the same field', `{ viewer { ${'subject '.repeat(3500)} } }`, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'fields that overlap in fragments',
      `{ ${'viewer { ...A ...B } '.repeat(300)} } fragment A on Viewer { ${'subject '.repeat(600)} } fragment B on Viewer { ${'subject '.repeat(600)} }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['1,900 unknown directives', `{ viewer { subject ${'@a '.repeat(1900)} } }`, 'GRAPHQL_VALIDATION_FAILED'],
    [
      '3,900 unknown fields',
      `{ ${Array.from({ length: 3900 }, (_, n) => `a${n}`).join(' ')} }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['unknown fields under one name', `{ ${aliases(900, 'nope')} }`, 'GRAPHQL_VALIDATION_FAILED'],
    ['a subscription', 'subscription { a }', 'GRAPHQL_VALIDATION_FAILED'],
    ['no document', 'hello', 'GRAPHQL_PARSE_FAILED'],
    ['NUL', '{ viewer { subject } } \u0000', 'GRAPHQL_PARSE_FAILED'],
  ])('with %s', async (_what, query, code) => {
    expectRefusal(await post(JSON.stringify({ query })), 400, code);
  });

  test.each(['%23%FF%0A', '%23%zz%0A', '%23a%0A'])(
    'in an address whose text begins with %s, as in any',
    async (start) => {
      const path = `/graphql?query=${start}${'%7Ba'.repeat(2000)}`;
      expectRefusal(await server().send(path, { headers: { 'apollo-require-preflight': 'yes' } }), 400, 'BAD_REQUEST');
    },
  );

  test.each([
    ['24 levels of brackets', `{ viewer { ${'... on Viewer { '.repeat(22)} subject ${'} '.repeat(22)} } }`],
    [
      'brackets in strings',
      `{ _entities(representations: [{ __typename: "Track", id: "${'{'.repeat(200)}" }]) { __typename } }`,
    ],
    ['100,000 characters of comments', `{ viewer { subject } } #${'x'.repeat(100_000)}`],
    ['500 aliases', `{ ${aliases(500, 'viewer { subject }')} }`],
  ])('but not with %s', async (_what, query) => {
    expect((await post(JSON.stringify({ query }))).errors).toEqual([]);
  });
});

describe('a body is refused', () => {
  const question = '{"query":"{ viewer { subject } }"}';
  const entities =
    '{"query":"query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }","variables":{"r":';
  const bytes = (...parts: (string | number)[]) =>
    Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part)] : [part])));
  const range = (count: number, make: (n: number) => string) => Array.from({ length: count }, (_, n) => make(n)).join();
  const chunks = (count: number) => {
    const chunk = new TextEncoder().encode(' '.repeat(10_000));
    let sent = 0;
    return new ReadableStream({ pull: (stream) => (sent++ < count ? stream.enqueue(chunk) : stream.close()) });
  };

  test.each<readonly [string, () => BodyInit, number]>([
    ['600 KB of comments', () => JSON.stringify({ query: `#${'x'.repeat(600_000)}\n{ viewer { subject } }` }), 413],
    ['600 KB of spaces', () => `${question}${' '.repeat(600_000)}`, 413],
    ['600 KB in pieces of no stated length', () => chunks(60), 413],
    ['an object of 45,000 keys', () => `${entities}{${range(45_000, (n) => `"k${n}":1`)}}}}`, 400],
    ['a list of 45,000 numbers', () => `${entities}[${range(45_000, String)}]}}`, 400],
    ['16,001 lists in one another', () => `${entities}${'['.repeat(16_001)}${']'.repeat(16_001)}}}`, 400],
    ['nothing', () => '', 400],
    ['half of it', () => question.slice(0, 20), 400],
    ['more than it', () => `${question}}`, 400],
    ['null', () => 'null', 400],
    ['text', () => '"{ viewer { subject } }"', 400],
    ['a list of operations', () => `[${question},${question}]`, 400],
    ['no operation', () => '{"variables":{}}', 400],
    ['a query that is a number', () => '{"query":1}', 400],
    ['a query that is an object', () => '{"query":{"kind":"Document"}}', 400],
    ['variables that are a list', () => '{"query":"{ viewer { subject } }","variables":[]}', 400],
    ['variables that are text', () => '{"query":"{ viewer { subject } }","variables":"{}"}', 400],
    ['the same key twice', () => '{"query":"{ a }","query":"{ viewer { subject } }"}', 400],
    ['the same key in two spellings', () => '{"query":"{ a }","quer\\u0079":"{ viewer { subject } }"}', 400],
    ['the same key twice further down', () => `${entities}[{"id":"1","__typename":"Track","id":"2"}]}}`, 400],
    ['a key that is a prototype', () => `${entities}[{"__proto__":{"id":"1"}}]}}`, 400],
    ['bytes that are no UTF-8', () => bytes('{"query":"{ viewer { subject } } #', 0xe9, '"}'), 400],
    ['an overlong encoding', () => bytes('{"query":"{ viewer { subject } } #', 0xc0, 0xaf, '"}'), 400],
    ['UTF-16', () => Uint8Array.from(Buffer.from(question, 'utf16le')), 400],
  ])('that is %s', async (_what, body, status) => {
    expectRefusal(await post(body()), status, 'BAD_REQUEST');
  });

  test.each([
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['application/graphql'],
    ['application/json; charset=utf-16'],
    ['application/json; charset=iso-8859-1'],
    ['garbage'],
    [''],
  ])('of the type %j', async (type) => {
    expectRefusal(await post(question, { 'content-type': type }), 415, 'BAD_REQUEST');
  });

  test.each([
    ['15,000 levels of lists', `${entities}${'['.repeat(15_000)}${']'.repeat(15_000)}}}`],
    ['15,000 levels of objects', `${entities}${'{"a":'.repeat(15_000)}1${'}'.repeat(15_000)}}}`],
  ])('that has %s for a representation', async (_what, body) => {
    expectRefusal(await post(body), 200, 'BAD_USER_INPUT');
  });

  test.each([['application/json'], ['application/json;charset=UTF-8'], ['APPLICATION/JSON; charset="utf-8"']])(
    'but not of the type %j',
    async (type) => {
      expect((await post(question, { 'content-type': type })).data).toEqual({ viewer: null });
    },
  );
});

test.each([
  [undefined, 200, 'application/json; charset=utf-8'],
  ['*/*', 200, 'application/json; charset=utf-8'],
  ['application/json', 200, 'application/json; charset=utf-8'],
  ['application/json, */*;q=0.1', 200, 'application/json; charset=utf-8'],
  ['application/graphql-response+json', 200, 'application/graphql-response+json; charset=utf-8'],
  [
    'application/graphql-response+json, application/json;q=0.9',
    200,
    'application/graphql-response+json; charset=utf-8',
  ],
  ['text/html', 406, 'application/json; charset=utf-8'],
])('who accepts %j is answered %i of the type %j', async (accept, status, type) => {
  const headers = { 'content-type': 'application/json', ...(accept !== undefined && { accept }) };
  const answer = await post(JSON.stringify({ query: '{ viewer { subject } }' }), headers);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([status, type]);
});

describe('a request is refused', () => {
  const at = (query: string) => `/graphql?query=${encodeURIComponent(query)}`;
  const simple = { 'apollo-require-preflight': 'yes' };

  test.each<readonly [string, string, RequestInit, number]>([
    ['a GET that any page can make a browser send', at('{ viewer { subject } }'), {}, 400],
    [
      'a mutation by GET',
      at(
        'mutation { revokeRole(input: { object: "track:1", role: "owner", subject: "user:ann" }) { userErrors { code } } }',
      ),
      { headers: simple },
      405,
    ],
    ['100 levels by GET', at('{ a '.repeat(100)), { headers: simple }, 400],
    ['two queries by GET', '/graphql?query=a&query=b', { headers: simple }, 400],
    ['an address that is none', '/%E0%A4%A', {}, 400],
    ['another path', '/graphql/x', {}, 404],
    ['a POST of nothing', '/graphql', { method: 'POST' }, 400],
    ['a POST of nothing but an address', at('{ viewer { subject } }'), { method: 'POST', headers: simple }, 400],
    ['another method', '/graphql', { method: 'DELETE' }, 404],
  ])('that is %s', async (_what, path, request, status) => {
    expectRefusal(await server().send(path, request), status, 'BAD_REQUEST');
  });

  test.each([
    ['/mcp', 'POST', 'The door for agents is off here: POSTERN_MCP turns it on'],
    ['/mcp?a=b', 'GET', 'The door for agents is off here: POSTERN_MCP turns it on'],
    ['/mcp/x', 'GET', 'GraphQL is answered at /graphql.'],
  ])('that is for what is not here, which is said: %s', async (path, method, says) => {
    const body = method === 'POST' ? { body: '{}', headers: { 'content-type': 'application/json' } } : {};
    const answer = await server().send(path, { method, ...body });
    expect([answer.status, answer.text]).toEqual([404, expect.stringContaining(says)]);
  });

  test('that knows only the hash of its document, with the code that makes clients send it', async () => {
    const persistedQuery = { version: 1, sha256Hash: 'a'.repeat(64) };
    expectRefusal(await post(JSON.stringify({ extensions: { persistedQuery } })), 200, 'PERSISTED_QUERY_NOT_SUPPORTED');
  });
});

describe('every answer says that nobody may keep it', () => {
  test.each([['/health/live'], ['/health/ready'], ['/.well-known/jwks.json'], ['/nothing']])('%s', async (path) => {
    expect((await server().send(path)).headers.get('cache-control')).toBe('no-store');
  });

  test.each([[undefined], ['user:ann']])('GraphQL as %s', async (as) => {
    const answer = await server().ask('{ viewer { subject } }', as === undefined ? {} : { as });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});
