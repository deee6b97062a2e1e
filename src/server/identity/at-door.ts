import { quote } from '../../base/text-problem.ts';
import type { Authentication, Authenticator } from './authenticate.ts';
import type { Door } from './door.ts';

/** The same authenticator at one door: a token of a class that is not for it is not good there, whatever it is good for elsewhere. */
export function atDoor(authenticator: Authenticator, door: Door): Authenticator {
  const admit = (found: Authentication): Authentication => {
    if (found.kind !== 'authenticated' || found.tokenClass.doors.has(door)) return found;
    return {
      kind: 'rejected',
      reason: `Tokens of the audience ${quote(found.tokenClass.audience)} are not for this door.`,
    };
  };
  return {
    authenticate: (header) => {
      const found = authenticator.authenticate(header);
      // Whom it knows already, it knows at once.
      return found instanceof Promise ? found.then(admit) : admit(found);
    },
    canVerify: () => authenticator.canVerify(),
  };
}
