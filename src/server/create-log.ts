import { destination, type LogFn, type Logger, pino } from 'pino';
import type { LogLevel } from './config.ts';
import { errorForLog } from './error-for-log.ts';
import { RepeatedLines } from './repeated-lines.ts';
import { describeRequest } from './request-mark.ts';

/**
 * The log: JSON, one line each, which names the request that it is about, and no token. Of warnings and errors that say the same the
 * first few are written, and the rest are counted; for debugging, all are.
 */
export function createLog(level: LogLevel, output: 'stdout' | 'stderr' = 'stdout'): Logger {
  const isForDebugging = level === 'debug' || level === 'trace';
  const repeated = new RepeatedLines(({ message, detail }, left) => {
    log.warn({ ...(detail !== '' && { detail }), left }, `${message} (as often as "left" says, within 10 s)`);
  });
  const logMethod = function (this: Logger, line: Parameters<LogFn>, method: LogFn, lineLevel: number) {
    const text = lineLevel < warning || isForDebugging ? undefined : textOf(line);
    if (text === undefined || repeated.isNews(text)) method.apply(this, line);
  };
  const log: Logger = pino(
    {
      ...{ level, redact: ['req.headers.authorization'], mixin: describeRequest },
      ...{ serializers: { err: errorForLog }, hooks: { logMethod } },
    },
    // Written at once: the last line of a process that ends is the one that is looked for.
    destination({ fd: output === 'stdout' ? 1 : 2, sync: true }),
  );
  return log;
}

const warning = 40;

/** Undefined for a line that is a number of others itself. */
function textOf([first, second]: readonly unknown[]) {
  if (typeof first === 'string') return { message: first, detail: '' };
  if (typeof first !== 'object' || first === null || 'left' in first) return undefined;
  const detail = 'err' in first && first.err instanceof Error ? first.err.message : '';
  return { message: typeof second === 'string' ? second : '', detail };
}
