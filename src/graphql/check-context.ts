import { contextProblem } from '../model/context-problem.ts';
import { badInput } from './errors.ts';

/** Throws for a context that is too large, or that means more than itself: see `contextProblem`. */
export function checkContext(context: unknown): void {
  const problem = contextProblem(context);
  if (problem !== undefined) throw badInput(problem);
}
