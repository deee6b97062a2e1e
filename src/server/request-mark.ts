import { AsyncLocalStorage } from 'node:async_hooks';
import { formatSubjectRef, type SubjectRef } from '../model/subject-ref.ts';
import { type Delegate, formatDelegate } from '../operations/actor.ts';

/** The request that work is done for. What is learnt of it later is added, so that it is known wherever the work goes. */
export interface RequestMark {
  readonly requestId: string;
  subject: SubjectRef | undefined;
  /** Who acts for the subject. */
  delegate?: Delegate | undefined;
  /** Of a GraphQL request: its kind and the fields it begins with, which are names of the schema. Of AuthZEN what is asked, as `evaluation`. */
  operation: string | undefined;
  /** The first of those fields, or the same. */
  field: string | undefined;
  /** The codes of the errors of its answer. */
  codes: readonly unknown[];
  /** Undefined where it is not traced. */
  trace: RequestTrace | undefined;
}

/** The trace that a request is part of, and its own span in it. */
export interface RequestTrace {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | undefined;
}

const current = new AsyncLocalStorage<RequestMark>();

/** Whatever `work` begins belongs to this request. */
export function workFor(mark: RequestMark, work: () => void): void {
  current.run(mark, work);
}

export function currentRequest(): RequestMark | undefined {
  return current.getStore();
}

/**
 * What each line of the log says of the request that it was written for. Requests that share work, such as a statement or a
 * commit, are named by the one that began it.
 */
export function describeRequest(): object {
  const mark = current.getStore();
  if (mark === undefined) return {};
  const { requestId, subject, delegate, operation, trace } = mark;
  return {
    requestId,
    ...(subject && { caller: formatSubjectRef(subject) }),
    ...(delegate && { delegate: formatDelegate(delegate) }),
    ...(operation && { operation }),
    ...(trace && { traceId: trace.traceId }),
  };
}
