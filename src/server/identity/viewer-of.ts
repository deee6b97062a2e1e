import { currentTimeParameter } from '../../model/runtime-parameters.ts';
import type { Viewer } from '../../operations/actor.ts';
import type { Authenticated } from './authenticate.ts';

/** Whoever sent a token, as the one who asks. */
export function viewerOf(authenticated: Authenticated, requestId: string | undefined): Viewer {
  const { subject, context: claims, delegate, tokenClass } = authenticated;
  // The clock is the database's: a claim of that name must not keep an expired grant alive.
  const context = new Map([...claims].filter(([name]) => name !== currentTimeParameter));
  return { kind: 'subject', subject, context, vouchesFor: tokenClass.vouchesFor, requestId, delegate };
}
