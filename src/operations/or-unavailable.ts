import { failed, type Result } from '../base/result.ts';
import { TooComplex } from '../engine/meter.ts';
import { type Problem, problem } from '../model/problem.ts';
import type { Postern } from './postern.ts';
import type { Refusal } from './refusal.ts';

/** What is said when the database, or anything else on the way to an answer, did not answer. */
export const unavailableProblem: Problem = problem(
  'AUTHORIZATION_UNAVAILABLE',
  'Permissions cannot be decided at the moment; try again.',
);

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
  { report }: Postern,
  message: string,
  refusal: Problem,
  run: () => Promise<Result<Value, Refusal>>,
): Promise<Result<Value, Refusal>> {
  try {
    return await run();
  } catch (error) {
    // Nobody's failure: the caller is told, and a write that ends so has left nothing.
    if (error instanceof TooComplex) return failed({ kind: 'undecided', problem: error.problem });
    report(message, error);
    return failed({ kind: 'undecided', problem: refusal });
  }
}
