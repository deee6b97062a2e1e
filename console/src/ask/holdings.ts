import { SubjectHoldingsDocument, type SubjectHoldingsQuery } from './__generated__/operations.ts';
import { ask } from './ask.ts';
import { useGivable } from './givable.ts';
import { useRolesOf } from './object-roles.ts';
import { useObjectRights, useRights } from './rights.ts';
import { useCaller } from './session.ts';
import { usePages } from './use-pages.ts';

export type Holding = SubjectHoldingsQuery['subjectHoldings']['edges'][number]['node'];

/** What a subject holds: for staff anywhere, for others within what they review. Nobody else is asked for. */
export function useHoldings(subject: string, within: string | undefined) {
  const { isKnown, mayReadRelationships } = useRights();
  const review = useObjectRights(within ?? '');
  const mayAsk = mayReadRelationships || (within !== undefined && review.mayReview);
  const variables = { subject, within };
  const list = usePages({
    question: ['holdings', variables],
    isEnabled: mayAsk,
    read: async (after) => {
      const page = (await ask(SubjectHoldingsDocument, { ...variables, after })).subjectHoldings;
      return { ...page, isCutShort: false };
    },
  });
  const isDecided = isKnown && (within === undefined || review.isKnown || mayReadRelationships);
  const pages = mayAsk ? list.pages : [];
  const holdings = pages.flatMap(({ edges }) => edges.map(({ node }) => node));
  return { ...list, last: pages.at(-1), variables, holdings, isNotForMe: isDecided && !mayAsk };
}

/** Those of what somebody holds that the caller may take away. */
export function useRevocable(holdings: readonly Holding[]): ReadonlySet<Holding> {
  const direct = holdings.filter(({ isThroughSet }) => !isThroughSet);
  const mayGive = useGivable(direct.map(({ relationship: { object, relation } }) => ({ object, role: relation })));
  return new Set(direct.filter(({ relationship: { object, relation } }) => mayGive(object, relation)));
}

/**
 * Whether there is something that off-boarding would take; what would be refused is recorded, and so not tried. A block is not taken, since
 * that would give something back, and what is held on the platform takes a right of its own.
 */
export function useMayOffboard(holdings: readonly Holding[]): boolean {
  const { platform } = useCaller();
  const { mayReadRelationships, mayWriteRelationships } = useRights();
  const direct = holdings.filter(({ isThroughSet }) => !isThroughSet);
  const onPlatform = direct.filter(({ relationship }) => relationship.object === platform);
  const revocable = useRevocable([...onPlatform, ...direct.filter((one) => !onPlatform.includes(one))]);
  const isWriter = mayReadRelationships && mayWriteRelationships;
  const objects = [...new Set([...revocable].map(({ relationship }) => relationship.object))];
  const roles = useRolesOf(isWriter ? [] : objects);
  if (isWriter) return direct.length > 0 && onPlatform.every((one) => revocable.has(one));
  return [...revocable].some(({ relationship: { object, relation } }) =>
    roles.get(object)?.some(({ role, takesAway }) => role === relation && !takesAway),
  );
}
