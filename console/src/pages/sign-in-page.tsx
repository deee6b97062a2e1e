import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ParsedLocation, useRouter, useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import { type DevelopmentCaller, sessionQuery, signInAddress, signInAs } from '../ask/session.ts';
import { Answer } from '../parts/answer.tsx';
import { nameAttributes } from '../parts/name-attributes.ts';
import { Page } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { failureWords, signInWords } from '../words/sign-in-words.ts';
import styles from './sign-in-page.module.css';

/** Who somebody wants to be; afterwards they are where they wanted to go. */
export function SignInPage() {
  const { data: session } = useQuery(sessionQuery);
  const queries = useQueryClient();
  const router = useRouter();
  const { to, failed, here } = useRouterState({ select: ({ location }) => wishesIn(location) });
  const [error, setError] = useState<Error>();
  const enter = async (subject: string) => {
    try {
      await signInAs(subject);
    } catch (problem) {
      return setError(problem instanceof Error ? problem : new Error(String(problem)));
    }
    // Nothing of what somebody else was shown is left, nor of what they have begun.
    if (session?.subject != null && session.subject !== subject) return location.replace(to ?? here);
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
    router.history.replace(to ?? here);
    await queries.invalidateQueries(sessionQuery);
  };
  const callers = session?.developmentCallers ?? undefined;
  const signIns = session?.signIns ?? [];
  return (
    <Page title={signInWords.title}>
      {error !== undefined && <Problem error={error} />}
      {failed !== undefined && (
        <div role="alert">
          <Answer kind="undecided" name={signInWords.title}>
            {failureWords(failed)}
          </Answer>
        </div>
      )}
      {callers === undefined && signIns.length === 0 && <p>{signInWords.nobody}</p>}
      {signIns.map(({ name, label }) => (
        // A document of its own: from there one is led to another site.
        <p key={name}>
          <a href={signInAddress(name, to ?? here)}>
            {signInWords.with} {label}
          </a>
        </p>
      ))}
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

interface Wishes {
  /** Where to go afterwards, as the address says. */
  readonly to: string | undefined;
  /** What kept one from signing in the last time. */
  readonly failed: string | undefined;
  /** Where to go if it does not say: here, if this is a page that asks for signing in by itself. */
  readonly here: string;
}

function wishesIn({ pathname, publicHref, search }: ParsedLocation): Wishes {
  const given = new Map<string, unknown>(Object.entries(search));
  const [to, failed] = [given.get('to'), given.get('failed')];
  return {
    to: typeof to === 'string' && to.startsWith('/console/') ? to : undefined,
    failed: typeof failed === 'string' ? failed : undefined,
    here: pathname === '/sign-in' ? '/console/' : publicHref,
  };
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
          {...nameAttributes}
          value={subject}
          onChange={({ target }) => setSubject(target.value)}
        />
      </label>
      <button type="submit">{signInWords.signIn}</button>
    </form>
  );
}
