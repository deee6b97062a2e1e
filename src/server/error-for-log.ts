import { fileURLToPath } from 'node:url';

/** An error as the log has it. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string | number;
  /** The place in this program at which it arose: a file and a line. */
  readonly at?: string;
  readonly cause?: LoggedError;
  readonly errors?: readonly LoggedError[];
}

/**
 * What an error says, and where in our own code it arose: no stack, and nothing of what drivers hang on it, which may be statements
 * and their values. Many errors a second are short lines.
 */
export function errorForLog(error: unknown): LoggedError {
  return describe(error, 0);
}

function describe(error: unknown, depth: number): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: typeof error === 'string' ? error : '' };
  const { name, message } = error;
  const code: unknown = Reflect.get(error, 'code');
  const at = ownPlace(error.stack ?? '');
  const isDeep = depth === mostCauses;
  return {
    type: name,
    message,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(at !== undefined && { at }),
    ...(error.cause !== undefined && !isDeep && { cause: describe(error.cause, depth + 1) }),
    ...(error instanceof AggregateError &&
      !isDeep && { errors: error.errors.slice(0, mostErrors).map((one) => describe(one, depth + 1)) }),
  };
}

const mostCauses = 4;
const mostErrors = 4;
const program = fileURLToPath(new URL('../../', import.meta.url));

function ownPlace(stack: string): string | undefined {
  for (const line of stack.split('\n')) {
    const [, path, number] = /^ {4}at .*?(?:file:\/\/)?(\/[^:()]+):(\d+):\d+\)?$/.exec(line) ?? [];
    const own = path?.startsWith(program) === true ? path.slice(program.length) : undefined;
    if (own !== undefined && !own.startsWith('node_modules')) return `${own}:${number}`;
  }
  return undefined;
}
