import { afterAll, beforeAll, expect, test } from 'vitest';
import { atDoor } from '../../src/server/identity/at-door.ts';
import {
  type Authentication,
  type AuthenticatorOptions,
  createAuthenticator,
} from '../../src/server/identity/authenticate.ts';
import { type KeyServer, startKeyServer } from './support/key-server.ts';
import {
  type Claims,
  claimsAt,
  employeeIssuer,
  makeClock,
  makeKey,
  optionsAt,
  type SigningKey,
  signToken,
  tokenClass,
  userIssuer,
} from './support/tokens.ts';

const clock = makeClock();
let userKey: SigningKey;
let employeeKey: SigningKey;
let userServer: KeyServer;
let employeeServer: KeyServer;

beforeAll(async () => {
  [userKey, employeeKey] = await Promise.all([makeKey('user-1'), makeKey('employee-1', 'EdDSA')]);
  [userServer, employeeServer] = await Promise.all([
    startKeyServer(userKey.publicJwk),
    startKeyServer(employeeKey.publicJwk),
  ]);
});

afterAll(async () => {
  await Promise.all([userServer[Symbol.asyncDispose](), employeeServer[Symbol.asyncDispose]()]);
});

function makeAuthenticator(changes: Partial<AuthenticatorOptions> = {}) {
  const context = new Map([
    ['territory', 'country'],
    ['clearance', 'level'],
  ]);
  const classes = [
    tokenClass(userServer.url, { context }),
    tokenClass(userServer.url, { audience: 'postern-admin', subjectType: 'admin', subjectClaim: 'oid' }),
    tokenClass(employeeServer.url, { subjectType: 'employee', issuer: employeeIssuer }),
  ];
  return createAuthenticator(classes, optionsAt(clock, changes));
}

async function authenticateClaims(claims: Claims | string, key = userKey): Promise<Authentication> {
  return await makeAuthenticator().authenticate(`Bearer ${await signToken(key, claims)}`);
}

function subjectIs(type: string, id: string): object {
  return { kind: 'authenticated', subject: { kind: 'object', object: { type, id } } };
}

test('no header is nobody; a good token is its subject', async () => {
  const authenticator = makeAuthenticator();
  expect(await authenticator.authenticate(undefined)).toEqual({ kind: 'anonymous' });
  const token = await signToken(userKey, claimsAt(clock));
  for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
    expect(await authenticator.authenticate(`${scheme} ${token}`)).toMatchObject(subjectIs('user', 'ann'));
  }
});

test.each([
  ['empty', () => ''],
  ['only the scheme', () => 'Bearer'],
  ['no token', () => 'Bearer '],
  ['another scheme', () => 'Basic YW5uOnNlY3JldA=='],
  ['no scheme', (token: string) => token],
  ['two spaces', (token: string) => `Bearer  ${token}`],
  ['a tab', (token: string) => `Bearer\t${token}`],
  ['a space in front', (token: string) => ` Bearer ${token}`],
  ['a space behind', (token: string) => `Bearer ${token} `],
  ['a line break behind', (token: string) => `Bearer ${token}\n`],
  ['two tokens', (token: string) => `Bearer ${token},Bearer ${token}`],
  ['a parameter', (token: string) => `Bearer token=${token}`],
  ['an opaque token', () => 'Bearer mF_9.B5f-4.1JqM~'],
  ['two parts', (token: string) => `Bearer ${token.slice(0, token.lastIndexOf('.'))}`],
  ['four parts', (token: string) => `Bearer ${token}.AA`],
  ['other letters', (token: string) => `Bearer ${token}é`],
])('a malformed header is rejected, never anonymous: %s', async (_name, headerOf) => {
  const header = headerOf(await signToken(userKey, claimsAt(clock)));
  expect(await makeAuthenticator().authenticate(header)).toMatchObject({ kind: 'rejected' });
});

test('a token over 8 KB is refused before anything looks into it', async () => {
  const fits = await signToken(userKey, claimsAt(clock, { padding: 'x'.repeat(5000) }));
  const exceeds = await signToken(userKey, claimsAt(clock, { padding: 'x'.repeat(6000) }));
  const authenticator = makeAuthenticator();
  expect(await authenticator.authenticate(`Bearer ${fits}`)).toMatchObject({ kind: 'authenticated' });
  expect(await authenticator.authenticate(`Bearer ${exceeds}`)).toEqual({
    kind: 'rejected',
    reason: 'The token is longer than 8192 bytes.',
  });
});

test('J6: the type of the subject comes from the class', async () => {
  const free = { type: 'employee', subjectType: 'employee', act: { sub: 'root' }, oid: 'boss', role: 'admin' };
  expect(await authenticateClaims(claimsAt(clock, free))).toMatchObject(subjectIs('user', 'ann'));
  const admin = claimsAt(clock, { aud: 'postern-admin', oid: 'boss' });
  expect(await authenticateClaims(admin)).toMatchObject(subjectIs('admin', 'boss'));
  const employee = claimsAt(clock, { iss: employeeIssuer });
  expect(await authenticateClaims(employee, employeeKey)).toMatchObject(subjectIs('employee', 'ann'));
});

test('J6: the key of one class signs for no other', async () => {
  const asEmployee = claimsAt(clock, { iss: employeeIssuer });
  expect(await authenticateClaims(asEmployee)).toMatchObject({ kind: 'rejected' });
  expect(await authenticateClaims(asEmployee, { ...userKey, kid: 'employee-1' })).toMatchObject({ kind: 'rejected' });
  const mixed = claimsAt(clock, { iss: employeeIssuer, aud: 'postern-admin', oid: 'ann' });
  expect(await authenticateClaims(mixed)).toMatchObject({ kind: 'rejected' });
});

test('claims that the class names become context, and no others', async () => {
  const outcome = await authenticateClaims(claimsAt(clock, { country: 'SE', clearence: 9, scope: 'all' }));
  expect(outcome).toMatchObject({ context: new Map([['territory', 'SE']]), tokenClass: { issuer: userIssuer } });
  const level = await authenticateClaims(claimsAt(clock, { level: { value: 3 } }));
  expect(level).toMatchObject({ context: new Map([['clearance', { value: 3 }]]) });
});

test.each([
  ['9007199254740993', false],
  ['{ "tenants": [1, 1234567890123456789] }', false],
  ['1e23', false],
  ['9007199254740992', true],
  ['"9007199254740993"', true],
])('a claim with the number %s is there: %j', async (level, isThere) => {
  const claims = JSON.stringify(claimsAt(clock, { country: 'SE', level: 0 })).replace('"level":0', `"level":${level}`);
  const authenticated = await authenticateClaims(claims);
  const context = authenticated.kind === 'authenticated' ? authenticated.context : new Map();
  expect([context.get('territory'), context.has('clearance')]).toEqual(['SE', isThere]);
});

test('a token is verified once in a minute, and again when it has ended', async () => {
  const running = makeClock();
  const authenticator = makeAuthenticator({ now: running.now });
  const header = `Bearer ${await signToken(userKey, claimsAt(running, { exp: running.seconds() + 90 }))}`;
  const first = await authenticator.authenticate(header);
  running.advance(59_999);
  expect(await authenticator.authenticate(header)).toBe(first);
  running.advance(1);
  const second = await authenticator.authenticate(header);
  expect(second).not.toBe(first);
  running.advance(29_999);
  expect(await authenticator.authenticate(header)).toBe(second);
  running.advance(1);
  expect(await authenticator.authenticate(header)).not.toBe(second);
  running.advance(30_000);
  expect(await authenticator.authenticate(header)).toEqual({ kind: 'rejected', reason: 'The token has expired.' });
});

test('a clock that is set back does not stretch the minute', async () => {
  const running = makeClock();
  const authenticator = makeAuthenticator({ now: running.now });
  const header = `Bearer ${await signToken(userKey, claimsAt(running))}`;
  expect(await authenticator.authenticate(header)).toMatchObject({ kind: 'authenticated' });
  running.advance(-10 * 60_000);
  expect(await authenticator.authenticate(header)).toEqual({
    kind: 'rejected',
    reason: 'The token is from the future.',
  });
});

test('only so many tokens are remembered, the least recently used goes first', async () => {
  const authenticator = makeAuthenticator({ rememberedTokens: 2 });
  const headers = await Promise.all(
    ['a', 'b', 'c'].map(async (sub) => `Bearer ${await signToken(userKey, claimsAt(clock, { sub }))}`),
  );
  const [a = '', b = '', c = ''] = headers;
  const [first, second] = [await authenticator.authenticate(a), await authenticator.authenticate(b)];
  expect(await authenticator.authenticate(a)).toBe(first);
  await authenticator.authenticate(c);
  expect(await authenticator.authenticate(a)).toBe(first);
  expect(await authenticator.authenticate(b)).not.toBe(second);
});

test('two classes with one issuer and audience are our own mistake', () => {
  const twice = tokenClass(userServer.url);
  expect(() => createAuthenticator([twice, twice], optionsAt(clock))).toThrow('Invariant violated');
});

test.each([
  ['graphql', undefined, 'authenticated'],
  ['authzen', undefined, 'rejected'],
  ['graphql', ['authzen'], 'rejected'],
  ['authzen', ['authzen'], 'authenticated'],
  ['authzen', ['graphql', 'authzen'], 'authenticated'],
] as const)(
  'at the door %s a token of a class with the doors %j is %s, also when it is known',
  async (door, doors, kind) => {
    const changes = doors === undefined ? {} : { doors: new Set(doors) };
    const classes = [tokenClass(userServer.url, changes)];
    const authenticator = atDoor(createAuthenticator(classes, { mode: 'development', now: clock.now }), door);
    const header = `Bearer ${await signToken(userKey, claimsAt(clock))}`;
    expect(await authenticator.authenticate(header)).toMatchObject({ kind });
    expect(authenticator.authenticate(header)).toMatchObject({ kind });
    expect(authenticator.authenticate(undefined)).toEqual({ kind: 'anonymous' });
  },
);
