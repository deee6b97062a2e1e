import type { OpenedPair } from '../operations/findings/opened-pairs.ts';
import type { Simulation } from '../operations/findings/simulate-change.ts';
import { userErrorsOf } from './errors.ts';

/** What the fields of `AccessSimulation` are. */
export function accessSimulationOf({ toxicPairs, problems, token, ...rest }: Simulation) {
  return {
    ...rest,
    toxicPairs: { ...toxicPairs, examples: toxicPairs.examples.map(toxicPairOf) },
    problems: userErrorsOf({ kind: 'invalid', errors: problems }),
    isComplete: rest.notExamined.length === 0,
    consistencyToken: token,
  };
}

function toxicPairOf({ subject, pair, first, second }: OpenedPair) {
  return {
    subject,
    firstPermission: pair.first.permission,
    firstObject: first,
    secondPermission: pair.second.permission,
    secondObject: second,
  };
}
