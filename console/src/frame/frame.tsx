import { useIsFetching, useQuery } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { sessionQuery } from '../ask/session.ts';
import { useRenewal } from '../ask/use-renewal.ts';
import { useSessionNews } from '../ask/use-session-news.ts';
import { SignInPage } from '../pages/sign-in-page.tsx';
import { Problem } from '../parts/problem.tsx';
import { frameWords } from '../words/frame-words.ts';
import styles from './frame.module.css';
import { KeySheet } from './key-sheet.tsx';
import { Navigation } from './navigation.tsx';
import { TopBar } from './top-bar.tsx';

/** What stands around every page. Whoever is not signed in signs in at the address that they came for. */
export function Frame() {
  const { data: session, error, refetch } = useQuery(sessionQuery);
  const isBusy = useIsFetching() > 0;
  useFocusedTitle();
  useRenewal();
  useSessionNews();
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#page">
        {frameWords.skip}
      </a>
      <TopBar subject={session?.subject ?? null} />
      {session?.subject != null && <Navigation />}
      {session?.subject != null && <KeySheet />}
      <main id="page" className={styles.page} tabIndex={-1} aria-busy={isBusy}>
        {error !== null && <Problem error={error} again={() => void refetch()} />}
        {session !== undefined && (session.subject === null ? <SignInPage /> : <Outlet />)}
      </main>
    </div>
  );
}

/** After a step to another page one reads on at its title, as after a link to another document. */
function useFocusedTitle(): void {
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const first = useRef(path);
  useEffect(() => {
    if (path === first.current || first.current === undefined) {
      first.current = path;
      return;
    }
    first.current = path;
    document.querySelector('h1')?.focus();
  }, [path]);
}
