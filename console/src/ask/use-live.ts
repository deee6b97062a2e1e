import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { TypedDocumentString } from './__generated__/operations.ts';
import { follow, type Hearing, type LiveState } from './follow.ts';
import { oneOfFew } from './one-of-few.ts';
import { get } from './send.ts';
import { type Session, sessionQuery, useCaller } from './session.ts';
import { refreshRights } from './use-refresh.ts';

export interface Live<Answer, Variables> {
  readonly document: TypedDocumentString<Answer, Variables & { readonly after?: string | null }>;
  readonly variables: Variables;
  /** The place that what is shown was read at; undefined for now. */
  readonly after: string | undefined;
  readonly placeOf: (answer: Answer) => string;
  /** Called once something has or may have happened, and not again for a while. */
  readonly onChange?: () => Promise<void>;
}

export interface LiveNews {
  readonly state: LiveState;
  /** How much has happened since what is shown was read. */
  readonly count: number;
}

/** What happens is heard of at once; what follows from it for a page may wait for so long. */
const restMs = 1000;

/**
 * Follows what happens to what a page shows, after the place that it was read at, so that nothing is missed and nothing told that is
 * shown already. One stream for a page, and none while nobody looks at it; then it goes on where it was.
 */
export function useLive<Answer, Variables extends object>(live: Live<Answer, Variables>): LiveNews {
  const { subject } = useCaller();
  const isVisible = useSyncExternalStore(onVisibility, () => document.visibilityState === 'visible');
  const mayGoOn = useMayGoOn(subject);
  const key = JSON.stringify([String(live.document), live.variables, live.after, subject]);
  const [news, setNews] = useState<LiveNews & { readonly key: string }>({ key, state: 'connecting', count: 0 });
  const place = useRef({ key, after: live.after });
  const before = useRef(Promise.resolve());
  const latest = useRef({ live, mayGoOn });
  useEffect(() => {
    latest.current = { live, mayGoOn };
  });
  useEffect(() => {
    if (!isVisible) return undefined;
    if (place.current.key !== key) place.current = { key, after: latest.current.live.after };
    const stopping = new AbortController();
    const { signal } = stopping;
    const tell = (change: (before: LiveNews) => LiveNews) => {
      const fresh: LiveNews = { state: 'connecting', count: 0 };
      if (!signal.aborted) setNews((before) => ({ key, ...change(before.key === key ? before : fresh) }));
    };
    const rest = throttled(() => void latest.current.live.onChange?.(), signal);
    const following = {
      listen: (after: string | undefined, hearing: Hearing) => listenTo(latest.current.live, after, hearing, signal),
      after: place.current.after,
      onState: (state: LiveState) => {
        tell((before) => ({ ...before, state }));
        // What happened between reading and hearing.
        if (state === 'live' && latest.current.live.after === undefined) rest();
      },
      onEvent: (after: string) => {
        place.current = { key, after };
        tell((before) => ({ ...before, count: before.count + 1 }));
        rest();
      },
      mayGoOn: () => latest.current.mayGoOn(),
      pause: (ms: number) => pauseFor(ms, signal),
    };
    const onWait = () => tell((before) => ({ ...before, state: 'waiting' }));
    // Its place is given back before another one is taken.
    before.current = before.current
      .then(() => oneOfFew(signal, onWait, () => follow(following, signal)))
      .catch(() => undefined);
    return () => stopping.abort();
  }, [key, isVisible]);
  return news.key === key ? news : { state: 'connecting', count: 0 };
}

/** What it takes is loaded once something is followed. */
async function listenTo<Answer, Variables extends object>(
  { document: text, variables, placeOf }: Live<Answer, Variables>,
  after: string | undefined,
  hearing: Hearing,
  signal: AbortSignal,
): Promise<void> {
  const { stream } = await import('./stream.ts');
  const onAnswer = (answer: Answer) => hearing.onEvent(placeOf(answer));
  return stream(text, { ...variables, after }, { onConnected: hearing.onConnected, onAnswer }, signal);
}

function onVisibility(listen: () => void): () => void {
  document.addEventListener('visibilitychange', listen);
  return () => document.removeEventListener('visibilitychange', listen);
}

/** Whether the session is still that of the same subject; what it may is read again. False where the server does not answer. */
function useMayGoOn(subject: string): () => Promise<boolean> {
  const queries = useQueryClient();
  return async () => {
    const response = await get('/console/session').catch(() => undefined);
    const session: Session | undefined = response?.ok ? await response.json().catch(() => undefined) : undefined;
    if (session === undefined) return false;
    if (session.subject !== subject) await queries.invalidateQueries(sessionQuery);
    else await refreshRights(queries);
    // What follows from it for a page comes after.
    await new Promise((resolve) => setTimeout(resolve));
    return true;
  };
}

/** At once, and then once more at the end of each while in which it was called again. */
function throttled(run: () => void, signal: AbortSignal): () => void {
  let isResting = false;
  let isWanted = false;
  const call = () => {
    isWanted = isResting;
    if (isResting || signal.aborted) return;
    isResting = true;
    run();
    void pauseFor(restMs, signal).then(() => {
      isResting = false;
      if (isWanted) call();
    });
  };
  return call;
}

function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
