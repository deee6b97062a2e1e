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

/**
 * Waits for the turn of an operation among others of its kind, and charges it to its caller before anything is done for it; or says why
 * nothing will be.
 */
export async function admitOperation(
  sent: SentOperation,
  { caller, pass }: Admitting,
): Promise<GraphQLError | undefined> {
  const cost = costOf(sent);
  const tooMuch = findTooMuch(cost);
  if (tooMuch !== undefined) return badInput(tooMuch);
  if (pass !== undefined && !(await pass.moveTo(...roomFor(cost)))) return serverOverloaded();
  return charge(cost, caller);
}

/** The same for what takes no room. */
export function chargeOperation(sent: SentOperation, caller: ServedCaller | undefined): GraphQLError | undefined {
  const cost = costOf(sent);
  const tooMuch = findTooMuch(cost);
  return tooMuch === undefined ? charge(cost, caller) : badInput(tooMuch);
}

function charge({ points }: OperationCost, caller: ServedCaller | undefined): GraphQLError | undefined {
  const waitSeconds = caller?.take(points) ?? 0;
  return waitSeconds === 0 ? undefined : tooManyRequests(waitSeconds);
}

/** What is asked and written together takes the room of what takes longest. */
function roomFor(cost: OperationCost): [kind: WorkKind, weight: number] {
  // Each looks at relationships for seconds, whatever it costs.
  if (cost.dryRuns > 0) return ['previews', 1];
  const weight = 1 + cost.points / pointsPerWeight;
  if (cost.mutations > 0) return ['writes', weight];
  if (cost.longQuestions > 0) return ['questions', weight];
  return [cost.enforced > 0 && cost.enforced === cost.checks ? 'enforcement' : 'display', weight];
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
