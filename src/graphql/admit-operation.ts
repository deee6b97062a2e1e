import type { GraphQLError } from 'graphql';
import { type Limit, limits } from '../model/limits.ts';
import type { ServedCaller } from '../operations/callers.ts';
import type { Pass, WorkKind } from '../operations/gate.ts';
import { badInput, serverOverloaded, tooManyRequests } from './errors.ts';
import { costOf, type OperationCost, type SentOperation } from './operation-cost.ts';

/** Who is asked for room, and who pays, where there are such. */
export interface Admitting {
  readonly caller: ServedCaller | undefined;
  readonly pass: Pass | undefined;
}

/** Charges an operation to its caller before anything is done for it; or says why nothing will be. */
export function admitOperation(sent: SentOperation, { caller, pass }: Admitting): GraphQLError | undefined {
  const cost = costOf(sent);
  const tooMuch = findTooMuch(cost);
  if (tooMuch !== undefined) return badInput(tooMuch);
  if (pass?.moveTo(...roomFor(cost)) === false) return serverOverloaded();
  const waitSeconds = caller?.take(cost.points) ?? 0;
  return waitSeconds === 0 ? undefined : tooManyRequests(waitSeconds);
}

/** What is asked and written together takes the room of what takes longest. */
function roomFor({ dryRuns, mutations, longQuestions, points }: OperationCost): [kind: WorkKind, weight: number] {
  // Each looks at relationships for seconds, whatever it costs.
  if (dryRuns > 0) return ['previews', 1];
  const weight = 1 + points / pointsPerWeight;
  if (mutations > 0) return ['writes', weight];
  return [longQuestions > 0 ? 'questions' : 'checks', weight];
}

/** A hundred checks take about a millisecond, with what is around them. */
const pointsPerWeight = 100;

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
