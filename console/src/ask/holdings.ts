import { SubjectHoldingsDocument, type SubjectHoldingsQuery } from './__generated__/operations.ts';
import { ask } from './ask.ts';
import { useRolesOf } from './object-roles.ts';
import { useDecisions, useObjectRights, useRights } from './rights.ts';
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

/** Of so many it is asked whether they can be taken away. */
const mostAsked = 20;

/** Those of what somebody holds that the caller may take away, by the same permission that gives them. */
export function useRevocable(holdings: readonly Holding[]): ReadonlySet<Holding> {
  const asked = holdings.filter(({ isThroughSet }) => !isThroughSet).slice(0, mostAsked);
  const checks = asked.flatMap(({ relationship: { object, relation } }) => [
    { permission: `can_grant_${relation}`, object },
    { permission: 'can_manage_access', object },
  ]);
  const { data } = useDecisions(checks);
  const revocable = asked.filter((_holding, index) => {
    const [own, manage] = [data?.[2 * index], data?.[2 * index + 1]];
    // Where the type names no permission of its own for a role, whoever manages the object gives it.
    return own?.allowed === true || (own?.error?.code === 'UNKNOWN_RELATION' && manage?.allowed === true);
  });
  return new Set(revocable);
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
