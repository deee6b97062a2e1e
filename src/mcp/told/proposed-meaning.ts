import { z } from 'zod';
import type { Result } from '../../base/result.ts';
import type { Simulation } from '../../operations/findings/simulate-change.ts';
import { describeRefusal, type Refusal } from '../../operations/refusal.ts';
import { type Prose, say, sayAll } from '../prose.ts';
import { saySimulation, tellSimulation, toldSimulation } from './simulation.ts';

/** What a proposal would mean, as far as its proposer is told. */
export const toldMeaning = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('simulated'), simulation: toldSimulation }),
  z
    .strictObject({ kind: z.literal('not shown') })
    .describe('It is about a model, or about objects that you may not review.'),
  z
    .strictObject({ kind: z.literal('not simulated'), code: z.string(), message: z.string() })
    .describe('The change is proposed all the same: ask "simulate_change" again.'),
]);

export type ToldMeaning = z.infer<typeof toldMeaning>;

/** A simulation that failed must not look as if nothing had been proposed. */
export function tellMeaning(simulated: Result<Simulation | undefined, Refusal>): ToldMeaning {
  if (!simulated.ok)
    return { kind: 'not simulated', code: codeOf(simulated.problem), message: describeRefusal(simulated.problem) };
  if (simulated.value === undefined) return { kind: 'not shown' };
  return { kind: 'simulated', simulation: tellSimulation(simulated.value) };
}

function codeOf(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'forbidden':
      return 'FORBIDDEN';
    case 'undecided':
      return refusal.problem.code;
    case 'invalid':
      return refusal.errors[0]?.code ?? 'INVALID_INPUT';
  }
}

export function sayMeaning(meaning: ToldMeaning): Prose {
  switch (meaning.kind) {
    case 'simulated':
      return sayAll([say`If it were applied now:`, saySimulation(meaning.simulation)]);
    case 'not shown':
      return say`What it would mean is not yours to see.`;
    case 'not simulated':
      return say`What it would mean could not be found out (${meaning.code}).`;
  }
}
