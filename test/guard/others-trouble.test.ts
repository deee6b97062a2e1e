import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPosternClient } from '#guard';
import { office } from '../graphql/support/office.ts';
import { type KeyServer, startKeyServer } from '../server/support/key-server.ts';
import { encode, makeKey, type SigningKey, signToken } from '../server/support/tokens.ts';
import { useDatabase } from '../support/database.ts';
import { type PosternServer, startPosternServer } from '../support/postern-server.ts';

/** One guard asks a real Postern for many callers, and the keys of one of its two issuers cannot be read. */
const databaseUrl = useDatabase();
const [here, away] = ['https://here.example', 'https://away.example'];
let key: SigningKey;
let keysHere: KeyServer;
let keysAway: KeyServer;
let server: PosternServer;

beforeAll(async () => {
  key = await makeKey('here');
  [keysHere, keysAway] = [await startKeyServer(key.publicJwk), await startKeyServer()];
  keysAway.answer((response) => response.writeHead(503).end());
  const classes = [
    { subjectType: 'user', issuer: here, audience: 'postern', jwksUrl: keysHere.url.href },
    { subjectType: 'user', issuer: away, audience: 'postern', jwksUrl: keysAway.url.href },
  ];
  const environment = { POSTERN_TOKEN_CLASSES: JSON.stringify(classes) };
  server = await startPosternServer({ databaseUrl: databaseUrl(), store: office, environment });
});
afterAll(async () => {
  await server.stop();
  await keysHere[Symbol.asyncDispose]();
  await keysAway[Symbol.asyncDispose]();
});

function claimsOf(iss: string) {
  const now = Math.floor(Date.now() / 1000);
  return { iss, aud: 'postern', sub: 'mia', iat: now, exp: now + 3600, jti: randomUUID() };
}

const valid = async () => `Bearer ${await signToken(key, claimsOf(here))}`;
/** Nobody has signed it, and nobody can say so. */
const unsigned = () => `Bearer ${encode({ alg: 'ES256', kid: 'away', typ: 'JWT' })}.${encode(claimsOf(away))}.AAAA`;

function startGuard() {
  const client = createPosternClient({ url: new URL('/graphql', server.url).href, timeoutMs: 10_000 });
  return async (token: string) => {
    const [decision] = await client.decide([{ permission: 'can_edit', object: 'folder:plans' }], token);
    return decision?.kind;
  };
}

const sameEachTime = unsigned();

test.each<readonly [string, () => string]>([
  ['one token again and again', () => sameEachTime],
  ['a new token each time', unsigned],
])('of an issuer whose keys are away, %s shuts out nobody else', async (_name, next) => {
  const ask = startGuard();
  const token = await valid();
  expect(await ask(token)).toBe('allowed');
  for (let round = 0; round < 20; round++) {
    const troubled = await Promise.all(Array.from({ length: 5 }, () => ask(next())));
    expect(new Set(troubled)).toEqual(new Set(['undecided']));
    const others = await Promise.all(Array.from({ length: 5 }, () => ask(token)));
    expect(new Set(others)).toEqual(new Set(['allowed']));
  }
});

test('beside each other, each valid question is decided', async () => {
  const ask = startGuard();
  const tokens = await Promise.all(Array.from({ length: 100 }, valid));
  const asked = tokens.flatMap((token) => [ask(unsigned()), ask(token)]);
  const kinds = await Promise.all(asked);
  expect(kinds).toEqual(tokens.flatMap(() => ['undecided', 'allowed']));
});
