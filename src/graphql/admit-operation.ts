import type { GraphQLError } from 'graphql';
import { type Limit, limits } from '../model/limits.ts';
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
  for (const [counted, { most, of }] of bounds) {
    if (Math.ceil(cost[counted]) > most) return `There are at most ${most} ${of}: send several requests.`;
  }
  return undefined;
}

const bounds = [
  ['selections', limits.selections],
  ['mutations', limits.mutations],
  ['dryRuns', limits.dryRuns],
  ['representations', limits.representations],
  ['checks', limits.checks],
  ['questions', limits.questions],
  ['fields', limits.answerFields],
  ['points', limits.requestPoints],
] as const satisfies readonly (readonly [keyof OperationCost, Limit])[];
