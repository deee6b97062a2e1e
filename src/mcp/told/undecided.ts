import { z } from 'zod';
import type { Problem } from '../../model/problem.ts';
import { type Fitting, fitAll } from './fit.ts';

/** Of what a list could not decide. */
export const toldUndecided = z.strictObject({
  name: z.string(),
  code: z.string().describe('Why, for programs.'),
});

/** Text of what is neither in the list nor simply not in it takes at most so much of an answer. */
const mostBytes = 8 * 1024;

/** The first of what could not be decided. */
export function tellUndecided(
  all: readonly (readonly [name: string, problem: Problem])[],
): Fitting<z.infer<typeof toldUndecided>> {
  return fitAll(
    all.map(([name, { code }]) => ({ name, code })),
    mostBytes,
  );
}

/** The first of some names. */
export function tellNames(names: readonly string[]): Fitting<string> {
  return fitAll(names, mostBytes);
}
