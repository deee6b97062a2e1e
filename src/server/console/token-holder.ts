import { formatSubjectRef } from '../../model/subject-ref.ts';
import type { Authenticator } from '../identity/authenticate.ts';
import { tokenClassKey } from '../identity/token-class.ts';
import type { SignInConfig } from './console-config.ts';

/** Whose token it is that a provider gave out: of the class that was promised at the start, and of no other one that is accepted elsewhere. */
export async function holderOf(
  authenticator: Authenticator,
  config: SignInConfig,
  token: string,
): Promise<{ readonly subject: string } | 'unavailable' | 'not-accepted'> {
  const who = await authenticator.authenticate(`Bearer ${token}`);
  if (who.kind === 'unavailable') return 'unavailable';
  if (who.kind !== 'authenticated' || tokenClassKey(who.tokenClass) !== tokenClassKey(config)) return 'not-accepted';
  // Who sits before a browser is no agent.
  if (who.delegate?.kind === 'agent') return 'not-accepted';
  return { subject: formatSubjectRef(who.subject) };
}
