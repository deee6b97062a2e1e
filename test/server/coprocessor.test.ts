import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkSDL, requiresPermissionSDL } from '#guard/directive';
import { composeSupergraph } from '../../examples/creators/supergraph/compose-supergraph.ts';
import { formatConsistencyToken, tokenOf } from '../../src/model/consistency-token.ts';
import { useDatabase } from '../support/database.ts';
import { codesOf, type PosternServer, startPosternServer } from '../support/postern-server.ts';

const store = `
model: |
  model
    schema 1.1
  type user
  type agent
    relations
      define can_act_for: [user]
  type track
    relations
      define owner: [user, agent, user with in_hours]
      define can_edit: owner
      define can_listen: owner
  condition in_hours(hour: int) { hour < 12 }
tuples:
  - { user: user:ann, relation: owner, object: track:1 }
  - { user: agent:bot, relation: owner, object: track:1 }
  - { user: agent:idle, relation: owner, object: track:1 }
  - { user: user:ann, relation: can_act_for, object: agent:bot }
  - { user: user:bob, relation: can_act_for, object: agent:bot }
  - { user: user:ann, relation: can_act_for, object: agent:weak }
  - { user: user:ann, relation: owner, object: track:2, condition: { name: in_hours } }
`;

const subgraph = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])
  ${linkSDL}
  ${requiresPermissionSDL}
  type Query {
    track(id: ID!): Track @requiresPermission(permission: "can_listen", object: "track:{$args.id}")
    quiet(id: ID!): Track @requiresPermission(permission: "can_listen", object: "track:{$args.id}", onDeny: "NULL")
    tracks: [Track!]!
    ranked(by: Rank): [Int]
    toString(id: ID!): Int @requiresPermission(permission: "can_listen", object: "track:{$args.id}")
  }
  type Mutation {
    rename(input: RenameInput!): Track @requiresPermission(permission: "can_edit", object: "track:{$args.input.id}")
    touch: Int
    change(inputs: [RenameInput!]!): Int
  }
  type Subscription { plays(id: ID!): Int @requiresPermission(permission: "can_listen", object: "track:{$args.id}") }
  enum Rank { TITLE ROYALTIES @requiresPermission(permission: "can_edit", object: "track:3") }
  input RenameInput { id: ID title: String price: Int @requiresPermission(permission: "can_edit", object: "track:{$this.id}") }
  type Track @key(fields: "id") {
    id: ID!
    title: String
    history(of: ID!): Int @requiresPermission(permission: "can_edit", object: "track:{$args.of}")
  }
`;

const secret = 'a-secret-that-only-the-router-knows';
const composed = composeSupergraph([{ name: 'music', url: 'http://127.0.0.1:1/', sdl: subgraph }]);
const sdl = composed.ok ? composed.supergraphSdl : '';

const databaseUrl = useDatabase();
let folder: string;
let server: PosternServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-coprocessor-'));
  const file = join(folder, 'supergraph.graphql');
  await writeFile(file, sdl);
  const environment = { POSTERN_COPROCESSOR_SECRET: secret, POSTERN_SUPERGRAPH_FILE: file };
  server = await startPosternServer({ databaseUrl: databaseUrl(), store, environment });
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('what a client sent is charged to it, and the schema that a router sends with it is not', async () => {
  const environment = { POSTERN_COPROCESSOR_SECRET: secret, POSTERN_CALLER_ALLOWANCE: '100' };
  const poor = await startPosternServer({ databaseUrl: databaseUrl(), environment });
  const decideFor = async (subject: string, comment: number, schema: string) => {
    const body = { query: `{ track(id: "1") { title } } #${'x'.repeat(comment)}` };
    const headers = { authorization: [`Bearer ${await poor.token(subject)}`] };
    const { text } = await poor.send('/coprocessor', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify(apolloMessage(body, headers, { sdl: schema })),
    });
    return (JSON.parse(text) as { control: unknown }).control;
  };
  const large = `${sdl}\n#${'x'.repeat(3_000_000)}`;
  expect(await decideFor('user:ann', 10, large)).toBe('continue');
  expect(await decideFor('user:ann', 1_500_000, sdl)).toBe('continue');
  expect(await decideFor('user:ann', 1_500_000, sdl)).toEqual({ break: 503 });
  expect(await decideFor('user:bob', 10, sdl)).toEqual({ break: 403 });
  await poor.stop();
});

interface Operation {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: unknown;
}

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** As Apollo Router sends it from the stage SupergraphRequest. */
const apolloMessage = (body: Operation, headers: Headers, more: object = {}) => ({
  version: 1,
  stage: 'SupergraphRequest',
  control: 'continue',
  id: '1b19c05fdafc521016df33148ad63c1b',
  headers: { accept: ['*/*'], 'content-type': ['application/json'], host: ['127.0.0.1:4000'], ...headers },
  body: { ...body, extensions: {} },
  context: { entries: { 'apollo::supergraph::operation_name': body.operationName ?? null } },
  method: 'POST',
  ...more,
});

/** As Hive Router sends it from the stage graphql.analysis: without a `control`. */
const hiveMessage = (body: Operation, headers: Headers, more: object = {}) => ({
  version: 1,
  stage: 'graphql.analysis',
  id: '0198f0d2-8f4e-7cc1-9bb0-3d1a2e5c7f10',
  method: 'POST',
  path: '/graphql',
  headers: { 'content-type': ['application/json'], ...headers },
  body,
  context: { 'hive::operation::name': body.operationName ?? null, 'hive::operation::kind': 'query' },
  ...more,
});

const routers = [
  ['Apollo Router', apolloMessage],
  ['Hive Router', hiveMessage],
] as const;

async function send(message: unknown, request: { path?: string; headers?: Record<string, string> } = {}) {
  const { path = '/coprocessor', headers = { authorization: `Bearer ${secret}` } } = request;
  const body = typeof message === 'string' ? message : JSON.stringify(message);
  return server.send(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
}

/** Of `user:ann`, or of `user:ann by agent:bot`. */
async function as(caller: string): Promise<Headers> {
  const [subject = '', agent] = caller.split(' by ');
  return { authorization: [`Bearer ${await server.token(subject, agent)}`] };
}

interface Decided {
  readonly control: unknown;
  readonly errors: readonly (readonly [path: string, code: string])[];
}

async function decide(message: object): Promise<Decided> {
  const { status, text } = await send(message);
  expect(status).toBe(200);
  const answer = JSON.parse(text) as {
    control: unknown;
    body?: { errors: { path: string[]; extensions: { code: string } }[] };
  };
  const errors = answer.body?.errors ?? [];
  return { control: answer.control, errors: errors.map(({ path, extensions }) => [path.join('.'), extensions.code]) };
}

const rename = 'mutation ($id: ID) { touch rename(input: { id: $id, title: "x" }) { id } }';
const goOn = { control: 'continue', errors: [] };
const broken = (status: number, ...errors: Decided['errors']) => ({ control: { break: status }, errors });

const outcomes: readonly (readonly [string, string | undefined, Operation, Decided])[] = [
  ['a query that is allowed', 'user:ann', { query: '{ track(id: "1") { title } }' }, goOn],
  [
    'a query that is denied',
    'user:bob',
    { query: '{ track(id: "1") { title } }' },
    broken(403, ['track', 'FORBIDDEN']),
  ],
  ['an agent’s query that both may', 'user:ann by agent:bot', { query: '{ track(id: "1") { title } }' }, goOn],
  ...['user:bob by agent:bot', 'user:ann by agent:weak', 'user:ann by agent:idle'].map((caller) => {
    const asked: Operation = { query: '{ track(id: "1") { title } }' };
    return [`a query of ${caller}`, caller, asked, broken(403, ['track', 'FORBIDDEN'])] as const;
  }),
  ['a query of nobody', undefined, { query: '{ a: track(id: "1") { title } }' }, broken(401, ['a', 'UNAUTHENTICATED'])],
  ['a query without guards, of nobody', undefined, { query: '{ tracks { title } }' }, goOn],
  [
    'a query that is undecided',
    'user:ann',
    { query: '{ track(id: "2") { title } }' },
    broken(503, ['track', 'AUTHORIZATION_UNAVAILABLE']),
  ],
  ['a query that is denied in part', 'user:bob', { query: '{ track(id: "1") { title } tracks { title } }' }, goOn],
  ['a query that is undecided in part', 'user:ann', { query: '{ track(id: "2") { title } tracks { title } }' }, goOn],
  ['a query that is denied below', 'user:bob', { query: '{ tracks { history(of: "1") } }' }, goOn],
  [
    'a query of which all is denied',
    'user:bob',
    { query: '{ ...A b: track(id: "2") { title } __typename } fragment A on Query { track(id: "1") { id } }' },
    broken(403, ['track', 'FORBIDDEN'], ['b', 'FORBIDDEN']),
  ],
  [
    'a query that is denied here and undecided there',
    'user:ann',
    { query: '{ a: track(id: "2") { id } b: track(id: "3") { id } }' },
    broken(403, ['a', 'AUTHORIZATION_UNAVAILABLE'], ['b', 'FORBIDDEN']),
  ],
  ['a query that is null without an error', 'user:bob', { query: '{ quiet(id: "1") { id } }' }, goOn],
  [
    'a query that is skipped',
    'user:bob',
    { query: 'query ($s: Boolean!) { track(id: "1") @skip(if: $s) { id } tracks { id } }', variables: { s: true } },
    goOn,
  ],
  ['a field that is given a plain value', 'user:bob', { query: '{ ranked(by: TITLE) }' }, goOn],
  [
    'a field that is given a guarded value',
    'user:bob',
    { query: 'query ($by: Rank = ROYALTIES) { ranked(by: $by) }' },
    broken(403, ['ranked', 'FORBIDDEN']),
  ],
  [
    'a mutation that is given a guarded field for what may be changed',
    'user:ann',
    { query: 'mutation ($i: [RenameInput!]!) { change(inputs: $i) }', variables: { i: { id: '1', price: 2 } } },
    goOn,
  ],
  [
    'a mutation that is given a guarded field for what may not',
    'user:ann',
    {
      query: 'mutation ($i: RenameInput!) { touch change(inputs: [{ id: "1", price: 1 }, $i]) }',
      variables: { i: { id: '3', price: null } },
    },
    broken(403, ['change', 'FORBIDDEN']),
  ],
  ['a mutation that is allowed', 'user:ann', { query: rename, variables: { id: '1' } }, goOn],
  [
    'a mutation that is denied in part',
    'user:bob',
    { query: rename, variables: { id: '1' } },
    broken(403, ['rename', 'FORBIDDEN']),
  ],
  [
    'a mutation that names no object',
    'user:ann',
    { query: rename, variables: {} },
    broken(403, ['rename', 'FORBIDDEN']),
  ],
  [
    'a mutation of nobody that names no object',
    undefined,
    { query: rename, variables: {} },
    broken(401, ['rename', 'UNAUTHENTICATED']),
  ],
  [
    'a mutation that is undecided in part',
    'user:ann',
    { query: rename, variables: { id: '2' } },
    broken(503, ['rename', 'AUTHORIZATION_UNAVAILABLE']),
  ],
  [
    'a subscription that is denied',
    'user:bob',
    { query: 'subscription { plays(id: "1") }' },
    broken(403, ['plays', 'FORBIDDEN']),
  ],
  [
    'the operation that is named',
    'user:bob',
    { query: 'query A { tracks { id } } query B { track(id: "1") { id } }', operationName: 'B' },
    broken(403, ['track', 'FORBIDDEN']),
  ],
  [
    'names of prototypes',
    'user:bob',
    { query: 'query ($constructor: ID!) { __proto__: toString(id: $constructor) }', variables: { constructor: '1' } },
    broken(403, ['__proto__', 'FORBIDDEN']),
  ],
  ['variables that are null', 'user:ann', { query: '{ track(id: "1") { title } }', variables: null }, goOn],
  ['what is no document, which the router refuses itself', 'user:bob', { query: '{ track(' }, goOn],
  [
    'what is too deep to be looked at, which the subgraphs refuse',
    'user:bob',
    { query: `{ a ${'{ a '.repeat(5000)}` },
    goOn,
  ],
];

describe.each(routers)('%s is told what to do with', (_router, message) => {
  test.each(outcomes)('%s', async (_what, subject, operation, outcome) => {
    const headers = subject === undefined ? {} : await as(subject);
    expect(await decide(message(operation, headers))).toEqual(outcome);
    expect(await decide(message(operation, headers, { sdl }))).toEqual(outcome);
  });

  test.each<readonly [string, Headers]>([
    ['a forged token', { authorization: ['Bearer a.b.c'] }],
    ['another scheme', { authorization: ['Basic YW5uOmFubg=='] }],
    ['names in other headers', { 'x-user': ['user:ann'], 'x-forwarded-user': ['ann'] }],
  ])('a denied mutation with %s', async (_what, headers) => {
    const operation = { query: rename, variables: { id: '1' } };
    expect(await decide(message(operation, headers))).toEqual(broken(401, ['rename', 'UNAUTHENTICATED']));
  });

  test('two tokens, of which a subgraph might take either', async () => {
    const [ann, bob] = [await server.token('user:ann'), await server.token('user:bob')];
    for (const headers of [
      { authorization: [`Bearer ${ann}`, `Bearer ${bob}`] },
      { authorization: [`Bearer ${ann}`], Authorization: [`Bearer ${ann}`] },
    ]) {
      expect((await decide(message({ query: rename, variables: { id: '1' } }, headers))).control).toEqual({
        break: 401,
      });
    }
  });

  test('claims in its context, which say nothing', async () => {
    const claims = { sub: 'ann', iss: 'postern', subject: 'user:ann' };
    const entries = { 'apollo::authentication::jwt_claims': claims, 'hive::authentication::jwt_claims': claims };
    const context = { ...entries, entries };
    const operation = { query: '{ track(id: "1") { id } }' };
    expect((await decide(message(operation, {}, { context }))).control).toEqual({ break: 401 });
    expect((await decide(message(operation, await as('user:bob'), { context }))).control).toEqual({ break: 403 });
  });

  test('one header that is text, not a list', async () => {
    const authorization = `Bearer ${await server.token('user:ann')}`;
    expect(await decide(message({ query: '{ track(id: "1") { id } }' }, { Authorization: authorization }))).toEqual(
      goOn,
    );
  });

  test('as fresh as its client asks for', async () => {
    const place = await server.running.postern.store.reader.withState(({ position }) => position());
    const headers = await as('user:ann');
    const decideOn = async (wanted: string) => {
      const asked = message({ query: '{ track(id: "1") { id } }' }, { ...headers, 'Postern-Consistency': [wanted] });
      return (await decide(asked)).control;
    };
    const token = (revision: number) => formatConsistencyToken(tokenOf({ ...place, revision }));
    expect(await decideOn(token(place.revision))).toEqual(goOn.control);
    expect(await decideOn(token(place.revision + 1))).toEqual({ break: 503 });
    expect(await decideOn('nonsense')).toEqual({ break: 503 });
  });

  test('one snapshot for all checks', async () => {
    const headers = await as('user:ann');
    const aliases = (count: number) => Array.from({ length: count }, (_, n) => `a${n}: track(id: "x${n}") { id }`);
    await decide(message({ query: '{ track(id: "1") { id } }' }, headers));
    server.takeStatements();
    await decide(message({ query: '{ track(id: "1") { id } }' }, headers));
    const one = server.takeStatements().length;
    await decide(message({ query: `{ track(id: "1") { id } ${aliases(200).join(' ')} }` }, headers));
    expect(server.takeStatements()).toHaveLength(one);
  });
});

describe('what a router reads', () => {
  const operation = { query: '{ track(id: "1") { id } }' };
  const error = {
    message: 'This needs the permission "can_listen" on this track.',
    locations: [{ line: 1, column: 3 }],
    path: ['track'],
    extensions: { code: 'FORBIDDEN', permission: 'can_listen', type: 'track' },
  };
  const id = '1b19c05fdafc521016df33148ad63c1b';

  test.each([
    [
      'Apollo Router, to go on',
      apolloMessage,
      'user:ann',
      { version: 1, stage: 'SupergraphRequest', id, control: 'continue' },
    ],
    [
      'Apollo Router, to stop',
      apolloMessage,
      'user:bob',
      { version: 1, stage: 'SupergraphRequest', id, control: { break: 403 }, body: { errors: [error] } },
    ],
    ['Hive Router, to go on', hiveMessage, 'user:ann', { version: 1, control: 'continue' }],
    [
      'Hive Router, to stop',
      hiveMessage,
      'user:bob',
      {
        version: 1,
        control: { break: 403 },
        headers: { 'content-type': ['application/json'] },
        body: { errors: [error] },
      },
    ],
  ] as const)('%s', async (_what, message, subject, answer) => {
    const { text, headers } = await send(message(operation, await as(subject)));
    expect(JSON.parse(text)).toEqual(answer);
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('who is no router is refused', () => {
  const message = apolloMessage({ query: '{ tracks { id } }' }, {});
  test.each<readonly [string, string, Record<string, string>]>([
    ['without a secret', '/coprocessor', {}],
    ['with an empty one', '/coprocessor', { authorization: 'Bearer ' }],
    ['with a wrong one', '/coprocessor', { authorization: `Bearer ${secret}x` }],
    ['with a part of it', '/coprocessor', { authorization: `Bearer ${secret.slice(0, -1)}` }],
    ['with another scheme', '/coprocessor', { authorization: `Basic ${secret}` }],
    ['with a wrong one in the address', `/coprocessor/${secret}x`, {}],
    ['with none in the address', '/coprocessor/', {}],
    [
      'with a wrong one in the address and the right one beside it',
      '/coprocessor/x',
      { authorization: `Bearer ${secret}` },
    ],
    ['with more behind it', `/coprocessor/${secret}/x`, {}],
  ])('%s', async (_what, path, headers) => {
    const answer = await send(message, { path, headers });
    expect([answer.status, codesOf(answer)]).toEqual([401, ['UNAUTHENTICATED']]);
    expect(answer.text).not.toContain(secret.slice(0, 8));
  });

  test('also with the token of a user', async () => {
    const headers = { authorization: `Bearer ${await server.token('user:ann')}` };
    expect((await send(message, { headers })).status).toBe(401);
  });

  test('unread', async () => {
    expect((await send('{'.repeat(100), { headers: {} })).status).toBe(401);
  });

  test('and who has the secret in the address is not', async () => {
    expect((await send(message, { path: `/coprocessor/${secret}`, headers: {} })).status).toBe(200);
  });
});

describe('a message is refused, with which both routers refuse their client', () => {
  const body = { query: '{ tracks { id } }' };
  const good = apolloMessage(body, {});
  const hive = hiveMessage(body, {});
  const without = (message: object, name: string) =>
    Object.fromEntries(Object.entries(message).filter(([key]) => key !== name));
  test.each<readonly [string, unknown, RegExp]>([
    ['that is a list', [good], /not an object/],
    ['that is null', 'null', /not an object/],
    ['that is no JSON', '{', /not JSON/],
    ['of another version', { ...good, version: 2 }, /version 2; only version 1/],
    ['of no version', without(good, 'version'), /only version 1/],
    ['of a version that is text', { ...good, version: '1' }, /only version 1/],
    [
      'of another stage',
      { ...good, stage: 'RouterRequest' },
      /"RouterRequest" is not answered here; configure "SupergraphRequest"/,
    ],
    [
      'of a stage of responses',
      { ...hive, stage: 'graphql.response' },
      /configure .* or "graphql\.analysis" \(Hive Router\)/,
    ],
    ['of no stage', without(good, 'stage'), /configure/],
    ['of a stage that is a name of prototypes', { ...good, stage: 'constructor' }, /configure/],
    ['that stops already', { ...good, control: { break: 200 } }, /control/],
    ['without headers', without(good, 'headers'), /message\.headers is missing\..*headers: true/],
    ['without a body', without(good, 'body'), /message\.body is missing\..*coprocessor\.supergraph\.request/],
    ['without a body, of Hive Router', without(hive, 'body'), /message\.body is missing\..*graphql\.analysis\.include/],
    ['without a query', { ...good, body: {} }, /message\.body\.query is missing/],
    ['with a query that is a number', { ...good, body: { query: 1 } }, /message\.body\.query 1 is not text/],
    ['with variables that are a list', { ...good, body: { ...body, variables: [] } }, /variables/],
    ['with a header that is a number', { ...good, headers: { authorization: 1 } }, /headers/],
    ['with an id that is a number', { ...good, id: 1 }, /message\.id 1 is not text/],
    ['with a key that is a prototype', JSON.stringify(good).replace('"query"', '"__proto__"'), /"__proto__"/],
    [
      'with a number that would be rounded',
      `{"version":1,"id":9007199254740993,${JSON.stringify(good).slice(1)}`,
      /write it as text/,
    ],
    ['with a key that is there twice', `{"version":1,${JSON.stringify(good).slice(1)}`, /twice/],
  ])('%s', async (_what, message, problem) => {
    const answer = await send(message);
    expect([answer.status, codesOf(answer)]).toEqual([400, ['BAD_REQUEST']]);
    expect(answer.errors[0]?.message).toMatch(problem);
  });

  test('that is larger than 8 MB, and none of 7', async () => {
    expect((await send({ ...good, padding: 'x'.repeat(9 * 1024 * 1024) })).status).toBe(413);
    expect((await send({ ...good, padding: 'x'.repeat(7 * 1024 * 1024) })).status).toBe(200);
  });

  test('by another method', async () => {
    const answer = await server.send('/coprocessor', { headers: { authorization: `Bearer ${secret}` } });
    expect(answer.status).toBe(404);
  });
});

describe('the schema', () => {
  const mutation = { query: rename, variables: { id: '1' } };

  test.each([
    [
      'without directives, as a public schema is, gives way to the file',
      'type Query { tracks: Int } type Mutation { touch: Int }',
    ],
    ['that cannot be read gives way to the file', 'type Query {'],
  ])('%s', async (_what, sent) => {
    const message = apolloMessage(mutation, await as('user:bob'), { sdl: sent });
    expect((await decide(message)).control).toEqual({ break: 403 });
  });

  test('that is sent is the one that counts', async () => {
    const open = sdl.replaceAll(/@requiresPermission\(permission: "can_edit"[^)]*\)/g, '');
    expect(open).not.toBe(sdl);
    expect(await decide(apolloMessage(mutation, await as('user:bob'), { sdl: open }))).toEqual(goOn);
  });

  test('of the file is read again when the file changes', async () => {
    const file = join(folder, 'supergraph.graphql');
    await writeFile(file, `${sdl.replaceAll('can_edit', 'can_listen')}\n# changed\n`);
    const { text } = await send(apolloMessage(mutation, await as('user:bob')));
    expect(text).toContain('"permission":"can_listen"');
    await writeFile(file, 'type Query {');
    expect((await send(apolloMessage(mutation, await as('user:ann')))).status).toBe(400);
    await rm(file);
    const gone = await send(apolloMessage(mutation, await as('user:ann')));
    expect([gone.status, codesOf(gone)]).toEqual([500, ['INTERNAL_SERVER_ERROR']]);
    await writeFile(file, sdl);
    expect(await decide(apolloMessage(mutation, await as('user:ann')))).toEqual(goOn);
  });
});

describe('a server', () => {
  const message = apolloMessage({ query: '{ track(id: "1") { id } }' }, {});

  async function started(environment: Record<string, string>, use: (other: PosternServer) => Promise<void>) {
    const other = await startPosternServer({ databaseUrl: databaseUrl(), environment });
    try {
      await use(other);
    } finally {
      await other.stop();
    }
  }

  const post = (other: PosternServer, body: object) =>
    other.send('/coprocessor', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify(body),
    });

  test('without a secret has no such route', async () => {
    await started({}, async (other) => expect((await post(other, message)).status).toBe(404));
  });

  test('without a file needs the schema in the message', async () => {
    await started({ POSTERN_COPROCESSOR_SECRET: secret }, async (other) => {
      const answer = await post(other, message);
      expect([answer.status, answer.errors[0]?.message]).toEqual([
        400,
        expect.stringContaining('POSTERN_SUPERGRAPH_FILE'),
      ]);
      expect((await post(other, { ...message, sdl: 'type Query { a: Int }' })).status).toBe(400);
      expect(JSON.parse((await post(other, { ...message, sdl })).text)).toMatchObject({ control: { break: 401 } });
    });
  });

  test.each([
    ['that is not there', 'nowhere.graphql', undefined, /ENOENT/],
    ['that is no supergraph', 'broken.graphql', 'type Query {', /POSTERN_SUPERGRAPH_FILE: The schema is not valid SDL/],
    ['without guards', 'open.graphql', 'type Query { a: Int }', /does not define @requiresPermission/],
  ])('does not start on a file %s', async (_what, name, text, problem) => {
    const file = join(folder, name);
    if (text !== undefined) await writeFile(file, text);
    const environment = { POSTERN_COPROCESSOR_SECRET: secret, POSTERN_SUPERGRAPH_FILE: file };
    await expect(startPosternServer({ databaseUrl: databaseUrl(), environment })).rejects.toThrow(problem);
  });

  test('whose database is gone breaks as unavailable, and lets pass what has no guards', async () => {
    await started({ POSTERN_COPROCESSOR_SECRET: secret }, async (other) => {
      const headers = { authorization: [`Bearer ${await other.token('user:ann')}`] };
      await other.running.postern.store.close();
      const answer = await post(other, apolloMessage({ query: '{ track(id: "1") { id } }' }, headers, { sdl }));
      expect(JSON.parse(answer.text)).toMatchObject({
        control: { break: 503 },
        body: { errors: [{ extensions: { code: 'AUTHORIZATION_UNAVAILABLE' } }] },
      });
      const free = await post(other, apolloMessage({ query: '{ tracks { id } }' }, headers, { sdl }));
      expect(JSON.parse(free.text)).toMatchObject({ control: 'continue' });
    });
  });
});
