import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { rememberObject } from '../ask/recent-objects.ts';
import { useCaller } from '../ask/session.ts';
import { objectWords } from '../words/object-words.ts';
import { Page } from './page.tsx';
import styles from './tabs.module.css';

/** What stands above every page about an object. */
export function ObjectFrame({ object, children }: { readonly object: string; readonly children: ReactNode }) {
  const { subject } = useCaller();
  useEffect(() => rememberObject(subject, object), [subject, object]);
  return (
    <Page title={object}>
      <nav className={styles.tabs} aria-label={objectWords.tabs}>
        <Link to="/objects/$object" params={{ object }} activeOptions={{ exact: true, includeSearch: false }}>
          {objectWords.people}
        </Link>
        <Link to="/objects/$object/permissions" params={{ object }} activeOptions={{ exact: true }}>
          {objectWords.permissions}
        </Link>
        <Link to="/objects/$object/history" params={{ object }} activeOptions={{ exact: true }}>
          {objectWords.history}
        </Link>
        <Link to="/objects/$object/structure" params={{ object }} activeOptions={{ exact: true }}>
          {objectWords.structure}
        </Link>
      </nav>
      {children}
    </Page>
  );
}
