import type { GraphQLError } from 'graphql';
import { limits } from '../model/limits.ts';
import type { ServedCaller } from '../operations/callers.ts';
import { badInput, tooManyRequests } from './errors.ts';
import { costOf, type OperationCost, type SentOperation } from './operation-cost.ts';

/** Charges an operation to its caller before anything is done for it; or says why nothing will be. */
export function admitOperation(sent: SentOperation, caller: ServedCaller | undefined): GraphQLError | undefined {
  const cost = costOf(sent);
  const tooMuch = findTooMuch(cost);
  if (tooMuch !== undefined) return badInput(tooMuch);
  const waitSeconds = caller?.take(cost.points) ?? 0;
  return waitSeconds === 0 ? undefined : tooManyRequests(waitSeconds);
}

function findTooMuch(cost: OperationCost): string | undefined {
  const counted = [
    [cost.selections, limits.selections],
    [cost.mutations, limits.mutations],
    [cost.dryRuns, limits.dryRuns],
    [cost.representations, limits.representations],
    [cost.checks, limits.checks],
    [cost.questions, limits.questions],
    [cost.fields, limits.answerFields],
    [Math.ceil(cost.points), limits.requestPoints],
  ] as const;
  for (const [count, { most, of }] of counted) {
    if (count > most) return `There are at most ${most} ${of}: send several requests.`;
  }
  return undefined;
}
