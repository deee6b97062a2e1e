import { describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { codesOf, creatorsStore, usePosternServer } from '../support/postern-server.ts';
import { claimsAt, makeClock, makeKey, signToken, userIssuer } from './support/tokens.ts';

// Nobody answers at this address: keys cannot be fetched.
const tokenClass = {
  subjectType: 'user',
  issuer: userIssuer,
  audience: 'postern',
  jwksUrl: 'https://127.0.0.1:9/keys',
};

const server = usePosternServer(useDatabase(), {
  store: creatorsStore,
  environment: {
    NODE_ENV: 'production',
    POSTERN_HOST: '127.0.0.1',
    POSTERN_TOKEN_CLASSES: JSON.stringify([tokenClass]),
  },
});

describe('in production', () => {
  test('anonymous questions are answered while the keys of tokens cannot be fetched', async () => {
    const page =
      '{ viewer { subject } _entities(representations: [{ __typename: "Track", id: "aurora-1" }]) { ... on Track { permissions { canEdit } } } }';
    const answer = await server().ask(page);
    expect(answer).toMatchObject({
      status: 200,
      data: { viewer: null, _entities: [{ permissions: null }] },
      errors: [],
    });
    expect((await server().send('/health/live')).status).toBe(200);
  });

  test('a server that can verify no token is not ready, and does not name addresses', async () => {
    const { status, text } = await server().send('/health/ready');
    expect([status, JSON.parse(text)]).toEqual([
      503,
      { status: 'not ready', reason: expect.stringContaining('The keys of no issuer of tokens could be read') },
    ]);
    expect(text).not.toContain('127.0.0.1');
  });

  test('a token that nobody can check now is neither accepted nor called invalid', async () => {
    const now = { ...makeClock(), seconds: () => Date.now() / 1000 };
    const token = await signToken(await makeKey('k1'), claimsAt(now));
    const answer = await server().ask('{ viewer { subject } }', { headers: { authorization: `Bearer ${token}` } });
    expect([answer.status, codesOf(answer), answer.data]).toEqual([503, ['AUTHORIZATION_UNAVAILABLE'], undefined]);
    expect(answer.text).not.toMatch(/127\.0\.0\.1|ECONN|fetch/);
  });

  test('there are no development tokens', async () => {
    expect(server().running.issuer).toBeUndefined();
    expect((await server().send('/.well-known/jwks.json')).status).toBe(404);
  });

  test.each([['{ __schema { types { name } } }'], ['{ __type(name: "Viewer") { fields { name } } }']])(
    '%s is not answered',
    async (query) => {
      expect(codesOf(await server().ask(query))).toContain('GRAPHQL_VALIDATION_FAILED');
    },
  );

  test.each<readonly [string, object]>([
    ['{ viewr { subject } }', {}],
    ['{ viewer { subjec } }', {}],
    ['{ viewer { can(permissio: "x", object: "track:1") } }', {}],
    ['{ viewer { tracks(permission: CAN_EDITT) { isCutShort } } }', {}],
    ['query ($p: TrackPermission!) { viewer { tracks(permission: $p) { isCutShort } } }', { p: 'CAN_EDITT' }],
    [
      'mutation ($i: GrantRoleInput!) { grantRole(input: $i) { userErrors { code } } }',
      { i: { object: 'track:1', role: 'x', subject: 'user:a', reson: '' } },
    ],
    ['{ viewer { ... on Viewr { subject } } }', {}],
  ])('the schema is not guessed from the errors of %s', async (query, variables) => {
    const answer = await server().ask(query, { variables: { ...variables } });
    expect(answer.status).toBe(400);
    expect(answer.text).not.toMatch(/did you mean/i);
  });

  test('composers still get the schema', async () => {
    expect((await server().ask('{ _service { sdl } }')).text).toContain('type TrackPermissions');
  });
});
