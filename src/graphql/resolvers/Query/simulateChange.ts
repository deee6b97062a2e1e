import { simulateChange as simulate } from '../../../operations/findings/simulate-change.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { accessSimulationOf } from '../../access-simulation.ts';
import { consistencyOf } from '../../consistency-argument.ts';
import { refusalError } from '../../errors.ts';
import { relationshipOf } from '../../relationship-input.ts';
import { viewerOf } from '../../request-context.ts';

export const simulateChange: NonNullable<QueryResolvers['simulateChange']> = async (
  _parent,
  { input: { writes, deletes, within }, consistency },
  context,
) => {
  const change = { writes: (writes ?? []).map(relationshipOf), deletes: (deletes ?? []).map(relationshipOf) };
  const input = { change, within: within ?? undefined, consistency: consistencyOf(consistency, context) };
  const simulated = await simulate(context.postern, viewerOf(context), input);
  if (!simulated.ok) throw refusalError(simulated.problem);
  return accessSimulationOf(simulated.value);
};
