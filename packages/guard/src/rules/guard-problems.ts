import type { TypeNames } from '../model-type-of.ts';
import { checkDenial } from './check-denial.ts';
import { checkInput } from './check-input.ts';
import { checkLink } from './check-link.ts';
import { checkObject } from './check-object.ts';
import { checkOwnKeys } from './check-own-keys.ts';
import { checkPlacement } from './check-placement.ts';
import { checkPointer } from './check-pointer.ts';
import { type GuardProblem, problem } from './guard-problem.ts';
import type { Subgraph } from './subgraph.ts';
import { readGuards } from './written-guard.ts';

/**
 * All that is wrong with the guards of a subgraph, as far as it can be seen in the subgraph alone: what `guardSchema` does not start
 * with, and what `postern lint` says of it before, are the same.
 */
export function guardProblems(subgraph: Subgraph, typeNames: TypeNames): readonly GuardProblem[] {
  return [...checkLink(subgraph), ...ownProblems(subgraph, typeNames)];
}

/** Without what concerns composition only. */
export function ownProblems(subgraph: Subgraph, typeNames: TypeNames): readonly GuardProblem[] {
  const read = readGuards(subgraph, typeNames);
  return [
    ...read.malformed.map(({ node, problem: text, coordinate }) =>
      problem('malformed-directive', node, `${text.replace(/\.$/, '')} (on "${coordinate}").`),
    ),
    ...checkPlacement(subgraph, read),
    ...read.guards.flatMap((guard) => [
      ...checkObject(guard),
      ...checkPointer(guard),
      ...checkDenial(guard),
      ...checkOwnKeys(guard),
    ]),
    ...read.inputs.flatMap((guard) => [...checkObject(guard), ...checkPointer(guard), ...checkInput(guard)]),
  ];
}
