import { failed, type Result } from '../base/result.ts';
import { type Turns, turns } from '../base/turns.ts';
import { type Problem, problem } from '../model/problem.ts';

/** Somebody who answers for the work of questions, as it is done: may throw `TooComplex` to end it. */
export interface Payer {
  charge(steps: number): void;
}

/** Thrown where a question takes more steps than it may; it has no answer then, and that is not a denial. */
export class TooComplex extends Error {
  readonly problem: Problem;

  constructor(message: string) {
    super(message);
    this.problem = problem('RESOLUTION_TOO_COMPLEX', message);
  }
}

/** Ends in the problem, instead of by throwing, where something takes too many steps. */
export async function orTooComplex<Value>(run: () => Promise<Result<Value, Problem>>): Promise<Result<Value, Problem>> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof TooComplex) return failed(error.problem);
    throw error;
  }
}

/**
 * Steps that one question may take: relationships, sub-questions and operands that are looked at. A page of 1,000 checks on the
 * creators' data takes some ten thousand.
 */
export const maxSteps = 5_000_000;

/**
 * Counts the steps of a question, whose number depends on nothing but the question and the state that it is asked of, and gives
 * others their turn between them.
 */
export class Meter {
  readonly #limit: number;
  readonly #payer: Payer | undefined;
  readonly #turns: Turns;
  #used = 0;

  constructor(limit = maxSteps, payer?: Payer, ofThread = turns) {
    this.#limit = limit;
    this.#payer = payer;
    this.#turns = ofThread;
  }

  get used(): number {
    return this.#used;
  }

  /** Throws `TooComplex` when there are not as many left. */
  charge(steps: number): void {
    this.#used += steps;
    this.#payer?.charge(steps);
    if (this.#used > this.#limit) throw new TooComplex(`The question takes more than ${this.#limit} steps.`);
  }

  /** Something to wait for when this question has had its turn; to be asked for between any two parts of long work. */
  pause(): Promise<void> | undefined {
    return this.#used < stepsOfSmall ? undefined : this.#turns.pause();
  }
}

/** A question that takes less has its answer sooner than its next turn. */
const stepsOfSmall = 500;
/** Things of a long list that are looked at between two pauses: some tens of microseconds. */
export const pauseEvery = 64;
/** So many edges of one object are looked at with pauses. */
export const manyEdges = 256;
