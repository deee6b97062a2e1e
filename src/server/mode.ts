import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';

/** Production refuses everything that is only convenient; development runs on one machine without set-up. */
export type Mode = 'production' | 'development';

/**
 * Reads `NODE_ENV`: `production`, or anything else for development. A misspelt "production" is a problem,
 * because a server that silently started in development would accept development tokens.
 */
export function readMode(value: string | undefined): Result<Mode, readonly string[]> {
  if (value === 'production') return ok('production');
  if (value === undefined || !/^\s*prod/i.test(value)) return ok('development');
  return failed([`NODE_ENV ${quote(value)} is neither production nor development. Did you mean "production"?`]);
}
