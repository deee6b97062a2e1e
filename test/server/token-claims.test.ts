import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Authentication, createAuthenticator } from '../../src/server/identity/authenticate.ts';
import { type KeyServer, startKeyServer } from './support/key-server.ts';
import {
  type Claims,
  claimsAt,
  makeClock,
  makeKey,
  optionsAt,
  type SigningKey,
  signToken,
  tokenClass,
  userIssuer,
} from './support/tokens.ts';

const clock = makeClock();
const now = clock.seconds();
let key: SigningKey;
let server: KeyServer;

beforeAll(async () => {
  key = await makeKey('user-1');
  server = await startKeyServer(key.publicJwk);
});

afterAll(() => server[Symbol.asyncDispose]());

async function authenticateClaims(claims: Claims | string): Promise<Authentication> {
  const classes = [tokenClass(server.url), tokenClass(server.url, { audience: 'postern-admin' })];
  return await createAuthenticator(classes, optionsAt(clock)).authenticate(`Bearer ${await signToken(key, claims)}`);
}

const day = 24 * 3600;
test.each<[string, Claims]>([
  ['expired a minute ago, with the clocks a little apart', { iat: now - 60, exp: now - 29 }],
  ['begins in a few seconds', { nbf: now + 30 }],
  ['issued in a few seconds', { iat: now + 30 }],
  ['lives for a day', { iat: now, exp: now + day }],
  ['almost at the end of its day', { iat: now - day + 1, exp: now + 1 }],
  ['without iat', { iat: undefined, exp: now + day }],
  ['with a fraction', { exp: now + 0.5 }],
])('J3 accepted: %s', async (_name, changes) => {
  expect(await authenticateClaims(claimsAt(clock, changes))).toMatchObject({ kind: 'authenticated' });
});

test.each<[string, Claims, string]>([
  ['exp past', { exp: now - 30 }, 'The token has expired.'],
  ['exp long past', { iat: now - 9 * day, exp: now - 8.5 * day }, 'The token has expired.'],
  ['exp zero', { exp: 0 }, 'The token has expired.'],
  ['exp missing', { exp: undefined }, 'The claim "exp" of the token is missing.'],
  ['exp text', { exp: String(now + 60) }, 'The claim "exp" of the token is not acceptable.'],
  ['exp null', { exp: null }, 'The claim "exp" of the token is not acceptable.'],
  ['exp a list', { exp: [now + 60] }, 'The claim "exp" of the token is not acceptable.'],
  ['exp in the year 9999', { exp: 253_402_300_799 }, 'The token is valid for more than 24 hours.'],
  ['exp in milliseconds', { exp: (now + 60) * 1000 }, 'The token is valid for more than 24 hours.'],
  ['a life over a day', { iat: now - 60, exp: now - 60 + day + 1 }, 'The token is valid for more than 24 hours.'],
  ['older than a day', { iat: now - 2 * day, exp: now + 60 }, 'The token is valid for more than 24 hours.'],
  [
    'a life over a day without iat',
    { iat: undefined, exp: now + day + 1 },
    'The token is valid for more than 24 hours.',
  ],
  ['nbf future', { nbf: now + 31 }, 'The claim "nbf" of the token is not acceptable.'],
  ['nbf text', { nbf: '0' }, 'The claim "nbf" of the token is not acceptable.'],
  ['iat future', { iat: now + 31 }, 'The token is from the future.'],
  ['iat text', { iat: String(now) }, 'The claim "iat" of the token is not acceptable.'],
])('J3 refused: %s', async (_name, changes, reason) => {
  expect(await authenticateClaims(claimsAt(clock, changes))).toEqual({ kind: 'rejected', reason });
});

test.each([
  ['exp 1e400 is infinite', '"exp":1e400'],
  ['iat -1e400 is infinite', `"exp":${now + 60},"iat":-1e400`],
])('J3 refused: %s', async (_name, times) => {
  const claims = `{"iss":"${userIssuer}","aud":"postern","sub":"ann",${times}}`;
  expect(await authenticateClaims(claims)).toMatchObject({ kind: 'rejected' });
});

test.each<[string, Claims]>([
  ['aud missing', { aud: undefined }],
  ['aud wrong', { aud: 'other' }],
  ['aud empty', { aud: '' }],
  ['aud with a trailing slash', { aud: 'postern/' }],
  ['aud in capitals', { aud: 'Postern' }],
  ['aud a number', { aud: 5 }],
  ['aud an empty list', { aud: [] }],
  ['aud of two of our classes', { aud: ['postern', 'postern-admin'] }],
  ['aud of two of our classes and another', { aud: ['postern', 'other', 'postern-admin'] }],
  ['aud of two of our classes, one of them twice', { aud: ['postern', 'postern', 'postern-admin'] }],
  ['aud a list of others', { aud: ['other', 'another'] }],
  ['aud a list of lists', { aud: [['postern']] }],
  ['aud ours and a number', { aud: ['postern', 5] }],
  ['aud ours and null', { aud: ['postern', null] }],
  ['aud ours and a list', { aud: ['postern', ['other']] }],
  ['aud an object with our name', { aud: { postern: 'postern' } }],
  ['aud a text with both', { aud: 'postern,other' }],
  ['aud a text with both and a space', { aud: 'postern other' }],
  ['iss missing', { iss: undefined }],
  ['iss wrong', { iss: 'https://evil.example' }],
  ['iss with a trailing slash', { iss: `${userIssuer}/` }],
  ['iss in capitals', { iss: userIssuer.toUpperCase() }],
  ['iss a list', { iss: [userIssuer] }],
  ['iss a number', { iss: 5 }],
  ['iss __proto__', { iss: '__proto__' }],
])('J4 refused: %s', async (_name, changes) => {
  expect(await authenticateClaims(claimsAt(clock, changes))).toMatchObject({ kind: 'rejected' });
});

test.each([
  [['postern']],
  [['postern', 'other']],
  [['other', 'postern']],
  [['https://issuer.example/userinfo', 'postern', 'other']],
  [['postern', 'postern']],
])('J4: the list of audiences %j has ours in it', async (aud) => {
  const outcome = await authenticateClaims(claimsAt(clock, { aud }));
  expect(outcome).toMatchObject({ kind: 'authenticated', tokenClass: { audience: 'postern' } });
});

test('J4: who is meant for two classes is told so, with both', async () => {
  const aud = ['postern', 'postern-admin'];
  const reason =
    `The token of the issuer "${userIssuer}" for the audience "postern", "postern-admin" is for more than one of the ` +
    'audiences here, and does not say as whom it asks.';
  expect(await authenticateClaims(claimsAt(clock, { aud }))).toEqual({ kind: 'rejected', reason });
});

test.each<[unknown]>([
  [''],
  ['*'],
  ['a:b'],
  ['user:ann'],
  ['a:*'],
  ['ann#member'],
  ['#'],
  ['ann boyd'],
  [' ann'],
  ['ann\n'],
  ['ann\u0000'],
  ['ann\u200b'],
  ['\u202enna'],
  ['e\u0301va'],
  ['\ud800'],
  ['x'.repeat(257)],
  ['é'.repeat(129)],
  [5],
  [null],
  [['ann']],
  [{ id: 'ann' }],
  [undefined],
])('J6: sub %j is no subject', async (sub) => {
  const outcome = await authenticateClaims(claimsAt(clock, { sub }));
  expect(outcome).toMatchObject({ kind: 'rejected' });
});

test.each([['auth0|123'], ['ann@example.com'], ['éva'], ['spiffe-//x/y'], ['__proto__'], ['x'.repeat(256)]])(
  'sub %j is a subject',
  async (sub) => {
    expect(await authenticateClaims(claimsAt(clock, { sub }))).toMatchObject({
      subject: { kind: 'object', object: { type: 'user', id: sub } },
    });
  },
);

test.each([['auth0|123'], ['user:opal'], ['x'.repeat(256)]])(
  'act of %j is whoever acts for the subject',
  async (sub) => {
    expect(await authenticateClaims(claimsAt(clock, { act: { sub } }))).toMatchObject({
      delegate: { kind: 'recorded', name: sub },
    });
  },
);

test('without act nobody acts for the subject; of a chain, the first one does', async () => {
  expect(await authenticateClaims(claimsAt(clock))).toMatchObject({ delegate: undefined });
  const act = { sub: 'gateway', act: { sub: 'support' } };
  expect(await authenticateClaims(claimsAt(clock, { act }))).toMatchObject({
    delegate: { kind: 'recorded', name: 'gateway' },
  });
});

test.each<[unknown]>([
  [null],
  ['support'],
  [7],
  [true],
  [[]],
  [[{ sub: 'support' }]],
  [{}],
  [{ sub: '' }],
  [{ sub: null }],
  [{ sub: 7 }],
  [{ sub: ['support'] }],
  [{ sub: { sub: 'support' } }],
  [{ sub: 'two words' }],
  [{ sub: 'line\nbreak' }],
  [{ sub: '\u202ereversed' }],
  [{ sub: '\ud800' }],
  [{ sub: 'x'.repeat(257) }],
  [{ act: { sub: 'support' } }],
])('act %j names nobody, and the token is refused', async (act) => {
  const reason = 'The claim "act" of the token names nobody.';
  expect(await authenticateClaims(claimsAt(clock, { act }))).toEqual({ kind: 'rejected', reason });
});
