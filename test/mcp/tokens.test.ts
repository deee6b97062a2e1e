import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { papers } from '../authzen/support/papers.ts';
import { type KeyServer, startKeyServer } from '../server/support/key-server.ts';
import { makeKey, type SigningKey, signToken } from '../server/support/tokens.ts';
import { useDatabase } from '../support/database.ts';
import { onDatabase, type PosternServer, startPosternServer } from '../support/postern-server.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { callTool, type McpAnswer, mcpOn, problemCodeOf, sendMessage } from './support/mcp-client.ts';

const databaseUrl = useDatabase();
const issuer = 'https://issuer.example';
const audience = mcpOn.POSTERN_MCP_URL;
const actor = { subjectType: 'agent', claim: 'act.sub', required: true };
const own = { checks: [{ permission: 'can_edit', object: 'paper:1' }] };
const challenged =
  'scope="postern:read", resource_metadata="http://localhost:4000/.well-known/oauth-protected-resource/mcp"';

let key: SigningKey;
let keys: KeyServer;
let proxy: TcpProxy;
let server: PosternServer;

beforeAll(async () => {
  key = await makeKey('login-1');
  keys = await startKeyServer(key.publicJwk);
  proxy = await startTcpProxy(databaseUrl());
  const classOf = (more: object) => ({ issuer, jwksUrl: keys.url.href, ...more });
  const classes = [
    classOf({ subjectType: 'user', audience, doors: ['mcp'], actor }),
    classOf({ subjectType: 'user', audience: 'postern' }),
    classOf({ subjectType: 'user', audience: 'gateway', doors: ['authzen'] }),
  ];
  const filled = await startPosternServer({ databaseUrl: databaseUrl(), store: papers });
  await filled.stop();
  const environment = { ...onDatabase, ...mcpOn, POSTERN_MCP: 'read', POSTERN_TOKEN_CLASSES: JSON.stringify(classes) };
  const others = { POSTERN_AUTHZEN_URL: 'http://localhost:4000', POSTERN_REQUEST_TIMEOUT_MS: '400' };
  server = await startPosternServer({ databaseUrl: proxy.url, environment: { ...environment, ...others } });
});

afterAll(async () => {
  await server.stop();
  await proxy[Symbol.asyncDispose]();
  await keys[Symbol.asyncDispose]();
});

const good = { aud: audience, scope: 'openid postern:read', act: { sub: 'bot' } };

async function bearer(claims: object): Promise<Readonly<Record<string, string>>> {
  const now = Math.floor(Date.now() / 1000);
  return {
    authorization: `Bearer ${await signToken(key, { iss: issuer, sub: 'ann', iat: now, exp: now + 600, ...claims })}`,
  };
}

async function call(claims: object, headers: Readonly<Record<string, string>> = {}): Promise<McpAnswer> {
  return callTool(server, 'check_access', own, { as: null, headers: { ...(await bearer(claims)), ...headers } });
}

test('a token of the door, with its scope and who acts, gets an answer', async () => {
  const { body } = await call(good);
  expect(body?.result?.structuredContent).toMatchObject({ decisions: [{ decision: 'allowed' }] });
  const asList = await call({ ...good, scope: undefined, scp: ['postern:read'] });
  expect(asList.status).toBe(200);
});

test.each([
  ['another audience', { ...good, aud: 'https://elsewhere.example/mcp' }],
  ['the audience of another door', { ...good, aud: 'postern' }],
  ['the audience of a third door', { ...good, aud: 'gateway' }],
  ['two audiences of ours', { ...good, aud: [audience, 'postern'] }],
  ['nobody who acts, where somebody must', { ...good, act: undefined }],
  ['somebody who acts and is nobody', { ...good, act: {} }],
  ['an end that is over', { ...good, exp: 1000 }],
])('a token with %s is none here', async (_what, claims) => {
  const answer = await call(claims);
  expect([answer.status, problemCodeOf(answer)]).toEqual([401, 'UNAUTHENTICATED']);
  expect(answer.headers.get('www-authenticate')).toBe(`Bearer error="invalid_token", ${challenged}`);
  expect(answer.text).not.toMatch(/allowed|denied/);
});

test.each([
  ['no scope', { ...good, scope: undefined }],
  ['an empty scope', { ...good, scope: '' }],
  ['a scope of another form', { ...good, scope: { 'postern:read': true } }],
  ['other scopes', { ...good, scope: 'read postern:readonly postern' }],
  ['a scope that the setting does not offer', { ...good, scope: 'postern:propose' }],
  ['a scope beside what it says first', { ...good, scope: 'openid', scp: 'postern:read' }],
])('a token with %s opens nothing, and is told what it needs', async (_what, claims) => {
  const answer = await call(claims);
  expect([answer.status, problemCodeOf(answer)]).toEqual([403, 'FORBIDDEN']);
  expect(answer.headers.get('www-authenticate')).toBe(`Bearer error="insufficient_scope", ${challenged}`);
  expect(answer.text).not.toMatch(/allowed|denied|decisions/);
});

test('a token of the door is none at any other', async () => {
  const headers = { ...(await bearer(good)), 'content-type': 'application/json' };
  const sent = { method: 'POST', headers };
  const statuses = await Promise.all([
    server.send('/graphql', { ...sent, body: '{"query":"{ viewer { subject } }"}' }),
    server.send('/graphql/stream', { ...sent, headers: { ...headers, accept: 'text/event-stream' }, body: '{}' }),
    server.send('/access/v1/evaluation', { ...sent, body: '{}' }),
  ]);
  expect(statuses.map(({ status }) => status)).toEqual([401, 401, 401]);
  const others = { ...sent, headers: { ...headers, ...(await bearer({ ...good, aud: 'postern' })) } };
  expect((await server.send('/graphql', { ...others, body: '{"query":"{ viewer { subject } }"}' })).status).toBe(200);
});

test('only what the setting and the token allow is listed', async () => {
  const headers = await bearer({ ...good, scope: 'postern:read postern:propose' });
  const { body } = await sendMessage(server, 'tools/list', {}, { as: null, headers });
  const hints = JSON.stringify(body?.result?.tools).match(/"readOnlyHint":\w+/g);
  expect([...new Set(hints)]).toEqual(['"readOnlyHint":true']);
  const called = await callTool(server, 'propose_change', {}, { as: null, headers });
  expect([called.status, problemCodeOf(called)]).toEqual([200, 'NOT_FOUND']);
});

test('the metadata say whose tokens are taken', async () => {
  const { text } = await server.send('/.well-known/oauth-protected-resource/mcp');
  expect(JSON.parse(text)).toMatchObject({ authorization_servers: [issuer], scopes_supported: ['postern:read'] });
});

describe.each([
  ['does not answer', () => proxy.freeze(), {}],
  ['does not answer, and its caller does not wait either', () => proxy.freeze(), { 'postern-timeout-ms': '50' }],
  ['has stopped', () => proxy.cut(), {}],
])('while the database %s', (_what, breakIt, headers) => {
  beforeAll(async () => {
    await call(good);
    await breakIt();
  });

  afterAll(() => proxy.mend());

  test('a call has no answer, which is no "no"', async () => {
    const startedAt = performance.now();
    const answer = await call(good, headers);
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(problemCodeOf(answer)).toBe('AUTHORIZATION_UNAVAILABLE');
    expect(answer.body?.result).toMatchObject({ isError: true });
    expect(answer.body?.result).not.toHaveProperty('structuredContent');
    expect(answer.text).not.toMatch(/decisions|allowed|denied|ECONN|127\.0\.0\.1|postgres|src\//);
    expect(answer.headers.get('postern-consistency')).toBe(null);
  });

  test('it recovers by itself when the database is back', async () => {
    await proxy.mend();
    await expect.poll(async () => problemCodeOf(await call(good))).toBe(undefined);
  });
});
