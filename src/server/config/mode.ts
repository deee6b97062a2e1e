import { didYouMean, nearestName } from '../../base/did-you-mean.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';

/** Production refuses everything that is only convenient; development runs on one machine without set-up. */
export type Mode = 'production' | 'development';

/**
 * Reads `NODE_ENV`: `production`, or `development` (as `test` is). Anything else is a problem, because a server that silently
 * started in development would accept development tokens.
 */
export function readMode(value: string | undefined): Result<Mode, readonly string[]> {
  if (value === 'production') return ok('production');
  if (value === undefined || value === 'development' || value === 'test') return ok('development');
  const mode = nearestMode(value);
  const near = didYouMean(mode === 'production' ? mode : value, [mode]);
  return failed([`NODE_ENV ${quote(value)} is neither production nor development.${near}`]);
}

/** What a word that is no mode was meant to be. */
export function nearestMode(value: string): Mode {
  const isProduction = /^\s*prod/i.test(value) || nearestName(value, ['production']) !== undefined;
  return isProduction ? 'production' : 'development';
}
