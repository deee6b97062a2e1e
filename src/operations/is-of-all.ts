import type { Problem, ProblemCode } from '../model/problem.ts';

/** One snapshot has one fate: what is wrong with it, or with whoever asks, is wrong with all that is asked of it. */
export function isOfAll({ code }: Problem): boolean {
  return codesOfAll.has(code);
}

const codesOfAll: ReadonlySet<ProblemCode> = new Set([
  'AUTHORIZATION_UNAVAILABLE',
  'BAD_USER_INPUT',
  'HISTORY_DIVERGED',
  'OVERLOADED',
  'TOO_MANY_REQUESTS',
]);
