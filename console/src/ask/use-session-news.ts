import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { sessionChannel, sessionQuery } from './session.ts';

/** Whoever signs out in one window is signed out in all: what they show, and what they follow, ends there as well. */
export function useSessionNews(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const channel = new BroadcastChannel(sessionChannel);
    channel.onmessage = () => void queries.invalidateQueries(sessionQuery);
    return () => channel.close();
  }, [queries]);
}
