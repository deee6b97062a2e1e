import type { PermissionCheck } from './decision.ts';
import { PosternError } from './postern-error.ts';

/** The most different checks of one execution: a page of 100 with 100 guarded items each. */
const maxChecks = 10_000;

/** The most calls to Postern of one execution: each level of a query needs one, each field of a mutation one or two. */
const maxCalls = 100;

/** What one operation may ask, however many aliases and lists it is made of; what is beyond is refused, and said to be so. */
export class ExecutionBudget {
  #checks = maxChecks;
  #calls = maxCalls;

  /** Undefined while there is room for one more; otherwise what the client is told. */
  spendCheck(check: PermissionCheck): PosternError | undefined {
    this.#checks -= 1;
    return this.#checks < 0 ? tooMuch(check, `${maxChecks} checks`) : undefined;
  }

  /** Undefined while there is room for one more; otherwise what the client is told. */
  spendCall(check: PermissionCheck): PosternError | undefined {
    this.#calls -= 1;
    return this.#calls < 0 ? tooMuch(check, `${maxCalls} questions`) : undefined;
  }
}

function tooMuch({ permission, object }: PermissionCheck, limit: string): PosternError {
  const type = object.slice(0, object.indexOf(':'));
  const message = `One operation can need at most ${limit} about permissions; ask for less at once.`;
  return new PosternError('BAD_USER_INPUT', message, { permission, type });
}
