import { currentTimeParameter } from '../engine/check.ts';
import type { Viewer } from '../operations/actor.ts';
import type { Authenticated } from './authenticate.ts';

/** Whoever sent a token, as the one who asks. */
export function viewerOf({ subject, context: claims, delegate }: Authenticated, requestId: string | undefined): Viewer {
  // The clock is the database's: a claim of that name must not keep an expired grant alive.
  const context = new Map([...claims].filter(([name]) => name !== currentTimeParameter));
  return { kind: 'subject', subject, context, requestId, delegate };
}
