import { useQuery } from '@tanstack/react-query';
import { useGivable } from './givable.ts';
import { decisionsQuery, useMyPermissions, useRights } from './rights.ts';
import { useCaller } from './session.ts';

interface Named {
  readonly object: string;
  readonly relation: string;
  readonly subject: string;
}

/** Whether the caller may propose a change. */
export interface MayPropose {
  readonly isKnown: boolean;
  readonly may: boolean;
  /** The first object that they see too little of. */
  readonly missing: string | undefined;
}

/**
 * Whether the caller sees enough of each object to propose a change of it, or could make it; for oneself, a permission on the object is
 * enough. It is asked before, since to be refused would be recorded.
 */
export function useMayPropose(changes: readonly Named[]): MayPropose {
  const { subject: caller } = useCaller();
  const { isKnown, mayReadRelationships } = useRights();
  const objects = [...new Set(changes.map(({ object }) => object))];
  const checks = objects.flatMap((object) => [
    { permission: 'can_review_access', object },
    { permission: 'can_manage_access', object },
  ]);
  const { data, isSuccess } = useQuery(decisionsQuery(caller, checks));
  const isGivable = useGivable(changes.map(({ object, relation }) => ({ object, role: relation })));
  const own = changes.find(({ subject }) => subject === caller)?.object;
  const mine = useMyPermissions(own ?? '');
  const sees = (object: string) => {
    const index = 2 * objects.indexOf(object);
    const [review, manage] = [data?.[index], data?.[index + 1]];
    return review?.allowed === true || (review?.error?.code === 'UNKNOWN_RELATION' && manage?.allowed === true);
  };
  const isOwn = ({ object, subject }: Named) =>
    subject === caller && object === own && (mine.data?.granted.length ?? 0) > 0;
  const missing = changes.find((one) => !sees(one.object) && !isGivable(one.object, one.relation) && !isOwn(one));
  const isAnswered = isKnown && isSuccess && (own === undefined || mine.isSuccess);
  return {
    isKnown: isAnswered,
    may: isAnswered && (mayReadRelationships || missing === undefined),
    missing: missing?.object,
  };
}
