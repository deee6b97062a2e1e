import type { Authentication } from '../identity/authenticate.ts';
import type { ToldError } from './answer-error.ts';

/** What is told to whoever is not known where somebody must be. */
export function unknownCaller(authentication: Exclude<Authentication, { readonly kind: 'authenticated' }>): ToldError {
  switch (authentication.kind) {
    case 'anonymous':
      return told('UNAUTHENTICATED', 'This needs a valid token.');
    case 'rejected':
      return told('UNAUTHENTICATED', authentication.reason);
    case 'unavailable':
      return told('AUTHORIZATION_UNAVAILABLE', 'The token cannot be verified at the moment; try again.');
  }
}

function told(code: string, message: string): ToldError {
  return { message, extensions: { code } };
}
