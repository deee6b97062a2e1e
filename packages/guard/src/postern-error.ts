import { GraphQLError } from 'graphql';
import type { Decision } from './decision.ts';

export type PosternErrorCode = 'FORBIDDEN' | 'UNAUTHENTICATED' | 'AUTHORIZATION_UNAVAILABLE' | 'BAD_USER_INPUT';

/** What was asked: clients are told the permission and the type, never the id of the object. */
export interface PosternErrorSubject {
  readonly permission: string;
  readonly type: string;
}

/** Also known by another copy of this package, for which `instanceof` would say no. */
const mark = Symbol.for('@postern/guard/error');

/** Why a guarded field did not answer. */
export class PosternError extends GraphQLError {
  readonly [mark] = true;
  readonly code: PosternErrorCode;
  /** For logs of the subgraph: no client gets it. */
  readonly reason: string | undefined;

  constructor(code: PosternErrorCode, message: string, asked: PosternErrorSubject, reason?: string) {
    super(message, { extensions: { code, permission: asked.permission, type: asked.type } });
    this.code = code;
    this.reason = reason;
    // Nobody who prints all properties of an error shows a client the reason.
    Object.defineProperty(this, 'reason', { enumerable: false });
  }
}

/** Whether an error comes from a guard; also when an executor has put the place in the query around it. */
export function isPosternError(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  return Reflect.get(error, mark) === true || isPosternError(Reflect.get(error, 'originalError'));
}

/** The error of a decision that does not allow. */
export function decisionError(
  decision: Exclude<Decision, { kind: 'allowed' }>,
  asked: PosternErrorSubject,
): PosternError {
  const permission = `the permission "${asked.permission}" on this ${asked.type}`;
  switch (decision.kind) {
    case 'denied':
      return new PosternError('FORBIDDEN', `This needs ${permission}.`, asked);
    case 'unauthenticated':
      return new PosternError('UNAUTHENTICATED', `This needs ${permission}, and nobody is signed in.`, asked);
    case 'undecided': {
      const message = `This needs ${permission}, and it cannot be decided now who has it.`;
      return new PosternError('AUTHORIZATION_UNAVAILABLE', message, asked, decision.reason);
    }
  }
}

export function tooManyInputs(limit: number, asked: PosternErrorSubject): PosternError {
  const message = `One operation can give at most ${limit} values to what has guards in it; give less at once.`;
  return new PosternError('BAD_USER_INPUT', message, asked);
}

export function tooManyObjects(limit: number, asked: PosternErrorSubject): PosternError {
  return new PosternError('BAD_USER_INPUT', `At most ${limit} of type "${asked.type}" can be named at once.`, asked);
}
