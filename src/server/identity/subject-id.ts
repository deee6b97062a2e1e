import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import type { SubjectEncoding, TokenClass } from './token-class.ts';

/**
 * The id that a token's claim gives its subject: as it is, or percent-encoded where the class says so.
 *
 * Ids have no ":" and no "#", which names of workloads are full of. `encodeURIComponent` is in every language, so that
 * whoever writes relationships makes the same ids; two claims never become one, because "%" is encoded as well.
 */
export function subjectId(
  claims: Readonly<Record<string, unknown>>,
  { subjectClaim, subjectEncoding }: Pick<TokenClass, 'subjectClaim' | 'subjectEncoding'>,
): Result<string, string> {
  const claim = Object.hasOwn(claims, subjectClaim) ? claims[subjectClaim] : undefined;
  return encodedId(claim, subjectClaim, subjectEncoding);
}

/** The same for any claim, with its name. */
export function encodedId(claim: unknown, name: string, encoding: SubjectEncoding): Result<string, string> {
  if (typeof claim !== 'string') return failed(`The claim ${quote(name)} of the token is not text.`);
  if (encoding === 'none') return ok(claim);
  // Half a character has no bytes to encode.
  if (!claim.isWellFormed()) return failed(`The claim ${quote(name)} of the token is not well-formed Unicode.`);
  return ok(encodeURIComponent(claim));
}
