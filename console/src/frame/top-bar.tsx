import { useQueryClient } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { leaveSession } from '../ask/leave-session.ts';
import { signOut } from '../ask/session.ts';
import { frameWords } from '../words/frame-words.ts';
import { settingsWords } from '../words/settings-words.ts';
import styles from './frame.module.css';
import { Palette } from './palette.tsx';
import { ThemeChoice } from './theme-choice.tsx';

/** Names the caller on every page: nobody should have to wonder as whom they ask. */
export function TopBar({ subject }: { readonly subject: string | null }) {
  const queries = useQueryClient();
  const href = useRouterState({ select: ({ location }) => location.publicHref });
  const leave = async () => {
    await signOut();
    await leaveSession(queries);
  };
  return (
    <header className={styles.bar}>
      <Link to="/" className={styles.brand}>
        <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
          <path d="M1 15V4h2v2h2V4h2v2h2V4h2v2h2V4h2v11h-5v-3a2 2 0 0 0-4 0v3z" fill="currentColor" />
        </svg>
        {frameWords.product}
      </Link>
      {subject !== null && <Palette />}
      <div className={styles.caller}>
        <ThemeChoice />
        {subject !== null && (
          <>
            <Link to="/settings" className={styles.link}>
              {settingsWords.title}
            </Link>
            <bdi className={styles.subject}>{subject}</bdi>
            <Link to="/sign-in" search={{ to: href }} className={styles.link}>
              {frameWords.switchCaller}
            </Link>
            <button type="button" className="quiet" onClick={() => void leave()}>
              {frameWords.signOut}
            </button>
          </>
        )}
      </div>
    </header>
  );
}
