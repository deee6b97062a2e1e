import { TooMuchWaiting, WaitedTooLong } from '../base/fair-queue.ts';
import { TooComplex } from '../engine/meter.ts';
import { type Problem, problem } from '../model/problem.ts';
import { CallerGone } from '../store/lanes.ts';
import type { Postern } from './postern.ts';

/** What is said when the database, or anything else on the way to an answer, did not answer. */
export const unavailableProblem: Problem = problem(
  'AUTHORIZATION_UNAVAILABLE',
  'Permissions cannot be decided at the moment; try again.',
);

/** What is said where others are served first. */
export const overloadedProblem: Problem = {
  ...problem('OVERLOADED', 'The server has too much to do at the moment; try again in 1 s.'),
  retryAfterSeconds: 1,
};

const tooMuchWaiting: Problem = {
  ...problem('TOO_MANY_REQUESTS', 'Too many of your requests wait for an answer already; try again in 1 s.'),
  retryAfterSeconds: 1,
};

/**
 * What is said of something that was thrown. That there is too much to do is expected; everything else is reported, and what it
 * was is nothing for callers.
 */
export function problemOfFailure(
  { report }: Pick<Postern, 'report'>,
  message: string,
  error: unknown,
  otherwise: Problem = unavailableProblem,
): Problem {
  // Nobody's failure: the caller is told, and a write that ends so has left nothing.
  if (error instanceof TooComplex) return error.problem;
  if (error instanceof TooMuchWaiting) return tooMuchWaiting;
  if (error instanceof WaitedTooLong) return overloadedProblem;
  // Whoever has gone, or said how long it waits, reads this hardly ever.
  if (error instanceof CallerGone) return unavailableProblem;
  report(message, error);
  return otherwise;
}

/** What somebody is told who has used up their allowance. */
export function tooManyRequestsProblem(retryAfterSeconds: number): Problem {
  const message = `You have asked for too much in too short a time; try again in ${retryAfterSeconds} s.`;
  return { ...problem('TOO_MANY_REQUESTS', message), retryAfterSeconds };
}
