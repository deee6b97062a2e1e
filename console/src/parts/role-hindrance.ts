import { conditionsFor, kindOfSubject, type ObjectRole, type SubjectKind } from '../ask/object-roles.ts';
import { fitsWords, needsWords, noSelfWords } from '../words/write-words.ts';

/** Why a role is not to be given to somebody; undefined where nothing is in the way. */
export function hindranceOf(role: ObjectRole, object: string, subject: string, caller: string): string | undefined {
  if (role.error !== null) return role.error.message;
  if (!role.canGrant) return needsWords(role.needs, object);
  if (role.noSelfGrant && subject === caller) return noSelfWords();
  const kind = kindOfSubject(subject);
  if (kind === undefined || conditionsFor(role, kind) !== undefined) return undefined;
  return fitsWords([...new Set(role.subjects.map(nameOfKind))]);
}

export function nameOfKind({ type, relation, wildcard }: SubjectKind): string {
  if (wildcard) return `${type}:*`;
  return relation === null ? type : `${type}#${relation}`;
}
