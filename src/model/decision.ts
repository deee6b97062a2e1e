import type { Problem } from './problem.ts';

/** The answer to a check. Undecided is neither yes nor no: it never allows, and it says why. */
export type Decision =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'denied' }
  | { readonly kind: 'undecided'; readonly problem: Problem };

export const allowed: Decision = { kind: 'allowed' };
export const denied: Decision = { kind: 'denied' };

export function undecided(problem: Problem): Decision {
  return { kind: 'undecided', problem };
}

/** What follows where each of them has to allow: a denial decides, and otherwise the first of which nothing is known. */
export function allOf(decisions: readonly [Decision, ...Decision[]]): Decision {
  const denial = decisions.find(({ kind }) => kind === 'denied');
  return denial ?? decisions.find(({ kind }) => kind === 'undecided') ?? allowed;
}
