import type { PermissionCheck } from './decision.ts';
import { PosternError, type PosternErrorSubject } from './postern-error.ts';

/** The most different checks of one execution: a page of 100 with 100 guarded items each. */
const maxChecks = 10_000;

/** The most objects that fields of one execution name, each time that they do: known ones cost no question, and yet time of the process. */
const maxObjects = 100_000;

/** The most calls to Postern of one execution: each level of a query needs one, each field of a mutation one or two. */
const maxCalls = 100;

/** The most calls of one execution at once; the others wait, so that one operation never takes what all have. */
const maxCallsAtOnce = 2;

/** What one operation may ask, however many aliases and lists it is made of; what is beyond is refused, and said to be so. */
export class ExecutionBudget {
  #checks = maxChecks;
  #objects = maxObjects;
  #calls = maxCalls;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** Undefined while there is room for what one guard names in one call of a field; otherwise what the client is told. */
  spendObjects(asked: PosternErrorSubject, count: number): PosternError | undefined {
    this.#objects -= count;
    // What is beyond is refused field by field, not object by object.
    if (this.#checks < 0) return tooMuchOf(asked, `${maxChecks} checks`);
    return this.#objects < 0 ? tooMuchOf(asked, `${maxObjects} answers`) : undefined;
  }

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

  /** Makes a call when it is its turn, in the order in which they were asked for. */
  async call<Value>(make: () => Promise<Value>): Promise<Value> {
    if (this.#running < maxCallsAtOnce) this.#running += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await make();
    } finally {
      // Whoever is next takes the place over.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}

function tooMuch({ permission, object }: PermissionCheck, limit: string): PosternError {
  return tooMuchOf({ permission, type: object.slice(0, object.indexOf(':')) }, limit);
}

function tooMuchOf({ permission, type }: PosternErrorSubject, limit: string): PosternError {
  const message = `One operation can need at most ${limit} about permissions; ask for less at once.`;
  return new PosternError('BAD_USER_INPUT', message, { permission, type });
}
