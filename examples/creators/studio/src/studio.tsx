import { ApolloProvider } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import { createStudioClient } from './client.ts';
import type { StudioCaller, StudioSession } from './session.ts';
import { ShowList } from './show-list.tsx';
import { ShowPage } from './show-page.tsx';

export function Studio({ session }: { readonly session: StudioSession }) {
  const [caller, setCaller] = useState<StudioCaller>();
  return (
    <>
      <header>
        <h1>Creator studio</h1>
        <fieldset>
          <legend>You are</legend>
          {session.callers.map((one) => (
            <button key={one.subject} type="button" aria-pressed={one === caller} onClick={() => setCaller(one)}>
              {one.subject} <small>{one.note}</small>
            </button>
          ))}
        </fieldset>
        <p>
          Rights are given and taken away in <a href={session.consoleUrl}>the console</a>; user:tess manages the people
          of Night Shift.
        </p>
      </header>
      <Desk key={caller?.subject ?? ''} token={caller?.token} />
    </>
  );
}

/** A client of its own for each caller. */
function Desk({ token }: { readonly token: string | undefined }) {
  const client = useMemo(() => createStudioClient('/graphql', token), [token]);
  const [show, setShow] = useState<string>();
  return (
    <ApolloProvider client={client}>
      <main>
        <ShowList chosen={show} onChoose={setShow} />
        {show !== undefined && <ShowPage key={show} id={show} />}
      </main>
    </ApolloProvider>
  );
}
