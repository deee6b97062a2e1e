import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Authenticator, createAuthenticator } from '../../src/server/identity/authenticate.ts';
import { type KeyServer, startKeyServer } from './support/key-server.ts';
import {
  claimsAt,
  makeClock,
  makeKey,
  optionsAt,
  type SigningKey,
  signExactly,
  signToken,
  tokenClass,
} from './support/tokens.ts';

const clock = makeClock();
const claims = claimsAt(clock);
let ecKey: SigningKey;
/** Of another server, with the key id of ours. */
let attackerKey: SigningKey;
let server: KeyServer;
let attackerServer: KeyServer;

beforeAll(async () => {
  [ecKey, attackerKey] = await Promise.all([makeKey('ec'), makeKey('ec')]);
  server = await startKeyServer(ecKey.publicJwk);
  attackerServer = await startKeyServer(attackerKey.publicJwk);
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await attackerServer[Symbol.asyncDispose]();
});

function makeAuthenticator(): Authenticator {
  return createAuthenticator([tokenClass(server.url)], optionsAt(clock));
}

test.each<[string, unknown]>([
  ['a path', '../../../../etc/passwd'],
  ['SQL', "ec' OR '1'='1"],
  ['a URL', 'http://127.0.0.1/keys'],
  ['5,000 letters', 'e'.repeat(5000)],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  ['a NUL', 'ec\u0000'],
  ['empty', ''],
  ['a number', 0],
  ['null', null],
  ['a list', ['ec']],
])('J2 refused: kid %s', async (_name, kid) => {
  const token = signExactly(ecKey, { alg: 'ES256', kid }, claims);
  expect(await makeAuthenticator().authenticate(`Bearer ${token}`)).toMatchObject({ kind: 'rejected' });
});

test('J2: without a kid the one key that fits is taken', async () => {
  const token = signExactly(ecKey, { alg: 'ES256' }, claims);
  expect(await makeAuthenticator().authenticate(`Bearer ${token}`)).toMatchObject({ kind: 'authenticated' });
});

test('J2: without a kid and with two keys that fit, none is tried', async () => {
  const otherKey = await makeKey('other');
  await using keys = await startKeyServer(ecKey.publicJwk, otherKey.publicJwk);
  const authenticator = createAuthenticator([tokenClass(keys.url)], optionsAt(clock));
  const token = signExactly(ecKey, { alg: 'ES256' }, claims);
  expect(await authenticator.authenticate(`Bearer ${token}`)).toMatchObject({ kind: 'rejected' });
});

test('J2: keys and addresses in the header are not looked at', async () => {
  const embedded = {
    jwk: attackerKey.publicJwk,
    jku: attackerServer.url.href,
    x5u: attackerServer.url.href,
    x5c: ['MIIB'],
  };
  const authenticator = makeAuthenticator();
  const forged = await signToken(attackerKey, claims, embedded);
  const good = await signToken(ecKey, claims, embedded);
  expect(await authenticator.authenticate(`Bearer ${forged}`)).toEqual({
    kind: 'rejected',
    reason: 'The signature of the token does not match.',
  });
  expect(await authenticator.authenticate(`Bearer ${good}`)).toMatchObject({ kind: 'authenticated' });
  expect(attackerServer.fetches()).toBe(0);
});

test('J2: a flood of unknown key ids costs one fetch in 30 seconds', async () => {
  await using keys = await startKeyServer(ecKey.publicJwk);
  const running = makeClock();
  const authenticator = createAuthenticator([tokenClass(keys.url)], optionsAt(running));
  const flood = Array.from({ length: 100 }, (_, index) =>
    signExactly(ecKey, { alg: 'ES256', kid: `k${index}` }, claims),
  );
  const authenticate = (token: string) => authenticator.authenticate(`Bearer ${token}`);
  const atOnce = await Promise.all(flood.map(authenticate));
  for (const token of flood) atOnce.push(await authenticate(token));
  expect(new Set(atOnce.map((outcome) => outcome.kind))).toEqual(new Set(['rejected']));
  expect(keys.fetches()).toBe(2);
  running.advance(29_999);
  await Promise.all(flood.map(authenticate));
  expect(keys.fetches()).toBe(2);
  running.advance(1);
  await Promise.all(flood.map(authenticate));
  expect(keys.fetches()).toBe(3);
});
