/** Why something was not done. Only `denied` is a no; each kind has a look of its own. */
export type RefusalKind = 'denied' | 'signedOut' | 'undecided' | 'failed';

/** Postern, or a guard that asks it, did not decide: it may be a yes in a moment. */
const undecided = new Set([
  'AUTHORIZATION_UNAVAILABLE',
  'OVERLOADED',
  'TOO_MANY_REQUESTS',
  'MISSING_CONTEXT',
  'CONDITION_FAILED',
]);

/** By the codes of all errors of an answer; without any answer there are none. A no counts more than "cannot be decided". */
export function refusalKind(codes: readonly unknown[]): RefusalKind {
  if (codes.includes('FORBIDDEN')) return 'denied';
  if (codes.includes('UNAUTHENTICATED')) return 'signedOut';
  return codes.some((code) => undecided.has(String(code))) ? 'undecided' : 'failed';
}
