import type { ObjectRole } from '../ask/object-roles.ts';
import { objectWords } from '../words/object-words.ts';
import { needsWords, noSelfWords } from '../words/write-words.ts';
import type { GrantName } from './change-forms.tsx';

export type ChangeKind = 'extend' | 'transfer' | 'revoke';

export function isChangeKind(text: string | undefined): text is ChangeKind {
  return text === 'extend' || text === 'transfer' || text === 'revoke';
}

/** Why somebody cannot change a grant in this way; undefined where nothing is in the way that is known before. */
export function changeHindrance(
  change: ChangeKind,
  roles: readonly ObjectRole[] | undefined,
  { object, role, subject }: GrantName,
  caller: string,
): string | undefined {
  if (roles === undefined) return objectWords.rolesAsking;
  const known = roles.find((one) => one.role === role);
  if (known === undefined) return objectWords.gone;
  if (known.error !== null) return known.error.message;
  if (!known.canGrant) return needsWords(known.needs, object);
  return change === 'extend' && known.noSelfGrant && subject === caller ? noSelfWords() : undefined;
}
