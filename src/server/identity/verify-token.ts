import { type CryptoKey, errors, type JWTPayload, jwtVerify } from 'jose';
import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import type { TokenClass } from './token-class.ts';

/** Claims of which signature, class and times have been checked. */
export interface VerifiedClaims extends JWTPayload {
  readonly exp: number;
}

/** Clocks of issuers differ from ours by no more. */
const clockToleranceSeconds = 30;
const maxLifetimeSeconds = 24 * 60 * 60;

/**
 * Verifies a token against one class and one of its keys. A problem is a sentence for the caller; anything
 * thrown is about our side (a key of the issuer that is too weak, for one), and says nothing about the token.
 */
export async function verifyToken(
  token: string,
  key: CryptoKey,
  tokenClass: TokenClass,
  now: Date,
): Promise<Result<VerifiedClaims, string>> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [...tokenClass.algorithms],
      issuer: tokenClass.issuer,
      audience: tokenClass.audience,
      requiredClaims: ['exp', tokenClass.subjectClaim],
      clockTolerance: clockToleranceSeconds,
      currentDate: now,
    });
    return checkLifetime(payload, now);
  } catch (error) {
    if (error instanceof errors.JOSEError) return failed(sentence(error));
    throw error;
  }
}

/**
 * A token without an end is a password. Its life, from `iat` or else from now on, is at most 24 hours, which
 * also bounds the age of every token that is accepted.
 */
function checkLifetime(claims: JWTPayload, now: Date): Result<VerifiedClaims, string> {
  const nowSeconds = now.getTime() / 1000;
  const { exp, iat } = claims;
  if (exp === undefined) return failed('The claim "exp" of the token is missing.');
  if (iat !== undefined && iat > nowSeconds + clockToleranceSeconds) return failed('The token is from the future.');
  if (exp - (iat ?? nowSeconds) > maxLifetimeSeconds) return failed('The token is valid for more than 24 hours.');
  return ok({ ...claims, exp });
}

function sentence(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The signature of the token does not match.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    return `The claim ${quote(error.claim)} of the token is ${error.reason === 'missing' ? 'missing' : 'not acceptable'}.`;
  }
  return 'The token is not a valid signed JSON Web Token.';
}
