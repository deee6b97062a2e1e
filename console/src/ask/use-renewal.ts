import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { takeRenewalTurn } from './renewal-turn.ts';
import { renewSession, sessionQuery } from './session.ts';

/** So long before its end a session is renewed. */
const leadMs = 60_000;

/** Whoever works goes on: their session is renewed before it ends. Of a page that nobody touches the session ends. */
export function useRenewal(): void {
  const queries = useQueryClient();
  const { data, dataUpdatedAt } = useQuery(sessionQuery);
  const isTouched = useRef(false);
  const { isRenewable = false, endsInMs = 0 } = data ?? {};
  useEffect(() => {
    if (!isRenewable) return undefined;
    const dueAt = dataUpdatedAt + endsInMs - Math.min(leadMs, endsInMs / 4);
    const renew = () => {
      isTouched.current = false;
      void takeRenewalTurn(async () => {
        // Another tab may have done it meanwhile.
        const found = await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
        if ((found.endsInMs ?? 0) > leadMs || !found.isRenewable) return;
        await renewSession();
        await queries.invalidateQueries(sessionQuery);
      }).catch(() => undefined);
    };
    const touch = () => {
      isTouched.current = true;
      if (Date.now() >= dueAt) renew();
    };
    const timer = setTimeout(() => isTouched.current && renew(), Math.max(0, dueAt - Date.now()));
    addEventListener('keydown', touch);
    addEventListener('pointerdown', touch);
    return () => {
      clearTimeout(timer);
      removeEventListener('keydown', touch);
      removeEventListener('pointerdown', touch);
    };
  }, [queries, isRenewable, endsInMs, dataUpdatedAt]);
}
