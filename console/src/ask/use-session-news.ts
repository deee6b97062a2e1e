import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { leaveSession } from './leave-session.ts';
import { sessionQuery } from './session.ts';
import { hearOthers } from './session-channel.ts';

/** Whoever signs out in one window is signed out in all, and whoever signs in is: what they show, and what they follow, ends there as well. */
export function useSessionNews(): void {
  const queries = useQueryClient();
  useEffect(
    () =>
      hearOthers((news) => {
        if (news.kind === 'signed-out') void leaveSession(queries);
        else if (queries.getQueryData(sessionQuery.queryKey)?.subject !== news.subject)
          void queries.invalidateQueries(sessionQuery);
      }),
    [queries],
  );
}
