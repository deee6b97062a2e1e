import { destination, type Logger, pino } from 'pino';
import type { LogLevel } from './config.ts';
import { errorForLog } from './error-for-log.ts';
import { describeRequest } from './request-mark.ts';

/** The log: JSON, one line each, which names the request that it is about, and no token. */
export function createLog(level: LogLevel, output: 'stdout' | 'stderr' = 'stdout'): Logger {
  const serializers = { err: errorForLog };
  const options = { level, redact: ['req.headers.authorization'], mixin: describeRequest, serializers };
  // Written at once: the last line of a process that ends is the one that is looked for.
  return pino(options, destination({ fd: output === 'stdout' ? 1 : 2, sync: true }));
}
