import { generateKeyPairSync, sign } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { type Authenticator, createAuthenticator } from '../../src/server/identity/authenticate.ts';
import { type KeyServer, startKeyServer } from './support/key-server.ts';
import {
  claimsAt,
  encode,
  makeClock,
  makeKey,
  optionsAt,
  type SigningKey,
  signToken,
  type TestClock,
  tokenClass,
} from './support/tokens.ts';

const second = 1000;
const minute = 60 * second;
let oldKey: SigningKey;
let newKey: SigningKey;

beforeAll(async () => {
  [oldKey, newKey] = await Promise.all([makeKey('old'), makeKey('new')]);
});

/** One issuer, a server that trusts it, and what went wrong between them. */
class Scene implements AsyncDisposable {
  readonly clock: TestClock = makeClock();
  readonly problems: string[] = [];
  readonly keys: KeyServer;
  readonly authenticator: Authenticator;

  constructor(keys: KeyServer, keyFetchTimeoutMs: number) {
    this.keys = keys;
    const onKeyProblem = (problem: string) => this.problems.push(problem);
    this.authenticator = createAuthenticator(
      [tokenClass(keys.url)],
      optionsAt(this.clock, { onKeyProblem, keyFetchTimeoutMs }),
    );
  }

  /** What a new token, signed with this key, is worth. */
  async present(key: SigningKey): Promise<string> {
    const token = await signToken(key, claimsAt(this.clock, { jti: crypto.randomUUID() }));
    return (await this.authenticator.authenticate(`Bearer ${token}`)).kind;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(this.keys[Symbol.asyncDispose]());
  }
}

async function makeScene(...keys: readonly SigningKey[]): Promise<Scene> {
  return new Scene(await startKeyServer(...keys.map((key) => key.publicJwk)), 20_000);
}

test('one fetch of keys serves many tokens, also those that come at once', async () => {
  await using scene = await makeScene(oldKey);
  const kinds = await Promise.all(Array.from({ length: 200 }, () => scene.present(oldKey)));
  expect(new Set(kinds)).toEqual(new Set(['authenticated']));
  expect(scene.keys.fetches()).toBe(1);
});

test('classes with one key address share its keys', async () => {
  await using keys = await startKeyServer(oldKey.publicJwk);
  const clock = makeClock();
  const classes = [tokenClass(keys.url), tokenClass(keys.url, { audience: 'admin' })];
  const authenticator = createAuthenticator(classes, optionsAt(clock));
  for (const aud of ['postern', 'admin']) {
    const token = await signToken(oldKey, claimsAt(clock, { aud }));
    expect(await authenticator.authenticate(`Bearer ${token}`)).toMatchObject({ kind: 'authenticated' });
  }
  expect(keys.fetches()).toBe(1);
});

test('J5: a rotation with overlap refuses no valid token', async () => {
  await using scene = await makeScene(oldKey);
  expect(await scene.present(oldKey)).toBe('authenticated');
  scene.keys.publish(oldKey.publicJwk, newKey.publicJwk);
  const both = await Promise.all([scene.present(newKey), scene.present(oldKey), scene.present(newKey)]);
  expect(both).toEqual(['authenticated', 'authenticated', 'authenticated']);
  scene.keys.publish(newKey.publicJwk);
  expect(await scene.present(newKey)).toBe('authenticated');
});

test('J5: a removed key is refused within 5 minutes, remembered tokens included', async () => {
  await using scene = await makeScene(oldKey, newKey);
  const header = `Bearer ${await signToken(oldKey, claimsAt(scene.clock))}`;
  expect(await scene.present(oldKey)).toBe('authenticated');
  scene.keys.publish(newKey.publicJwk);
  scene.clock.advance(4 * minute);
  expect(await scene.authenticator.authenticate(header)).toMatchObject({ kind: 'authenticated' });
  scene.clock.advance(minute);
  expect(await scene.authenticator.authenticate(header)).toMatchObject({ kind: 'rejected' });
  expect(await scene.present(newKey)).toBe('authenticated');
});

type Outage = [string, (scene: Scene) => Promise<void> | void];

function answering(status: number, body: string, headers: Record<string, string> = {}): Outage[1] {
  return (scene) => scene.keys.answer((response) => response.writeHead(status, headers).end(body));
}

const outages: Outage[] = [
  ['500', answering(500, 'oops')],
  ['403 with keys', answering(403, '{"keys":[{}]}')],
  ['HTML', answering(200, '<html>Sign in</html>', { 'content-type': 'text/html' })],
  ['nothing', answering(200, '')],
  ['no keys', answering(200, '{"keys":[]}')],
  ['another object', answering(200, '{"error":"x"}')],
  ['null', answering(200, 'null')],
  ['a redirect', answering(302, '', { location: 'http://127.0.0.1:1/' })],
  ['a broken connection', (scene) => scene.keys.answer((response) => response.destroy())],
  ['a closed port', (scene) => scene.keys[Symbol.asyncDispose]()],
];

test.each(outages)('J5: while the issuer answers with %s, nothing is decided about any token', async (_name, fail) => {
  await using scene = await makeScene(oldKey);
  await fail(scene);
  expect(await scene.present(oldKey)).toBe('unavailable');
  expect(await scene.present(newKey)).toBe('unavailable');
  expect(scene.problems[0]).toMatch(/^The keys at "http:\/\/127\.0\.0\.1:\d+\/jwks\.json" cannot be fetched: .+\.$/);
  expect(scene.problems).toHaveLength(1);
});

test('J5: an issuer that never answers holds nobody up for long', async () => {
  await using scene = new Scene(await startKeyServer(), 50);
  scene.keys.answer(() => undefined);
  expect(await scene.present(oldKey)).toBe('unavailable');
  expect(scene.problems).toEqual([expect.stringContaining('timed out')]);
});

test.each(outages)(
  'J5: while the issuer answers with %s, known keys go on working for an hour',
  async (_name, fail) => {
    await using scene = await makeScene(oldKey);
    expect(await scene.present(oldKey)).toBe('authenticated');
    await fail(scene);
    scene.clock.advance(59 * minute);
    expect(await scene.present(oldKey)).toBe('authenticated');
    // It may be a new key: only the issuer could say.
    expect(await scene.present(newKey)).toBe('unavailable');
    scene.clock.advance(minute + 1);
    expect(await scene.present(oldKey)).toBe('unavailable');
  },
);

test('an outage is over with the first answer, after a second without keys and half a minute with some', async () => {
  await using scene = await makeScene(oldKey);
  const down = answering(500, '');
  down(scene);
  expect(await scene.present(oldKey)).toBe('unavailable');
  scene.keys.publish(oldKey.publicJwk);
  scene.clock.advance(second - 1);
  expect(await scene.present(oldKey)).toBe('unavailable');
  scene.clock.advance(1);
  expect(await scene.present(oldKey)).toBe('authenticated');
  expect(scene.keys.fetches()).toBe(2);
  down(scene);
  scene.clock.advance(5 * minute);
  for (let round = 0; round < 20; round++) expect(await scene.present(oldKey)).toBe('authenticated');
  expect(scene.keys.fetches()).toBe(3);
  scene.keys.publish(newKey.publicJwk);
  scene.clock.advance(30 * second);
  expect(await scene.present(oldKey)).toBe('rejected');
  expect(await scene.present(newKey)).toBe('authenticated');
});

test('unknown key ids during an outage fetch no more often than else', async () => {
  await using scene = await makeScene(oldKey);
  expect(await scene.present(oldKey)).toBe('authenticated');
  answering(500, '')(scene);
  for (let round = 0; round < 20; round++) await scene.present(newKey);
  expect(scene.keys.fetches()).toBe(2);
});

test('a clock that is set back does not keep old keys', async () => {
  await using scene = await makeScene(oldKey);
  expect(await scene.present(oldKey)).toBe('authenticated');
  scene.keys.publish(newKey.publicJwk);
  scene.clock.advance(-90 * minute);
  expect(await scene.present(oldKey)).toBe('rejected');
});

test('a published key that cannot be used is an outage of the issuer', async () => {
  const pair = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  const whole = { ...(await exportJWK(pair.privateKey)), kid: 'old', alg: 'RS256' };
  await using scene = await makeScene();
  scene.keys.publish(whole, { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', kid: 'broken' });
  expect(await scene.present({ ...oldKey, alg: 'RS256', privateKey: pair.privateKey })).toBe('unavailable');
  expect(await scene.present({ ...oldKey, kid: 'broken' })).toBe('unavailable');
});

test('a published key that is too weak is an outage of the issuer, too', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  await using scene = await makeScene();
  scene.keys.publish({ ...(await exportJWK(publicKey)), kid: 'weak', alg: 'RS256' });
  const input = `${encode({ alg: 'RS256', kid: 'weak' })}.${encode(claimsAt(scene.clock))}`;
  const token = `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
  expect(await scene.authenticator.authenticate(`Bearer ${token}`)).toMatchObject({ kind: 'unavailable' });
});
