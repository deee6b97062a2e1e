import type { TypeNames } from '#guard/directive';
import { type GuardProblem, guardProblems } from '#guard/rules';
import { didYouMean } from '../../../base/did-you-mean.ts';
import { type Finding, finding, locationOf } from '../finding.ts';
import type { Subgraph } from '../subgraph.ts';

/** What is wrong with the guards of a subgraph by itself: exactly what it would not start with. */
export function checkGuards(subgraph: Subgraph, typeNames: TypeNames): readonly Finding[] {
  return guardProblems(subgraph, typeNames).map((problem) =>
    finding(problem.code, locationOf(subgraph.file, problem.node), problem.message + hintOf(problem)),
  );
}

function hintOf({ unknown }: GuardProblem): string {
  if (unknown === undefined) return '';
  const known = unknown.known.map((name) => `"${name}"`).join(', ');
  return didYouMean(unknown.name, unknown.known) || ` There is ${known === '' ? 'nothing to point to' : known}.`;
}
