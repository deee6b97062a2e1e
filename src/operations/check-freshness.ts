import { failed, ok, type Result } from '../base/result.ts';
import { type Consistency, findMissing } from '../model/consistency.ts';
import type { Position } from '../model/consistency-token.ts';
import { type Problem, problem } from '../model/problem.ts';
import type { HashReader, HistoryLine } from '../store/history-line.ts';
import { invalid, type Refusal } from './refusal.ts';

/** What is known of the history, and who knows the rest. */
export interface HistoryOf {
  readonly line: HistoryLine;
  readonly log: HashReader;
}

/**
 * Why a state may not answer: one that misses the write of a token says neither what is so nor who may ask. That its revision is as
 * high is not enough: after a fail-over that lost writes, others have their numbers.
 */
export async function findStaleness(
  state: Position,
  consistency: Consistency | undefined,
  { line, log }: HistoryOf,
): Promise<Problem | undefined> {
  if (consistency === undefined) return undefined;
  const { atLeastAsFresh: tokens } = consistency;
  if (tokens.some(({ identity }) => identity !== state.identity))
    return problem('BAD_USER_INPUT', 'The consistency token belongs to another database.');
  const kinship = await line.judge(
    state.mark,
    tokens.flatMap(({ mark }) => mark ?? []),
    log,
  );
  if (kinship === 'other') return historyDiverged;
  return kinship === 'unknown' || findMissing(state, consistency) !== undefined ? notThere : undefined;
}

/** The same, for questions that are refused. */
export async function checkFreshness(
  state: Position,
  consistency: Consistency | undefined,
  history: HistoryOf,
): Promise<Result<undefined, Refusal>> {
  const stale = await findStaleness(state, consistency, history);
  if (stale === undefined) return ok(undefined);
  if (stale.code !== 'BAD_USER_INPUT') return failed({ kind: 'undecided', problem: stale });
  return failed(invalid('INVALID_INPUT', stale.message, ['consistency', 'atLeastAsFresh']));
}

const notThere = problem(
  'AUTHORIZATION_UNAVAILABLE',
  'The database has not caught up with the consistency token yet; try again.',
);

const historyDiverged = problem(
  'HISTORY_DIVERGED',
  'The consistency token is of a history that the database has lost, in a fail-over or a restore: what it stands for may be undone. Next: drop the token, look at what was written, and write again what is missing.',
);
