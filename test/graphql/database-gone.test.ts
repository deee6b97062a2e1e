import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { codesOf, type PosternServer, startPosternServer } from '../support/postern-server.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

const store = `
model: |
  model
    schema 1.1
  type user
  type service
  type platform
    relations
      define operator: [service]
      define can_check_any_subject: operator
      define can_read_relationships: operator
      define can_read_model: operator
      define can_write_relationships: operator
      define can_publish_model: operator
  type track
    relations
      define owner: [user]
      define can_edit: owner
      define can_manage_access: owner
tuples:
  - { user: service:ops, relation: operator, object: platform:main }
  - { user: user:ann, relation: owner, object: track:1 }
`;

const databaseUrl = useDatabase();
let proxy: TcpProxy;
let server: PosternServer;

beforeAll(async () => {
  proxy = await startTcpProxy(databaseUrl());
  server = await startPosternServer({
    databaseUrl: proxy.url,
    store,
    environment: { POSTERN_REQUEST_TIMEOUT_MS: '400' },
  });
});

afterAll(async () => {
  await proxy.mend();
  await server.stop();
  await proxy[Symbol.asyncDispose]();
});

const page = () =>
  server.ask(
    '{ _entities(representations: [{ __typename: "Track", id: "1" }]) { ... on Track { id permissions { canEdit } } } }',
    {
      as: 'user:ann',
    },
  );

const check = '{ checks: [{ subject: "user:ann", permission: "can_edit", object: "track:1" }] }';
const write = '{ object: "track:1", relation: "owner", subject: "user:eve" }';
const grant = '{ object: "track:1", role: "owner", subject: "user:eve" }';

describe.each([
  ['has stopped', () => proxy.cut()],
  ['does not answer', async () => proxy.freeze()],
])('while the database %s', (_what, breakIt) => {
  beforeAll(async () => {
    await page();
    await breakIt();
  });

  test('a page renders without permissions, and says why', async () => {
    const answer = await page();
    expect(answer.data).toEqual({ _entities: [{ id: '1', permissions: null }] });
    expect(codesOf(answer)).toEqual(['AUTHORIZATION_UNAVAILABLE']);
  });

  test('a page without a token renders as always', async () => {
    const answer = await server.ask(
      '{ viewer { subject } _entities(representations: [{ __typename: "Track", id: "1" }]) { ... on Track { permissions { canEdit } } } }',
    );
    expect(answer).toMatchObject({
      status: 200,
      data: { viewer: null, _entities: [{ permissions: null }] },
      errors: [],
    });
  });

  test('a decision is no answer and never an allow', async () => {
    const query =
      '{ viewer { subject decisions(checks: [{ permission: "can_edit", object: "track:1" }]) { allowed error { code } } } }';
    const answer = await server.ask(query, { as: 'user:ann' });
    const decisions = [{ allowed: false, error: { code: 'AUTHORIZATION_UNAVAILABLE' } }];
    expect(answer).toMatchObject({ status: 200, data: { viewer: { subject: 'user:ann', decisions } }, errors: [] });
  });

  test.each([
    ['user:ann', '{ viewer { can(permission: "can_edit", object: "track:1") } }'],
    ['user:ann', '{ viewer { permissions(objects: ["track:1"]) { granted } } }'],
    ['service:ops', `{ checkPermissions(input: ${check}) { decisions { allowed } } }`],
    ['service:ops', '{ explainPermission(subject: "user:ann", permission: "can_edit", object: "track:1") { text } }'],
    ['service:ops', '{ accessibleObjects(subject: "user:ann", permission: "can_edit", type: "track") { isCutShort } }'],
    [
      'service:ops',
      '{ subjectsWithAccess(object: "track:1", permission: "can_edit", subjectType: "user") { isCutShort } }',
    ],
    ['user:ann', '{ viewer { tracks(permission: CAN_EDIT) { isCutShort } } }'],
    ['service:ops', '{ accessRelationships { edges { cursor } } }'],
    ['service:ops', '{ authorizationModel { id } }'],
    ['user:ann', `mutation { grantRole(input: ${grant}) { userErrors { code } } }`],
    ['user:ann', `mutation { revokeRole(input: ${grant}) { userErrors { code } } }`],
    ['service:ops', `mutation { writeRelationships(input: { writes: [${write}] }) { written } }`],
    ['service:ops', 'mutation { publishAuthorizationModel(input: { dsl: "x" }) { userErrors { code } } }'],
    ['service:ops', 'mutation { activateAuthorizationModel(input: { id: 1 }) { userErrors { code } } }'],
  ])('%s gets a code for %s', { concurrent: true }, async (as, query) => {
    const answer = await server.ask(query, { as });
    expect(answer.status).toBe(200);
    expect(codesOf(answer)).toEqual(['AUTHORIZATION_UNAVAILABLE']);
    expect(answer.text).not.toMatch(/true|ECONN|127\.0\.0\.1|postgres|src\//);
  });

  test('the server lives and is not ready', async () => {
    expect((await server.send('/health/live')).status).toBe(200);
    // Whoever asks this does not wait long either.
    const ready = await server.send('/health/ready', { signal: AbortSignal.timeout(2000) });
    expect([ready.status, JSON.parse(ready.text)]).toEqual([
      503,
      { status: 'not ready', reason: 'The database does not answer.' },
    ]);
  });

  test('it recovers by itself when the database is back', async () => {
    await proxy.mend();
    const answers = async () => [(await page()).data, (await server.send('/health/ready')).status];
    const recovered = [{ _entities: [{ id: '1', permissions: { canEdit: true } }] }, 200];
    await expect.poll(answers, { timeout: 20_000 }).toEqual(recovered);
  });
});
