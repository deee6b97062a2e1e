import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Authentication, createAuthenticator } from '../../src/server/identity/authenticate.ts';
import { subjectId } from '../../src/server/identity/subject-id.ts';
import { type KeyServer, startKeyServer } from './support/key-server.ts';
import { claimsAt, makeClock, makeKey, optionsAt, type SigningKey, signToken, tokenClass } from './support/tokens.ts';

const clock = makeClock();
let key: SigningKey;
let server: KeyServer;

beforeAll(async () => {
  key = await makeKey('workloads');
  server = await startKeyServer(key.publicJwk);
});

afterAll(() => server[Symbol.asyncDispose]());

async function authenticate(sub: unknown): Promise<Authentication> {
  const classes = [tokenClass(server.url, { subjectType: 'service', subjectEncoding: 'percent' })];
  const token = await signToken(key, claimsAt(clock, { sub }));
  return await createAuthenticator(classes, optionsAt(clock)).authenticate(`Bearer ${token}`);
}

test.each([
  ['system:serviceaccount:shop:cart', 'system%3Aserviceaccount%3Ashop%3Acart'],
  ['spiffe://acme.example/ns/shop/sa/cart', 'spiffe%3A%2F%2Facme.example%2Fns%2Fshop%2Fsa%2Fcart'],
  ['repo:acme/shop:ref:refs/heads/main', 'repo%3Aacme%2Fshop%3Aref%3Arefs%2Fheads%2Fmain'],
  ['repo:acme/shop:environment:Q & A', 'repo%3Aacme%2Fshop%3Aenvironment%3AQ%20%26%20A'],
  ['team#member', 'team%23member'],
  ['a%3Ab', 'a%253Ab'],
  ['e\u0301va', 'e%CC%81va'],
  ['\u00e9va', '%C3%A9va'],
  ['plain', 'plain'],
  ['a:*', 'a%3A*'],
])('the claim %j is the subject service:%s', async (sub, id) => {
  expect(await authenticate(sub)).toMatchObject({ subject: { kind: 'object', object: { type: 'service', id } } });
});

test.each([[''], ['*'], ['\ud800'], [':'.repeat(86)], [5], [null], [['a:b']], [{}], [undefined]])(
  'the claim %j is no subject, encoded or not',
  async (sub) => {
    expect(await authenticate(sub)).toMatchObject({ kind: 'rejected' });
  },
);

test('no two claims are one subject, and each can be read back', () => {
  const encoding = { subjectClaim: 'sub', subjectEncoding: 'percent' } as const;
  const idOf = (sub: string) => subjectId({ sub }, encoding);
  const nasty = fc.string({
    unit: fc.constantFrom('%', ':', '3', 'A', 'a', '#', '*', '/', ' ', 'e', '\u0301', '\u00e9'),
  });
  fc.assert(
    fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (sub) => {
      const id = idOf(sub);
      expect(id.ok && decodeURIComponent(id.value)).toBe(sub.isWellFormed() && sub);
      expect(id.ok && /[#:\s]/.test(id.value)).toBe(false);
    }),
  );
});

test('a claim that every object has is not one of the token', () => {
  const reason = 'The claim "constructor" of the token is not text.';
  expect(subjectId({}, { subjectClaim: 'constructor', subjectEncoding: 'none' })).toEqual({
    ok: false,
    problem: reason,
  });
});
