import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { papers } from '../authzen/support/papers.ts';
import { useDatabase } from '../support/database.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { onDatabase, type PosternServer, startPosternServer } from '../support/postern-server.ts';
import { callTool, mcpOn, postMessage, problemCodeOf, revision, sendMessage } from './support/mcp-client.ts';

const databaseUrl = useDatabase();
const own = { checks: [{ permission: 'can_edit', object: 'paper:1' }] };
const ann = { as: 'user:ann' } as const;
/** In place of the model of the other tests: who may read it. */
const store = papers.replace(
  'define can_read_relationships: operator',
  'define can_read_relationships: operator\n      define can_read_model: operator',
);

/** What is never in an answer that went wrong. */
const answers = /"decisions?"|"allowed"|"denied"|ECONN|postgres|at .*\.ts|src\//;

let folder: string;
let server: PosternServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-mcp-'));
  const log = { POSTERN_DECISION_LOG: 'all', POSTERN_DECISION_LOG_FILE: join(folder, 'calls.log') };
  const environment = { ...onDatabase, ...mcpOn, ...log, POSTERN_DECISION_LOG_CALLERS: 'plain' };
  const metrics = { POSTERN_METRICS_ADDRESS: '127.0.0.1:0', POSTERN_CALLER_ALLOWANCE: '500' };
  server = await startPosternServer({
    ...{ databaseUrl: databaseUrl(), store, environment: { ...environment, ...metrics } },
    // Of what the setting offers, the tokens are for reading only.
    claims: { scope: 'postern:read' },
  });
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

test('a call is answered in data and in words, and nothing of it is to be kept', async () => {
  const answer = await callTool(server, 'check_access', own, ann);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('postern-consistency')).toMatch(/^\S+$/);
  expect(answer.body?.result).toMatchObject({
    content: [{ type: 'text', text: '"user:ann" holds "can_edit" on "paper:1".' }],
    structuredContent: {
      decisions: [{ subject: 'user:ann', permission: 'can_edit', object: 'paper:1', decision: 'allowed' }],
    },
  });
  const listed = await sendMessage(server, 'tools/list', {}, ann);
  expect(listed.body?.result).toMatchObject({ ttlMs: 0, cacheScope: 'private' });
});

test('a tool that only the token lacks is refused with its scope, and is not listed', async () => {
  const change = { writes: [{ object: 'paper:1', relation: 'owner', subject: 'user:bob' }], reason: 'He asked.' };
  const answer = await callTool(server, 'propose_change', change, ann);
  expect([answer.status, problemCodeOf(answer)]).toEqual([403, 'FORBIDDEN']);
  expect(answer.headers.get('www-authenticate')).toMatch(
    /^Bearer error="insufficient_scope", scope="postern:propose", /,
  );
  const listed = await sendMessage(server, 'tools/list', {}, ann);
  expect(listed.text).toContain('"list_objects"');
  expect(listed.text).not.toContain('"readOnlyHint":false');
});

test('a cursor is for the same caller and the same question', async () => {
  const question = { permission: 'can_edit', type: 'paper', first: 1 };
  const { body } = await callTool(server, 'list_objects', question, ann);
  const after = body?.result?.structuredContent?.endCursor;
  expect(body?.result?.structuredContent).toMatchObject({ objects: ['paper:1'], hasMore: true });
  const next = await callTool(server, 'list_objects', { ...question, after }, ann);
  expect(next.body?.result?.structuredContent).toMatchObject({ objects: ['paper:2'], hasMore: false });
  const agent = { as: 'user:ann', by: 'agent:bot' };
  for (const [sent, asking] of [
    [{ after }, { as: 'user:bob' }],
    [{ after }, agent],
    [{ after, permission: 'can_view' }, ann],
    [{ after: `${after}A` }, ann],
  ] as const) {
    const other = await callTool(server, 'list_objects', { ...question, ...sent }, asking);
    expect(problemCodeOf(other)).toBe('INVALID_INPUT');
    expect(other.text).not.toContain('"paper:');
  }
});

test('what is not decided is said to be that, and why', async () => {
  const checks = [
    { permission: 'can_raed', object: 'paper:1' },
    { permission: 'can_edit', object: 'paper:2' },
    { permission: 'can_edit', object: 'paper:9' },
  ];
  const { body } = await callTool(server, 'check_access', { checks }, ann);
  expect(body?.result?.structuredContent).toMatchObject({
    decisions: [{ decision: 'undecided', code: 'UNKNOWN_RELATION' }, { decision: 'allowed' }, { decision: 'denied' }],
  });
});

test('an agent that acts for somebody gets what both may, and asks about nobody else', async () => {
  const acting = { as: 'user:ann', by: 'agent:bot' };
  const checks = ['paper:1', 'paper:2'].map((object) => ({ permission: 'can_edit', object }));
  const { body } = await callTool(server, 'check_access', { checks }, acting);
  expect(body?.result?.structuredContent).toMatchObject({
    decisions: [{ decision: 'allowed' }, { decision: 'denied' }],
  });
  const others = { checks: [{ subject: 'user:bob', permission: 'can_read', object: 'paper:1' }] };
  expect(problemCodeOf(await callTool(server, 'check_access', others, acting))).toBe('FORBIDDEN');
});

describe('a message that is wrong', () => {
  const headers = { 'mcp-method': 'tools/list' };
  const meta = { 'io.modelcontextprotocol/protocolVersion': '2031-01-01' };
  test.each([
    ['another method in its header', () => callTool(server, 'check_access', own, { ...ann, headers }), 400, -32_020],
    [
      'another name in its header',
      () => callTool(server, 'check_access', own, { ...ann, headers: { 'mcp-name': 'list_objects' } }),
      400,
      -32_020,
    ],
    [
      'no method in its headers',
      () => callTool(server, 'check_access', own, { ...ann, headers: { 'mcp-method': '' } }),
      400,
      -32_020,
    ],
    [
      'a revision that is not known',
      () => sendMessage(server, 'tools/list', {}, { ...ann, meta, headers: { 'mcp-protocol-version': '2031-01-01' } }),
      400,
      -32_022,
    ],
    ['a method that is not known', () => sendMessage(server, 'tools/destroy', {}, ann), 404, -32_601],
    ['a method that would stay open', () => sendMessage(server, 'subscriptions/listen', {}, ann), 404, -32_601],
    ['a tool that there is not', () => callTool(server, 'check_acces', {}, ann), 200, -32_602],
    [
      'the handshake of older revisions',
      () => postMessage(server, initialize, { ...ann, headers: { 'mcp-protocol-version': '' } }),
      400,
      -32_022,
    ],
    ['several messages', () => postMessage(server, `[${initialize},${initialize}]`, ann), 400, -32_600],
    ['much about its client', () => sendMessage(server, 'tools/list', {}, { ...ann, meta: many }), 400, -32_600],
    ['much besides', () => sendMessage(server, 'tools/call', { ...many, name: 'check_access' }, ann), 400, -32_600],
    [
      'an id that would be a long answer',
      () => postMessage(server, JSON.stringify({ jsonrpc: '2.0', id: 'x'.repeat(100_000), method: 'tools/list' }), ann),
      400,
      -32_600,
    ],
    ['no JSON', () => postMessage(server, '{', ann), 400, -32_600],
    ['a key twice', () => postMessage(server, '{"jsonrpc":"2.0","jsonrpc":"2.0"}', ann), 400, -32_600],
    ['deep JSON', () => postMessage(server, '['.repeat(100) + ']'.repeat(100), ann), 400, -32_600],
    ['a body that is too long', () => postMessage(server, JSON.stringify('x'.repeat(600_000)), ann), 413, -32_000],
    [
      'another media type',
      () => postMessage(server, '{}', { ...ann, headers: { 'content-type': 'text/plain' } }),
      415,
      -32_000,
    ],
    [
      'a consistency that is none',
      () => callTool(server, 'check_access', own, { ...ann, headers: { 'postern-consistency': 'soon' } }),
      400,
      -32_600,
    ],
  ])('with %s is an error and no answer', async (_what, send, status, code) => {
    const { body, text: told, ...answer } = await send();
    expect([answer.status, body?.error?.code], told).toEqual([status, code]);
    expect(told).not.toMatch(answers);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  const many = Object.fromEntries(Array.from({ length: 700 }, (_, index) => [`k${index}`.padEnd(100, '.'), 1]));
  const initialize = JSON.stringify({
    ...{ jsonrpc: '2.0', id: 1, method: 'initialize' },
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'old', version: '1' } },
  });
});

test('there is nothing to get and no session to end', async () => {
  for (const method of ['GET', 'DELETE']) {
    const answer = await server.send('/mcp', { method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  }
});

test.each(['https://evil.example', 'null', 'http://localhost:4001', 'http://localhost:4000.evil.example', ''])(
  'a page of the origin %j gets nothing, whatever token it has',
  async (origin) => {
    // `fetch` sets none that it is told to.
    const { status, body } = await raw(server, { origin, host: 'localhost:4000' });
    expect([status, JSON.parse(body).error.data]).toEqual([403, { code: 'FORBIDDEN' }]);
    expect(body).not.toMatch(answers);
  },
);

test('our own page may ask, and no name of a host changes where clients are sent', async () => {
  const { status } = await raw(server, { origin: 'http://localhost:4000', host: 'evil.example' });
  expect(status).toBe(200);
  const nobody = await raw(server, { authorization: '', host: 'evil.example' });
  expect([nobody.status, nobody.headers['www-authenticate']]).toEqual([
    401,
    'Bearer scope="postern:read postern:propose", resource_metadata="http://localhost:4000/.well-known/oauth-protected-resource/mcp"',
  ]);
  const metadata = await raw(server, { host: 'evil.example' }, '/.well-known/oauth-protected-resource/mcp', 'GET');
  expect(JSON.parse(metadata.body)).toEqual({
    ...{ resource: 'http://localhost:4000/mcp', resource_name: 'Postern' },
    ...{ scopes_supported: ['postern:read', 'postern:propose'], bearer_methods_supported: ['header'] },
  });
});

/** Sends a call with exactly these headers besides those of the protocol. */
async function raw(
  { url, token }: PosternServer,
  given: Readonly<Record<string, string>>,
  path = '/mcp',
  method = 'POST',
) {
  const authorization = `Bearer ${await token('user:ann')}`;
  const headers: Record<string, string> = {
    ...{ 'content-type': 'application/json', 'mcp-protocol-version': revision, 'mcp-method': 'tools/list' },
    ...{ authorization, ...given },
  };
  if (headers.authorization === '') delete headers.authorization;
  const meta = {
    'io.modelcontextprotocol/protocolVersion': revision,
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const sent = httpRequest(new URL(path, url), { method, headers });
  const answered = new Promise<{ status: number | undefined; headers: object; body: string }>((resolve, reject) => {
    sent.on('error', reject).on('response', (answer) => {
      text(answer).then((body) => resolve({ status: answer.statusCode, headers: answer.headers, body }), reject);
    });
  });
  sent.end(
    method === 'GET'
      ? undefined
      : JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: meta } }),
  );
  const { status, headers: got, body } = await answered;
  return { status, headers: Object.fromEntries(Object.entries(got)), body };
}

describe('the active model', () => {
  const operator = { as: 'service:pep' } as const;

  test('is read by whoever may read models, as a whole and type by type', async () => {
    const read = async (uri: string) => {
      const { body } = await sendMessage(server, 'resources/read', { uri }, operator);
      const [first] = Array.isArray(body?.result?.contents) ? body.result.contents : [];
      return JSON.parse(first.text);
    };
    expect(await read('postern://model/active')).toMatchObject({
      types: expect.arrayContaining([expect.objectContaining({ name: 'agent', permissions: ['can_act_for'] })]),
    });
    expect(await read('postern://type/paper')).toMatchObject({
      name: 'paper',
      relations: expect.arrayContaining([{ name: 'can_call', kind: 'PERMISSION', definition: 'owner' }]),
    });
    expect(await read('postern://type/paper/relation/owner')).toMatchObject({ type: 'paper', kind: 'ROLE' });
  });

  test.each([
    ['postern://type/paeper', 'UNKNOWN_TYPE'],
    ['postern://type/paper/relation/ownr', 'UNKNOWN_RELATION'],
    ['postern://type/%zz', 'NOT_FOUND'],
    ['postern://type/__proto__', 'UNKNOWN_TYPE'],
    ['file:///etc/passwd', 'NOT_FOUND'],
  ])('has no %s', async (uri, code) => {
    expect(problemCodeOf(await sendMessage(server, 'resources/read', { uri }, operator))).toBe(code);
  });

  test('completes names of types and of relations, and nothing to whoever may not read it', async () => {
    const complete = (uri: string, name: string, value: string, asking: typeof ann | typeof operator, context = {}) =>
      sendMessage(
        server,
        'completion/complete',
        { ref: { type: 'ref/resource', uri }, argument: { name, value }, context },
        asking,
      );
    const type = await complete('postern://type/{name}', 'name', 'p', operator);
    expect(type.body?.result?.completion).toEqual({ values: ['paper', 'platform'], total: 2, hasMore: false });
    const template = 'postern://type/{name}/relation/{relation}';
    const relation = await complete(template, 'relation', 'can_', operator, { arguments: { name: 'agent' } });
    expect(relation.body?.result?.completion).toMatchObject({ values: ['can_act_for'] });
    expect(problemCodeOf(await complete('postern://type/{name}', 'name', 'p', ann))).toBe('FORBIDDEN');
    expect(problemCodeOf(await complete('postern://else/{name}', 'name', 'p', operator))).toBe('NOT_FOUND');
  });
});

test('a caller who has used up its allowance comes again later, and others are answered', async () => {
  const many = { checks: Array.from({ length: 50 }, () => own.checks[0]) };
  const dan = { as: 'user:dan' } as const;
  let last = await callTool(server, 'check_access', many, dan);
  for (let sent = 0; last.status === 200 && sent < 300; sent++)
    last = await callTool(server, 'check_access', many, dan);
  expect([last.status, problemCodeOf(last)]).toEqual([429, 'TOO_MANY_REQUESTS']);
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(last.text).not.toMatch(answers);
  expect((await callTool(server, 'check_access', own, ann)).status).toBe(200);
});

test('what is still worked on takes room, also when nobody waits for it any more', async () => {
  const sql = connectAsOwner(databaseUrl(), 1);
  const taken = async () => {
    const metrics = await (await fetch(server.running.metricsUrl ?? '')).text();
    return Number(/^postern_admitted_weight\{kind="questions"[^}]*\} (\S+)$/m.exec(metrics)?.[1]);
  };
  const held = await sql.begin(async (owner) => {
    await owner`lock table relationship in access exclusive mode`;
    const cut = new AbortController();
    server.takeStatements();
    const asked = listFrom(cut.signal);
    await expect.poll(() => server.takeStatements().join()).toContain('relationship');
    cut.abort();
    expect(await asked).toBe('gone');
    // Answered after the end of the other connection was seen.
    for (let n = 0; n < 3; n += 1) expect((await server.send('/health/live')).status).toBe(200);
    return taken();
  });
  await sql.end();
  expect(held).toBeGreaterThan(0);
  await expect.poll(taken).toBe(0);
});

/** Asks for a list, and may go before it is there. */
async function listFrom(signal: AbortSignal): Promise<string> {
  const authorization = `Bearer ${await server.token('user:bob')}`;
  const headers = {
    ...{ authorization, 'content-type': 'application/json', 'mcp-protocol-version': revision },
    ...{ 'mcp-method': 'tools/call', 'mcp-name': 'list_objects' },
  };
  const meta = {
    'io.modelcontextprotocol/protocolVersion': revision,
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const params = { name: 'list_objects', arguments: { permission: 'can_edit', type: 'paper' }, _meta: meta };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
  return fetch(new URL('/mcp', server.url), { method: 'POST', headers, body, signal }).then(
    (answer) => answer.text(),
    () => 'gone',
  );
}

test('each message is counted, and leaves a line that says whose it was and how it ended', async () => {
  const headers = { 'x-request-id': 'of-an-agent' };
  const meta = { 'io.modelcontextprotocol/clientInfo': { name: 'Evil <b>\u202e https://evil.example', version: '1' } };
  const asking = { as: 'user:ann', by: 'agent:bot', headers, meta };
  await callTool(server, 'check_access', own, asking);
  await callTool(server, 'check_access', {}, asking);
  await callTool(server, 'no_such_tool', {}, asking);
  await sendMessage(server, 'tools/list', {}, asking);
  await sendMessage(server, 'made/up', {}, asking);
  const others = { checks: [{ subject: 'user:bob', permission: 'can_read', object: 'paper:1' }] };
  await callTool(server, 'check_access', others, asking);
  const said = () => linesOf(join(folder, 'calls.log'), 'of-an-agent');
  // What the protocol refuses, and what it takes and nobody answers.
  await sendMessage(server, 'tools/call', { name: 'check_access', arguments: [] }, asking);
  const envelope = {
    'io.modelcontextprotocol/protocolVersion': revision,
    'io.modelcontextprotocol/clientCapabilities': {},
    ...meta,
  };
  const params = { name: 'check_access', arguments: own, _meta: envelope };
  const notice = JSON.stringify({ jsonrpc: '2.0', method: 'tools/call', params });
  const named = { ...headers, 'mcp-method': 'tools/call', 'mcp-name': 'check_access' };
  expect((await postMessage(server, notice, { ...asking, headers: named })).status).toBe(202);
  await expect.poll(async () => (await said()).length).toBe(8);
  const client = 'Evil (address) 1';
  const who = { door: 'mcp', caller: 'user:ann', delegate: 'agent:bot', client };
  expect(await said()).toMatchObject([
    { ...who, tool: 'check_access', outcome: 'ok' },
    { ...who, tool: 'check_access', outcome: 'INVALID_INPUT' },
    { ...who, tool: 'tools/call', outcome: 'NOT_FOUND' },
    { ...who, tool: 'tools/list', outcome: 'ok' },
    { ...who, tool: 'other', outcome: 'BAD_REQUEST' },
    { ...who, tool: 'check_access', outcome: 'FORBIDDEN' },
    { ...who, tool: 'check_access', outcome: 'BAD_REQUEST' },
    { ...who, tool: 'other', outcome: 'ok' },
  ]);
  const metrics = await (await fetch(server.running.metricsUrl ?? '')).text();
  expect(metrics).toMatch(/^postern_requests_total\{door="mcp",operation="check_access",outcome="refused"/m);
  expect(metrics).toMatch(/^postern_requests_total\{door="mcp",operation="mcp",outcome="unauthenticated"/m);
  expect(metrics).not.toMatch(/made\/up|no_such_tool/);
});

/** What the decision log says of the calls of one request id. */
async function linesOf(file: string, id: string): Promise<readonly object[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line)).filter(({ log, requestId }) => log === 'call' && requestId === id);
}
