import type { QueryClient } from '@tanstack/react-query';
import { forgetEverything } from './kept-here.ts';
import { sessionQuery } from './session.ts';

/** Somebody has signed out, here or in another window: what they were shown, and what they wrote, is gone before anything else is asked. */
export async function leaveSession(queries: QueryClient): Promise<void> {
  // Pages end with it, so that none writes again what is forgotten.
  const nobody = { subject: null, endsAt: null, isRenewable: false, endsInMs: undefined };
  queries.setQueryData(sessionQuery.queryKey, (session) => session && { ...session, ...nobody });
  forgetEverything();
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
  queries.getMutationCache().clear();
  await queries.invalidateQueries(sessionQuery);
}
