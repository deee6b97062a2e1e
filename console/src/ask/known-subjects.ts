import { useQuery } from '@tanstack/react-query';
import { KnownObjectsDocument } from './__generated__/operations.ts';
import { ask } from './ask.ts';
import { kindOfSubject, type SubjectKind } from './object-roles.ts';
import { useObjectRights, useRights } from './rights.ts';
import { useCaller } from './session.ts';
import { useSettled } from './use-settled.ts';

interface KnownSubjects {
  /** Subjects that begin as what was typed, of the kinds that can be given something. */
  readonly found: readonly string[];
  /** Whether what was typed names somebody that the caller may see; undefined while that is not known. */
  readonly isKnown: boolean | undefined;
}

/** Whom somebody may mean who has typed `text`: within what the caller reviews, and everywhere for staff. */
export function useKnownSubjects(object: string, kinds: readonly SubjectKind[], text: string): KnownSubjects {
  const { subject } = useCaller();
  const { mayReadRelationships, isKnown: isReaderKnown } = useRights();
  const { mayReview } = useObjectRights(object);
  const typed = useSettled(text.trim());
  const wanted = typed === undefined ? undefined : questionOf(kinds, typed);
  const within = mayReadRelationships || !mayReview ? undefined : object;
  const { data } = useQuery({
    queryKey: ['known-subjects', subject, wanted, within],
    queryFn: async () => {
      if (wanted === undefined) return [];
      const { type, startsWith } = wanted;
      const { edges } = (await ask(KnownObjectsDocument, { type, startsWith, within })).knownObjects;
      return edges.map(({ node }) => node);
    },
    enabled: wanted !== undefined && isReaderKnown,
  });
  const whole = kindOfSubject(text.trim());
  const named = whole && text.trim().split('#', 1)[0];
  return {
    found: (data ?? []).flatMap((one) => namesOf(kinds, one)),
    isKnown: data === undefined || named === undefined || typed === undefined ? undefined : data.includes(named),
  };
}

/** `user:pa` asks for users that begin so, `pa` for those of the first kind. */
function questionOf(kinds: readonly SubjectKind[], typed: string) {
  const [type = '', rest] = typed.split(':', 2);
  const kind = rest === undefined ? kinds[0] : kinds.find((one) => one.type === type);
  if (kind === undefined) return undefined;
  const [startsWith = ''] = (rest ?? type).split('#', 1);
  return startsWith === '*' ? undefined : { type: kind.type, startsWith };
}

function namesOf(kinds: readonly SubjectKind[], object: string): readonly string[] {
  const type = object.slice(0, object.indexOf(':'));
  const fitting = kinds.filter((kind) => kind.type === type && !kind.wildcard);
  return fitting.map(({ relation }) => (relation === null ? object : `${object}#${relation}`));
}
