import type { PermissionCheck } from './decision.ts';

/** A question about a caller, and the answer to it. */
export interface DecidedCheck extends PermissionCheck {
  readonly isAllowed: boolean;
}

/** Whatever is made of this text by a keyed hash is for fingerprints alone, and of this version. */
const domain = 'postern permission fingerprint 1';

/**
 * What a permission fingerprint is the keyed hash of: the same text for the same questions with the same answers, in whatever order and
 * however often they are asked, and for no others. The parts are never joined: each is a string of JSON.
 */
export function fingerprintText(decided: readonly DecidedCheck[]): string {
  const lines = decided.map(({ object, permission, isAllowed }) => JSON.stringify([object, permission, isAllowed]));
  return JSON.stringify([domain, ...[...new Set(lines)].sort()]);
}
