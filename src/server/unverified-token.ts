import { decodeJwt, decodeProtectedHeader, type ProtectedHeaderParameters } from 'jose';
import { failed, ok, type Result } from '../base/result.ts';

/** What a token says of itself: good for finding the class to verify it against, and for nothing else. */
export interface UnverifiedToken {
  readonly algorithm: string;
  readonly keyId: string | undefined;
  readonly issuer: string;
  readonly audience: string;
}

/** Reads the parts that choose a class and a key; `jwk`, `jku` and `x5u` headers are not looked at by anybody. */
export function readUnverifiedToken(token: string): Result<UnverifiedToken, string> {
  const parts = decode(token);
  if (parts === undefined) return failed('The token is not a signed JSON Web Token.');
  const { alg, kid, crit, b64, typ } = parts.header;
  if (typeof alg !== 'string') return failed('The header of the token has no "alg".');
  if (crit !== undefined || b64 !== undefined) return failed('The token needs an extension that is not supported.');
  if (!isTokenType(typ)) return failed('The type ("typ") of the token is not one that authenticates a caller.');
  if (kid !== undefined && typeof kid !== 'string') return failed('The "kid" in the header of the token is not text.');
  const { iss, aud } = parts.claims;
  if (typeof iss !== 'string') return failed('The token has no issuer ("iss").');
  const audience = onlyAudience(aud);
  return audience.ok ? ok({ algorithm: alg, keyId: kid, issuer: iss, audience: audience.value }) : audience;
}

function decode(
  token: string,
): { header: ProtectedHeaderParameters; claims: Readonly<Record<string, unknown>> } | undefined {
  try {
    return { header: decodeProtectedHeader(token), claims: decodeJwt(token) };
  } catch {
    return undefined;
  }
}

/** Other uses of JWT (logout events, proofs of possession) carry types of their own and are no credentials. */
function isTokenType(typ: unknown): boolean {
  return typ === undefined || (typeof typ === 'string' && /^(?:application\/)?(?:jwt|jose|at\+jwt)$/i.test(typ));
}

/** With a second audience, whoever runs that service could present the token here in the caller's name. */
function onlyAudience(aud: unknown): Result<string, string> {
  const [audience, ...others]: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  if (typeof audience !== 'string') return failed('The token has no audience ("aud").');
  if (others.length > 0) return failed('The token is meant for other audiences ("aud") besides this one.');
  return ok(audience);
}
