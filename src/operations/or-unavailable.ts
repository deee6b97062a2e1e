import { failed, type Result } from '../base/result.ts';
import { type Problem, problem } from '../model/problem.ts';
import type { Postern } from './postern.ts';
import { problemOfFailure, unavailableProblem } from './problem-of-failure.ts';
import type { Refusal } from './refusal.ts';

const unknownOutcome: Problem = problem(
  'AUTHORIZATION_UNAVAILABLE',
  'The write was not confirmed; repeat it with the same idempotency key to learn whether it happened.',
);

/** Runs a read; whatever it throws is reported, and becomes a refusal that is neither an answer nor a denial. */
export async function orUnavailable<Value>(
  postern: Postern,
  what: string,
  run: () => Promise<Result<Value, Refusal>>,
): Promise<Result<Value, Refusal>> {
  return orRefused(postern, `${what} failed.`, unavailableProblem, run);
}

/** Runs a write; after a failure it may have happened or not, and the caller is told that it is not known. */
export async function orUnconfirmed<Value>(
  postern: Postern,
  run: () => Promise<Result<Value, Refusal>>,
): Promise<Result<Value, Refusal>> {
  return orRefused(postern, 'A write was not confirmed.', unknownOutcome, run);
}

async function orRefused<Value>(
  postern: Postern,
  message: string,
  otherwise: Problem,
  run: () => Promise<Result<Value, Refusal>>,
): Promise<Result<Value, Refusal>> {
  try {
    return await run();
  } catch (error) {
    return failed({ kind: 'undecided', problem: problemOfFailure(postern, message, error, otherwise) });
  }
}
