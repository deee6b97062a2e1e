import { createHmac, KeyObject, sign } from 'node:crypto';
import { CompactEncrypt, exportSPKI, importJWK } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Authenticator, createAuthenticator } from '../../src/server/identity/authenticate.ts';
import { type KeyServer, startKeyServer } from './support/key-server.ts';
import {
  type Claims,
  claimsAt,
  encode,
  forgeToken,
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
let rsaKey: SigningKey;
let ecKey: SigningKey;
let server: KeyServer;

beforeAll(async () => {
  [rsaKey, ecKey] = await Promise.all([makeKey('rsa', 'RS256'), makeKey('ec')]);
  server = await startKeyServer(rsaKey.publicJwk, ecKey.publicJwk);
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

function makeAuthenticator(): Authenticator {
  return createAuthenticator([tokenClass(server.url)], optionsAt(clock));
}

function signRs512(header: Claims): string {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${sign('sha512', Buffer.from(input), KeyObject.from(rsaKey.privateKey)).toString('base64url')}`;
}

/** The public key as the secret of a symmetric signature, which everybody can make. */
async function signSymmetrically(alg: string, format: 'pem' | 'jwk'): Promise<string> {
  const publicKey = await importJWK(rsaKey.publicJwk, 'RS256', { extractable: true });
  if (publicKey instanceof Uint8Array) throw new Error('An RSA key is no bytes.');
  const secret = format === 'pem' ? await exportSPKI(publicKey) : JSON.stringify(rsaKey.publicJwk);
  const input = `${encode({ alg, kid: rsaKey.kid })}.${encode(claims)}`;
  return `${input}.${createHmac(alg.replace('HS', 'sha'), secret).update(input).digest('base64url')}`;
}

async function encryptToken(): Promise<string> {
  const key = await importJWK({ ...rsaKey.publicJwk, use: 'enc', alg: 'RSA-OAEP' }, 'RSA-OAEP');
  return await new CompactEncrypt(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'RSA-OAEP', enc: 'A256GCM', kid: rsaKey.kid })
    .encrypt(key);
}

async function withSignature(change: (signature: Buffer) => Uint8Array): Promise<string> {
  const [header, payload, signature = ''] = (await signToken(ecKey, claims)).split('.');
  return [header, payload, Buffer.from(change(Buffer.from(signature, 'base64url'))).toString('base64url')].join('.');
}

async function withPayload(payload: string): Promise<string> {
  const [header, , signature] = (await signToken(ecKey, claims)).split('.');
  return [header, payload, signature].join('.');
}

const header = { alg: 'ES256', kid: 'ec' };
const notSigned = /not a signed JSON Web Token/;
const noAlgorithm = /has no "alg"/;
const notAccepted = /are not accepted/;
const noSuchKey = /not one of its issuer/;
const noMatch = /signature of the token does not match/;
const extension = /extension/;
const wrongType = /type \("typ"\)/;
const zeros = new Uint8Array(64);

test.each<[string, () => string | Promise<string>, RegExp]>([
  ...['none', 'None', 'NONE', 'nOnE', 'none ', ''].flatMap((alg): [string, () => string, RegExp][] => [
    [`alg ${JSON.stringify(alg)} without a signature`, () => forgeToken({ alg, kid: 'ec' }, claims, ''), notSigned],
    [`alg ${JSON.stringify(alg)} with a signature`, () => forgeToken({ alg, kid: 'ec' }, claims, 'x'), notAccepted],
  ]),
  ['alg missing', () => signExactly(ecKey, { kid: 'ec' }, claims), noAlgorithm],
  ['alg null', () => signExactly(ecKey, { alg: null, kid: 'ec' }, claims), noAlgorithm],
  ['alg a list', () => signExactly(ecKey, { alg: ['ES256'], kid: 'ec' }, claims), noAlgorithm],
  ['alg __proto__', () => signExactly(ecKey, { alg: '__proto__', kid: 'ec' }, claims), notAccepted],
  ['HS256 with the public key as the secret (PEM)', () => signSymmetrically('HS256', 'pem'), notAccepted],
  ['HS256 with the public key as the secret (JWK)', () => signSymmetrically('HS256', 'jwk'), notAccepted],
  ['HS512 with the public key as the secret (PEM)', () => signSymmetrically('HS512', 'pem'), notAccepted],
  ['an algorithm that the class does not accept', () => signRs512({ alg: 'RS512', kid: 'rsa' }), notAccepted],
  ['an algorithm of another key type', () => signExactly(ecKey, { alg: 'RS256', kid: 'ec' }, claims), noSuchKey],
  ['an algorithm that this key is not for', () => signExactly(ecKey, { alg: 'PS256', kid: 'rsa' }, claims), noSuchKey],
  ['ES256 all zero', () => forgeToken(header, claims, zeros), noMatch],
  ['ES256 empty', () => forgeToken(header, claims, ''), notSigned],
  ['ES256 one byte', () => forgeToken(header, claims, zeros.slice(1)), noMatch],
  ['a changed signature', () => withSignature((signature) => signature.fill(7, 10, 11).reverse()), noMatch],
  ['a shortened signature', () => withSignature((signature) => signature.subarray(0, 63)), noMatch],
  ['a lengthened signature', () => withSignature((signature) => Buffer.concat([signature, zeros])), noMatch],
  ['other claims under a good signature', () => withPayload(encode({ ...claims, sub: 'root' })), noMatch],
  ['another audience beside ours', () => withPayload(encode({ ...claims, aud: ['postern', 'other'] })), noMatch],
  ['ours beside another audience', () => withPayload(encode({ ...claims, aud: ['other', 'postern'] })), noMatch],
  ['crit b64 and b64:false', () => signExactly(ecKey, { ...header, b64: false, crit: ['b64'] }, claims), extension],
  ['crit b64 and b64:true', () => signExactly(ecKey, { ...header, b64: true, crit: ['b64'] }, claims), extension],
  ['b64:false alone', () => signExactly(ecKey, { ...header, b64: false }, claims), extension],
  [
    'an unknown crit',
    () => signToken(ecKey, claims, { crit: ['urn:example:unknown'], 'urn:example:unknown': 1 }),
    extension,
  ],
  ['an empty crit', () => signExactly(ecKey, { ...header, crit: [] }, claims), extension],
  ['a logout token', () => signToken(ecKey, claims, { typ: 'logout+jwt' }), wrongType],
  ['a proof of possession', () => signToken(ecKey, claims, { typ: 'dpop+jwt' }), wrongType],
  ['typ a number', () => signToken(ecKey, claims, { typ: 5 }), wrongType],
  ['JWE', encryptToken, notSigned],
  ['claims that are not JSON', () => signExactly(ecKey, header, '{'), notSigned],
  ['claims that are a list', () => signExactly(ecKey, header, '[]'), notSigned],
  ['claims that are null', () => signExactly(ecKey, header, 'null'), notSigned],
  ['a header that is not JSON', () => signExactly(ecKey, '{', claims), notSigned],
  ['a header that is a list', () => signExactly(ecKey, '[]', claims), notSigned],
])('J1 refused: %s', async (_name, makeToken, reason) => {
  const token = await makeToken();
  const outcome = await makeAuthenticator().authenticate(`Bearer ${token}`);
  expect(outcome).toEqual({ kind: 'rejected', reason: expect.stringMatching(reason) });
  expect(JSON.stringify(outcome)).not.toContain(token);
});

test('J1: no single changed letter of a good token is accepted', async () => {
  const authenticator = makeAuthenticator();
  const token = await signToken(ecKey, claims);
  // The last letter of a signature has bits that belong to no byte: changing these changes nothing.
  for (let index = 0; index < token.length - 1; index++) {
    const other = token[index] === 'A' ? 'B' : 'A';
    const changed = token.slice(0, index) + other + token.slice(index + 1);
    expect(await authenticator.authenticate(`Bearer ${changed}`)).not.toMatchObject({ kind: 'authenticated' });
  }
  expect(await authenticator.authenticate(`Bearer ${token}`)).toMatchObject({ kind: 'authenticated' });
});
