import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { formatConsistencyToken } from '../../src/model/consistency-token.ts';
import { type KeyServer, startKeyServer } from '../server/support/key-server.ts';
import { makeKey, type SigningKey, signToken } from '../server/support/tokens.ts';
import { useDatabase } from '../support/database.ts';
import { write } from '../support/postern.ts';
import { codesOf, onDatabase, type PosternServer, startPosternServer } from '../support/postern-server.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { entity, evaluation, post } from './support/authzen-client.ts';
import { papers } from './support/papers.ts';

const databaseUrl = useDatabase();
const origin = { POSTERN_AUTHZEN_URL: 'https://access.example' };
const yes = evaluation('user:ann can_edit paper:1');

/** Every question that there is, each of which has something to say. */
const questions: readonly (readonly [name: string, body: object])[] = [
  ['evaluation', yes],
  ['evaluations', { ...yes, evaluations: [{}, { subject: entity('user:bob') }] }],
  ['evaluations', { ...yes, options: { evaluations_semantic: 'permit_on_first_permit' }, evaluations: [{}] }],
  ['search/subject', { ...yes, subject: { type: 'user' } }],
  ['search/resource', { ...yes, resource: { type: 'paper' } }],
  ['search/action', yes],
];
const own = evaluation('user:bob can_read paper:1');
const ownQuestions: readonly (readonly [name: string, body: object])[] = [
  ['evaluation', own],
  ['search/resource', { ...own, resource: { type: 'paper' } }],
  ['search/action', own],
];

/** A server for one test, on the database of all. */
async function started(environment: Readonly<Record<string, string>>, url = databaseUrl()): Promise<PosternServer> {
  const server = await startPosternServer({ databaseUrl: url, environment: { ...onDatabase, ...environment } });
  onTestFinished(() => server.stop());
  return server;
}

beforeAll(async () => {
  const server = await startPosternServer({ databaseUrl: databaseUrl(), store: papers });
  await server.stop();
});

test('without an address there is no such door', async () => {
  const server = await started({});
  for (const [name, body] of questions) expect((await post(server, name, body)).status).toBe(404);
  expect((await server.send('/.well-known/authzen-configuration')).status).toBe(404);
});

describe('tokens', () => {
  let key: SigningKey;
  let keys: KeyServer;
  const doors = [['graphql'], ['authzen'], ['graphql', 'authzen'], undefined] as const;

  beforeAll(async () => {
    key = await makeKey('pep-1');
    keys = await startKeyServer(key.publicJwk);
  });

  afterAll(() => keys[Symbol.asyncDispose]());

  test('are for the doors of their class', async () => {
    const issuer = 'https://issuer.example';
    const classes = doors.map((of, index) => ({
      ...{ subjectType: 'service', issuer, audience: `postern-${index}`, jwksUrl: keys.url.href, doors: of },
    }));
    const server = await started({ ...origin, POSTERN_TOKEN_CLASSES: JSON.stringify(classes) });
    const now = Math.floor(Date.now() / 1000);
    const statuses: number[][] = [];
    for (const index of doors.keys()) {
      const claims = { iss: issuer, aud: `postern-${index}`, sub: 'pep', iat: now, exp: now + 600 };
      const headers = { authorization: `Bearer ${await signToken(key, claims)}` };
      const decided = await Promise.all(
        questions.map(([name, body]) => post(server, name, body, { as: null, headers })),
      );
      const viewer = await server.ask('{ viewer { subject } }', { headers });
      const stream = await server.send('/graphql/stream', {
        ...{
          method: 'POST',
          body: '{}',
          headers: { ...headers, accept: 'text/event-stream', 'content-type': 'application/json' },
        },
      });
      expect(decided.filter(({ status, text }) => status === 401 && /"decision"|"results"/.test(text))).toEqual([]);
      statuses.push([...new Set(decided.map(({ status }) => status)), viewer.status, stream.status === 401 ? 401 : 0]);
    }
    expect(statuses).toEqual([
      [401, 200, 0],
      [200, 401, 401],
      [200, 200, 0],
      [401, 200, 0],
    ]);
  });
});

describe.each([
  ['has stopped', (proxy: TcpProxy) => proxy.cut()],
  ['does not answer', async (proxy: TcpProxy) => proxy.freeze()],
])('while the database %s', (_what, breakIt) => {
  let proxy: TcpProxy;
  let server: PosternServer;

  beforeAll(async () => {
    proxy = await startTcpProxy(databaseUrl());
    const environment = { ...onDatabase, ...origin, POSTERN_REQUEST_TIMEOUT_MS: '400' };
    server = await startPosternServer({ databaseUrl: proxy.url, environment });
    for (const [name, body] of questions) await post(server, name, body);
    await breakIt(proxy);
  });

  afterAll(async () => {
    await proxy.mend();
    await server.stop();
    await proxy[Symbol.asyncDispose]();
  });

  test.each([
    ...questions.map(([name, body]) => ['service:pep', name, body] as const),
    ...ownQuestions.map(([name, body]) => ['user:bob', name, body] as const),
  ])('%s gets no answer to %s, and no "no"', { concurrent: true }, async (as, name, body) => {
    const answer = await post(server, name, body, { as });
    expect([answer.status, codesOf(answer)]).toEqual([503, ['AUTHORIZATION_UNAVAILABLE']]);
    expect(answer.text).not.toMatch(/"decision"|"evaluations"|"results"|ECONN|127\.0\.0\.1|postgres|src\//);
    expect(answer.headers.get('postern-consistency')).toBe(null);
  });

  test('it recovers by itself when the database is back', async () => {
    await proxy.mend();
    await expect.poll(async () => (await post(server, 'evaluation', yes)).body).toEqual({ decision: true });
  });
});

test('a caller who has used up its allowance comes again later, and others are answered', async () => {
  const server = await started({ ...origin, POSTERN_SERVICE_ALLOWANCE: '100', POSTERN_CALLER_ALLOWANCE: '100' });
  const many = { ...yes, evaluations: Array.from({ length: 1000 }, () => ({})) };
  let last = await post(server, 'evaluations', many);
  for (let sent = 0; last.status === 200 && sent < 30; sent++) last = await post(server, 'evaluations', many);
  expect([last.status, codesOf(last)]).toEqual([429, ['TOO_MANY_REQUESTS']]);
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(last.text).not.toContain('"decision"');
  expect((await post(server, 'evaluation', own, { as: 'user:bob' })).body).toEqual({ decision: true });
});

test('questions are counted, and each decision has a line, by their door and in the words of the model', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'postern-authzen-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'decisions.log');
  const log = { POSTERN_DECISION_LOG: 'all', POSTERN_DECISION_LOG_FILE: file };
  const environment = { ...onDatabase, ...origin, ...log, POSTERN_METRICS_ADDRESS: '127.0.0.1:0' };
  const server = await startPosternServer({ databaseUrl: databaseUrl(), environment });
  const headers = { 'x-request-id': 'from-the-gateway' };
  for (const [name, body] of questions) await post(server, name, body, { headers });
  await post(server, 'evaluation', evaluation('user:ann edit paper:1'), { headers });
  await post(server, 'evaluation', own, { as: 'user:bob', headers });
  await post(server, 'evaluation', '{', { headers });
  await post(server, 'evaluation', yes, { as: null });
  await post(server, 'evaluation', yes, { as: 'user:bob' });
  const metrics = await (await fetch(server.running.metricsUrl ?? '')).text();
  await server.stop();
  const counted = [
    ...metrics.matchAll(/^postern_requests_total\{door="authzen",operation="(.*?)",outcome="(.*?)".*\} (\d+)$/gm),
  ];
  expect(counted.map(([, ...parts]) => parts.join(' ')).toSorted()).toEqual(
    [
      ...['evaluation ok 3', 'evaluation invalid 1', 'evaluation unauthenticated 1', 'evaluation refused 1'],
      ...['evaluations ok 2', 'search/action ok 1', 'search/resource ok 1', 'search/subject ok 1'],
    ].toSorted(),
  );
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  const said = lines.map((line) => {
    const { door, requestId, permission, outcome } = JSON.parse(line);
    return [door, requestId, permission, outcome].join(' ');
  });
  const from = 'authzen from-the-gateway';
  expect(said).toEqual([
    ...[`${from} can_edit allowed`, `${from} can_edit allowed`, `${from} can_edit denied`, `${from} can_edit allowed`],
    ...[`${from} can_edit allowed`, `${from} can_read allowed`],
  ]);
});

test('what was written is seen by a question that brings its token', async () => {
  const server = await started({ ...origin, POSTERN_REPLICA_MEMORY_MB: '64' });
  const { postern } = server.running;
  const fresh = evaluation('user:fay can_edit paper:3');
  for (const isThere of [true, false, true, false]) {
    const change = ['paper:3#owner@user:fay'];
    const token = formatConsistencyToken(await write(postern, isThere ? change : [], isThere ? [] : change));
    const { body } = await post(server, 'evaluation', fresh, { headers: { 'postern-consistency': token } });
    expect(body).toEqual({ decision: isThere });
  }
});

test('an agent that acts for somebody gets what both may, and asks about nobody else', async () => {
  const server = await started(origin);
  const acting = { as: 'user:ann', by: 'agent:bot' };
  const body = async (name: string, question: object) => (await post(server, name, question, acting)).body;
  const paper2 = evaluation('user:ann can_edit paper:2');
  expect(await body('evaluation', yes)).toEqual({ decision: true });
  expect(await body('evaluation', paper2)).toEqual({ decision: false });
  // What is sent changes nothing of who asks.
  expect(await body('evaluation', { ...paper2, context: { hour: 9 } })).toEqual({ decision: false });
  expect(await body('evaluations', { evaluations: [yes, paper2] })).toMatchObject({
    evaluations: [{ decision: true }, { decision: false }],
  });
  const papersOfBoth = { ...yes, resource: { type: 'paper' } };
  expect(await body('search/resource', papersOfBoth)).toMatchObject({ results: [entity('paper:1')] });
  expect(await body('search/resource', { ...papersOfBoth, context: { hour: 9 } })).toMatchObject({
    results: [entity('paper:1')],
  });
  expect(await body('search/action', paper2)).toMatchObject({ results: [] });
  for (const question of [evaluation('agent:bot can_edit paper:1'), evaluation('user:bob can_read paper:1')])
    expect((await post(server, 'evaluation', question, acting)).status).toBe(403);
});

/** What a client may write that is no program of ours. */
async function raw(server: PosternServer, lines: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.write(Buffer.from(lines.join('\r\n'), 'latin1'));
  return (await buffer(socket)).toString('latin1');
}

test('whatever a request is called, it is called so in the answer or refused, and the server lives', async () => {
  const server = await started(origin);
  const authorization = `authorization: Bearer ${await server.token('service:pep')}`;
  const body = JSON.stringify(yes);
  const ask = (id: string) =>
    raw(server, [
      ...['POST /access/v1/evaluation HTTP/1.1', 'host: x', 'connection: close', 'content-type: application/json'],
      ...[authorization, `content-length: ${body.length}`, `x-request-id: ${id}`, '', body],
    ]);
  for (const id of ['plain', 'caf\u00e9 \u00ff', 'a\tb', "'; --", '%0d%0aset-cookie: a=b']) {
    const answer = await ask(id);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer.toLowerCase()).toContain(`x-request-id: ${id}`.toLowerCase());
    expect(answer).not.toMatch(/^set-cookie/im);
  }
  for (const id of ['a\u007fb', 'a\u0001b', 'a\rb']) expect(await ask(id)).toMatch(/^(?:HTTP\/1\.1 [24]00 |$)/);
  expect((await post(server, 'evaluation', yes)).body).toEqual({ decision: true });
});

test('whoever is not known is refused before anything is read of what they send', async () => {
  const server = await started(origin);
  for (const body of ['{', 'x'.repeat(600_000)])
    expect((await post(server, 'evaluation', body, { as: null })).status).toBe(401);
});
