import { useQuery } from '@tanstack/react-query';
import { type SimulateChangeInput, SimulateDecisionsDocument } from './__generated__/operations.ts';
import { ask } from './ask.ts';
import type { ReviewDecision } from './review-decisions.ts';
import { useCaller } from './session.ts';

/** What decisions about an object, and about what belongs to it, would mean together. */
export function useSimulation(within: string, decisions: readonly ReviewDecision[]) {
  const { subject: caller } = useCaller();
  const input = changeOf(within, decisions);
  return useQuery({
    queryKey: ['preview', caller, 'simulation', input],
    queryFn: async () => (await ask(SimulateDecisionsDocument, { input })).simulateChange,
    enabled: decisions.length > 0,
    staleTime: 0,
    gcTime: 0,
  });
}

/** The relationships that would be there, and that would not. */
export function changeOf(within: string, decisions: readonly ReviewDecision[]): SimulateChangeInput {
  const of = (choice: ReviewDecision['choice']) => decisions.filter((one) => one.choice === choice);
  const named = ({ object, role, subject }: ReviewDecision) => ({ object, relation: role, subject });
  return {
    within,
    deletes: of('revoke').map(named),
    writes: of('extend').map((one) => {
      const { condition, startsAt, expiresAt } = one;
      return { ...named(one), condition, startsAt, expiresAt };
    }),
  };
}
