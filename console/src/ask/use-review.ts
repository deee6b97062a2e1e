import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { codeOf } from './ask-error.ts';
import { noteWritten } from './freshness.ts';
import {
  type Decided,
  decide,
  grantKey,
  isPending,
  isSent,
  keepDecisions,
  keptDecisions,
  type ReviewDecision,
} from './review-decisions.ts';
import { useCaller } from './session.ts';
import { useRefresh } from './use-refresh.ts';
import { isRefusal } from './use-write.ts';
import { extendGrant, type RoleAnswer, revokeRole, type WriteManner } from './writes.ts';

/** Decisions about an object: kept in the tab, previewed, and applied one after the other, each once however often it is tried. */
export function useReview(object: string) {
  const { subject: caller } = useCaller();
  const [decisions, setDecisions] = useState(() => keptDecisions(caller, object));
  const refresh = useRefresh();
  useEffect(() => keepDecisions(caller, object, decisions), [caller, object, decisions]);
  const put = (one: ReviewDecision) =>
    setDecisions((before) => [...before.filter((other) => grantKey(other) !== grantKey(one)), one]);
  const applying = useMutation({
    networkMode: 'always',
    mutationFn: async (wanted: readonly ReviewDecision[]) => {
      for (const one of wanted) put(one);
      for (const one of wanted) {
        // Whatever becomes of the answer, from here on it may have been done.
        put({ ...one, outcome: 'unknown' });
        put(await apply(one));
      }
    },
    onSettled: () => void refresh(),
  });
  return {
    decisions,
    pending: decisions.filter(isPending),
    decisionOf: (grant: Parameters<typeof grantKey>[0]) => decisions.find((one) => grantKey(one) === grantKey(grant)),
    decide: (grant: Parameters<typeof decide>[0], decided: Decided | undefined) =>
      decided === undefined
        ? setDecisions((before) => before.filter((one) => grantKey(one) !== grantKey(grant)))
        : put(decide(grant, decided)),
    forget: () => setDecisions([]),
    apply: (wanted: readonly ReviewDecision[], reason: string) =>
      applying.mutate(wanted.map((one) => ({ ...one, isWanted: true, reason: reason.trim() }))),
    /** Those of which nobody knows are sent again as they were. */
    goOn: () => applying.mutate(decisions.filter(isSent)),
    isApplying: applying.isPending,
    error: applying.error,
  };
}

/** Sends it; throws where nobody knows what became of it. */
async function apply(decision: ReviewDecision): Promise<ReviewDecision> {
  const { reason, key } = decision;
  try {
    const answer = await send(decision, { ...(reason !== '' && { reason }), idempotencyKey: key });
    noteWritten(answer.consistencyToken);
    const [problem] = answer.userErrors;
    return problem === undefined
      ? { ...decision, outcome: 'done' }
      : { ...decision, outcome: 'refused', message: problem.message };
  } catch (error) {
    if (codeOf(error) === 'UNAUTHENTICATED' || !isRefusal(codeOf(error))) throw error;
    return { ...decision, outcome: 'refused', message: error instanceof Error ? error.message : '' };
  }
}

function send(decision: ReviewDecision, manner: WriteManner): Promise<RoleAnswer> {
  const { object, role, subject, expiresAt } = decision;
  if (decision.choice === 'revoke') return revokeRole.send({ object, role, subject, ...manner });
  return extendGrant.send({ object, role, subject, expiresAt, ...manner });
}

/** What each decision would mean by itself, in the server's words. */
export function useReviewPreviews(pending: readonly ReviewDecision[], isEnabled: boolean) {
  const { subject: caller } = useCaller();
  return useQuery({
    queryKey: ['preview', caller, 'review', pending.map(({ key }) => key)],
    queryFn: async () => {
      const previews = new Map<string, RoleAnswer>();
      for (const decision of pending) previews.set(decision.key, await send(decision, { dryRun: true }));
      return previews;
    },
    enabled: isEnabled && pending.length > 0,
    staleTime: 0,
    gcTime: 0,
  });
}
