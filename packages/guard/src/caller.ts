import { isPromiseLike } from './pointer.ts';

/** Who asks. */
export type Caller =
  | { readonly kind: 'token'; readonly authorization: string }
  | { readonly kind: 'anonymous' }
  /** What should say who asks, fails; so nobody knows whether somebody is signed in. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** Knows where the context of a request has the caller's `authorization` header. */
export interface AuthorizationReader {
  authorization(context: unknown): string | null | undefined;
}

export function callerOf(reader: AuthorizationReader, context: unknown): Caller {
  const value = tryRead(reader, context);
  if (value instanceof Failed) return { kind: 'unknown', reason: 'The option "authorization" of guardSchema threw.' };
  if (value === undefined || value === null) return { kind: 'anonymous' };
  if (typeof value === 'string') {
    return value.trim() === '' ? { kind: 'anonymous' } : { kind: 'token', authorization: value };
  }
  // It must be known without waiting; a promise that fails later would otherwise end the process.
  if (isPromiseLike(value)) value.then(undefined, () => undefined);
  return { kind: 'unknown', reason: 'The option "authorization" of guardSchema returned something that is no string.' };
}

class Failed {}

function tryRead(reader: AuthorizationReader, context: unknown): unknown {
  try {
    return reader.authorization(context);
  } catch {
    return new Failed();
  }
}
