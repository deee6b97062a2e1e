import { beforeAll, expect, test } from 'vitest';
import type { TokenClass } from '../../src/server/identity/token-class.ts';
import { verifyToken } from '../../src/server/identity/verify-token.ts';
import { claimsAt, makeClock, makeKey, type SigningKey, signToken, tokenClass } from './support/tokens.ts';

const clock = makeClock();
let key: SigningKey;

beforeAll(async () => {
  key = await makeKey('user-1');
});

/** The class of a token is chosen by what the token claims; verification takes nothing of that for granted. */
async function verifyAgainst(changes: Partial<TokenClass>): Promise<string | undefined> {
  const token = await signToken(key, claimsAt(clock));
  const expected = tokenClass(new URL('https://keys.example'), changes);
  const verified = await verifyToken(token, key.publicKey, expected, clock.now());
  return verified.ok ? undefined : verified.problem;
}

test.each<[string, Partial<TokenClass>, string | undefined]>([
  ['its own class', {}, undefined],
  ['another issuer', { issuer: 'https://other.example' }, 'The claim "iss" of the token is not acceptable.'],
  ['another audience', { audience: 'other' }, 'The claim "aud" of the token is not acceptable.'],
  ['another subject claim', { subjectClaim: 'oid' }, 'The claim "oid" of the token is missing.'],
  ['another algorithm', { algorithms: ['EdDSA'] }, 'The token is not a valid signed JSON Web Token.'],
])('a token against %s', async (_name, changes, problem) => {
  expect(await verifyAgainst(changes)).toBe(problem);
});
