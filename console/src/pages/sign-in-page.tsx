import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import { type DevelopmentCaller, sessionQuery, signInAs } from '../ask/session.ts';
import { Page } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { signInWords } from '../words/sign-in-words.ts';
import styles from './sign-in-page.module.css';

/** Who somebody wants to be; afterwards they are where they wanted to go. */
export function SignInPage() {
  const { data: session } = useQuery(sessionQuery);
  const queries = useQueryClient();
  const router = useRouter();
  const to = useRouterState({ select: ({ location }) => new Map(Object.entries(location.search)).get('to') });
  const [error, setError] = useState<Error>();
  const enter = async (subject: string) => {
    try {
      await signInAs(subject);
    } catch (problem) {
      return setError(problem instanceof Error ? problem : new Error(String(problem)));
    }
    // Nothing of what somebody else was shown is left.
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
    if (typeof to === 'string' && to.startsWith('/console/')) router.history.push(to);
    else if (router.state.location.pathname === '/sign-in') await router.navigate({ to: '/' });
    await queries.invalidateQueries(sessionQuery);
  };
  const callers = session?.developmentCallers ?? undefined;
  return (
    <Page title={signInWords.title}>
      {error !== undefined && <Problem error={error} />}
      {callers === undefined && <p>{signInWords.nobody}</p>}
      {callers !== undefined && (
        <>
          <p className="muted">{signInWords.development}</p>
          <ul className={styles.cards}>
            {callers.map((caller) => (
              <Card key={caller.subject} caller={caller} onEnter={() => void enter(caller.subject)} />
            ))}
          </ul>
          <Somebody onEnter={(subject) => void enter(subject)} />
        </>
      )}
    </Page>
  );
}

interface CardProps {
  readonly caller: DevelopmentCaller;
  readonly onEnter: () => void;
}

function Card({ caller: { subject, note }, onEnter }: CardProps) {
  return (
    <li>
      <button type="button" onClick={onEnter}>
        <span className={styles.subject}>
          <span className="only-read">{signInWords.signInAs} </span>
          {subject}
        </span>
        <span>{note}</span>
      </button>
    </li>
  );
}

function Somebody({ onEnter }: { readonly onEnter: (subject: string) => void }) {
  const [subject, setSubject] = useState('');
  return (
    <form
      className={styles.somebody}
      onSubmit={(event) => {
        event.preventDefault();
        onEnter(subject.trim());
      }}
    >
      <label>
        {signInWords.somebody}{' '}
        <input
          required
          placeholder={signInWords.somebodyHint}
          autoCapitalize="off"
          autoComplete="off"
          spellCheck={false}
          value={subject}
          onChange={({ target }) => setSubject(target.value)}
        />
      </label>
      <button type="submit">{signInWords.signIn}</button>
    </form>
  );
}
