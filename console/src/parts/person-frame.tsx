import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { personWords } from '../words/person-words.ts';
import { Page } from './page.tsx';
import styles from './tabs.module.css';

interface PersonFrameProps {
  readonly subject: string;
  readonly within: string | undefined;
  readonly children: ReactNode;
}

/** What stands above every page about a person. */
export function PersonFrame({ subject, within, children }: PersonFrameProps) {
  const there = { params: { subject }, search: { within } };
  const active = { exact: true, includeSearch: false };
  return (
    <Page title={subject}>
      <nav className={styles.tabs} aria-label={personWords.tabs}>
        <Link to="/people/$subject" {...there} activeOptions={active}>
          {personWords.access}
        </Link>
        <Link to="/people/$subject/teams" {...there} activeOptions={active}>
          {personWords.teams}
        </Link>
        <Link to="/people/$subject/timeline" {...there} activeOptions={active}>
          {personWords.timeline}
        </Link>
        <Link to="/people/$subject/off-board" {...there} activeOptions={active}>
          {personWords.offboard}
        </Link>
      </nav>
      {children}
    </Page>
  );
}
