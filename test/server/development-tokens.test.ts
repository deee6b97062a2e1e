import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDevelopmentIssuer } from '../../src/server/development/development-tokens.ts';
import { createAuthenticator } from '../../src/server/identity/authenticate.ts';
import { makeClock, optionsAt } from './support/tokens.ts';

const clock = makeClock();
let directory: string;
let keyFile: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'postern-'));
  keyFile = join(directory, 'state', 'development-key.json');
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

function makeIssuer() {
  return createDevelopmentIssuer({ keyFile, now: clock.now });
}

test.each([['user:ann'], ['employee:bo'], ['service:catalog']])('%s gets a token that works', async (subject) => {
  const issuer = await makeIssuer();
  const authenticator = createAuthenticator(issuer.classes, optionsAt(clock, { mode: 'development' }));
  const [type, id] = subject.split(':');
  expect(await authenticator.authenticate(`Bearer ${await issuer.sign(subject)}`)).toMatchObject({
    kind: 'authenticated',
    subject: { kind: 'object', object: { type, id } },
    tokenClass: { issuer: `http://localhost/postern-development/${type}`, audience: 'postern' },
  });
});

test('a token lives for 12 hours and outlives a restart', async () => {
  const running = makeClock();
  const token = await (await createDevelopmentIssuer({ keyFile, now: running.now })).sign('user:ann');
  const restarted = await makeIssuer();
  const options = optionsAt(running, { mode: 'development' });
  const authenticator = createAuthenticator(restarted.classes, options);
  running.advance(12 * 60 * 60_000);
  expect(await authenticator.authenticate(`Bearer ${token}`)).toMatchObject({ kind: 'authenticated' });
  running.advance(60_000);
  expect(await authenticator.authenticate(`Bearer ${token}`)).toMatchObject({ kind: 'rejected' });
});

test('the published key checks tokens and makes none', async () => {
  const issuer = await makeIssuer();
  const { payload } = await jwtVerify(await issuer.sign('user:ann'), createLocalJWKSet(issuer.jwks), {
    currentDate: clock.now(),
  });
  expect(payload).toMatchObject({ sub: 'ann', aud: 'postern' });
  const [key] = issuer.jwks.keys;
  expect(key).toEqual({ kty: 'OKP', crv: 'Ed25519', x: key?.x, kid: key?.kid, alg: 'EdDSA', use: 'sig' });
  expect(JSON.stringify(issuer.classes)).not.toContain('"d"');
});

test('the key file is for its owner only', async () => {
  await makeIssuer();
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
  expect((await stat(join(directory, 'state'))).mode & 0o777).toBe(0o700);
});

test('servers that start at once share one key', async () => {
  const issuers = await Promise.all(Array.from({ length: 8 }, makeIssuer));
  expect(new Set(issuers.map(({ jwks }) => JSON.stringify(jwks))).size).toBe(1);
});

test('a file that holds no key is left alone and said to be wrong', async () => {
  await makeIssuer();
  await writeFile(keyFile, '{"kty":"RSA"}');
  await expect(makeIssuer()).rejects.toThrow('holds no development key. Remove it, and the next start makes one.');
  expect(await readFile(keyFile, 'utf8')).toBe('{"kty":"RSA"}');
});

test.each([
  ['robot:x', 'Development tokens are for user, employee, service, not for "robot".'],
  ['users:ann', 'Development tokens are for user, employee, service, not for "users". Did you mean "user"?'],
  ['ann', 'The subject "ann" is not of the form "type:id".'],
  ['user:*', 'The subject "user:*" is not one caller.'],
  ['user:ann#x', 'The subject "user:ann#x" is not one caller.'],
])('nobody can sign as %s', async (subject, problem) => {
  const issuer = await makeIssuer();
  await expect(issuer.sign(subject)).rejects.toThrow(problem);
});

test('production refuses local keys', async () => {
  const { classes } = await makeIssuer();
  expect(() => createAuthenticator(classes, { mode: 'production' })).toThrow('accepted in development only');
});
