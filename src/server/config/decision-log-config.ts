import { failed, ok, type Result } from '../../base/result.ts';
import { combineResults } from './combine-results.ts';
import { type Environment, readChoice, readWholeNumber, readWord, variable } from './environment.ts';

/** Which decisions are logged, where to, and as whose. */
export interface DecisionLogConfig {
  readonly mode: (typeof modes)[number];
  /** A file that lines are added to; `stdout` for where the server's own log goes. */
  readonly to: string;
  /** Of `sampled`: one request in so many. */
  readonly oneIn: number;
  readonly callers: (typeof callerForms)[number];
  /** Masks callers; the same key, the same mask. Undefined for one that is made at each start. */
  readonly key: string | undefined;
}

const modes = ['off', 'sampled', 'all'] as const;
const callerForms = ['masked', 'plain', 'none'] as const;

export function readDecisionLog(environment: Environment): Result<DecisionLogConfig, readonly string[]> {
  return combineResults<DecisionLogConfig>({
    mode: readChoice(environment, 'POSTERN_DECISION_LOG', modes, 'off'),
    to: readWord(environment, 'POSTERN_DECISION_LOG_FILE', 'stdout'),
    oneIn: readWholeNumber(environment, 'POSTERN_DECISION_LOG_ONE_IN', { otherwise: 100, least: 1, most: 1_000_000 }),
    callers: readChoice(environment, 'POSTERN_DECISION_LOG_CALLERS', callerForms, 'masked'),
    key: readKey(variable(environment, 'POSTERN_DECISION_LOG_KEY')),
  });
}

/** With fewer characters, who is behind a mask could be found by trying keys. */
const fewestCharacters = 32;

function readKey(key: string | undefined): Result<string | undefined, readonly string[]> {
  if (key === undefined || key.length >= fewestCharacters) return ok(key);
  return failed([`POSTERN_DECISION_LOG_KEY has ${key.length} characters; it needs ${fewestCharacters} at least.`]);
}
