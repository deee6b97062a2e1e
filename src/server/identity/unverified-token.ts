import { decodeJwt, decodeProtectedHeader, type ProtectedHeaderParameters } from 'jose';
import { failed, ok, type Result } from '../../base/result.ts';

/** What a token says of itself: good for finding the class to verify it against, and for nothing else. */
export interface UnverifiedToken {
  readonly algorithm: string;
  readonly keyId: string | undefined;
  readonly issuer: string;
  /** Everybody that the token is meant for, each once. */
  readonly audiences: readonly string[];
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
  const audiences = audiencesOf(aud);
  return audiences.ok ? ok({ algorithm: alg, keyId: kid, issuer: iss, audiences: audiences.value }) : audiences;
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

/** One text or a list of them; a list with anything else in it is no list of audiences, whatever else it names. */
function audiencesOf(aud: unknown): Result<readonly string[], string> {
  const list: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  const audiences = list.filter((one) => typeof one === 'string');
  if (audiences.length < list.length || audiences.length === 0) return failed('The token has no audience ("aud").');
  return ok([...new Set(audiences)]);
}
