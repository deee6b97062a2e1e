import { KeyObject, sign } from 'node:crypto';
import { CompactSign, type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose';
import type { AuthenticatorOptions } from '../../../src/server/identity/authenticate.ts';
import { usualDoors } from '../../../src/server/identity/door.ts';
import { defaultSignatureAlgorithms, type TokenClass } from '../../../src/server/identity/token-class.ts';

/** A key of an issuer, with the half that it publishes. */
export interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly publicJwk: JWK;
}

export async function makeKey(kid: string, alg = 'ES256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** A clock that moves only when a test says so. */
export interface TestClock {
  readonly now: () => Date;
  readonly seconds: () => number;
  advance(durationMs: number): void;
}

export function makeClock(): TestClock {
  let timeMs = Date.parse('2026-11-22T12:00:00Z');
  return {
    now: () => new Date(timeMs),
    seconds: () => timeMs / 1000,
    advance: (durationMs) => {
      timeMs += durationMs;
    },
  };
}

export type Claims = Readonly<Record<string, unknown>>;

/** The claims of a good token of Ann; `undefined` removes one. */
export function claimsAt(clock: TestClock, changes: Claims = {}): Claims {
  const now = clock.seconds();
  return { iss: userIssuer, aud: 'postern', sub: 'ann', iat: now, exp: now + 3600, ...changes };
}

/** Signs whatever it is given; claims may be text, for JSON that no object writes. */
export async function signToken(key: SigningKey, claims: Claims | string, header: Claims = {}): Promise<string> {
  const payload = typeof claims === 'string' ? claims : JSON.stringify(claims);
  const fullHeader = { alg: key.alg, kid: key.kid, typ: 'JWT', ...header };
  return await new CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader(fullHeader)
    .sign(key.privateKey, { crit: { 'urn:example:unknown': false } });
}

/** A token of an ES256 key whose signature is right, whatever the parts say. */
export function signExactly(key: SigningKey, header: Claims | string, claims: Claims | string): string {
  const input = `${encode(header)}.${encode(claims)}`;
  const signer = { key: KeyObject.from(key.privateKey), dsaEncoding: 'ieee-p1363' } as const;
  return `${input}.${sign('sha256', Buffer.from(input), signer).toString('base64url')}`;
}

/** A token with any header and any signature. */
export function forgeToken(header: Claims | string, claims: Claims | string, signature: string | Uint8Array): string {
  return [encode(header), encode(claims), Buffer.from(signature).toString('base64url')].join('.');
}

export function encode(part: Claims | string): string {
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
}

export const userIssuer = 'https://users.example';
export const employeeIssuer = 'https://employees.example';

export function tokenClass(url: URL, changes: Partial<TokenClass> = {}): TokenClass {
  return {
    subjectType: 'user',
    issuer: userIssuer,
    audience: 'postern',
    keys: { kind: 'remote', url: url.href },
    subjectClaim: 'sub',
    subjectEncoding: 'none',
    algorithms: defaultSignatureAlgorithms,
    context: new Map(),
    doors: new Set(usualDoors),
    ...changes,
  };
}

export function optionsAt(clock: TestClock, changes: Partial<AuthenticatorOptions> = {}): AuthenticatorOptions {
  return { mode: 'production', now: clock.now, ...changes };
}
