import { isExactNumber } from '../../base/exact-number.ts';

/**
 * The claims of a verified token in which a number is too long to be kept exactly. They count as missing: rounded, the claim
 * of one tenant would be that of another.
 */
export function inexactClaims(token: string): ReadonlySet<string> {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
  const claims: unknown = JSON.parse(payload, markInexact);
  return new Set(Object.entries(Object(claims)).flatMap(([name, value]) => (holdsMark(value) ? [name] : [])));
}

const inexact = Symbol('inexact');

function markInexact(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number') return value;
  return isExactNumber(context?.source ?? String(value)) ? value : inexact;
}

function holdsMark(value: unknown): boolean {
  if (value === inexact) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsMark);
}
