import { queryOptions, useQuery } from '@tanstack/react-query';
import { AskError } from './ask-error.ts';
import { dropOthers, keepDrafts } from './drafts.ts';
import { get, post } from './send.ts';

/** Who is signed in, and how one signs in. */
export interface Session {
  readonly subject: string | null;
  readonly endsAt: string | null;
  /** Whether it can go on after that without signing in. */
  readonly isRenewable: boolean;
  /** How long it was until then when the server said so, by the server's clock. */
  readonly endsInMs?: number | undefined;
  /** The object that the rights of those who run Postern are on. */
  readonly platform: string;
  /** With whom one can sign in. */
  readonly signIns: readonly { readonly name: string; readonly label: string }[];
  /** Whom one may be with one click; null but in development. */
  readonly developmentCallers: readonly DevelopmentCaller[] | null;
}

export interface DevelopmentCaller {
  readonly subject: string;
  readonly note: string;
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session> => {
    const response = await get('/console/session');
    if (!response.ok) throw new AskError('UNREACHABLE', `The server answered with status ${response.status}.`);
    const session: Session = await response.json();
    // Before anything is shown that has no place for it.
    if (session.subject === null) keepDrafts();
    else dropOthers(session.subject);
    const endsInMs = session.endsAt === null ? undefined : Date.parse(session.endsAt) - serverNowMs(response);
    return { ...session, endsInMs };
  },
  staleTime: Number.POSITIVE_INFINITY,
});

/** This machine may have another time. */
function serverNowMs({ headers }: Response): number {
  return Date.parse(headers.get('date') ?? '') || Date.now();
}

/** Renews the session; false where the server would not. */
export async function renewSession(): Promise<boolean> {
  return (await post('/console/session/renew', {})).ok;
}

/** Whoever is signed in; pages are shown to nobody else. */
export function useCaller(): { readonly subject: string; readonly platform: string } {
  const { data } = useQuery(sessionQuery);
  return { subject: data?.subject ?? '', platform: data?.platform ?? '' };
}

/** Where a browser is led to the provider, and from there back to `to`. */
export function signInAddress(name: string, to: string): string {
  return `/console/sign-in/with?${new URLSearchParams({ name, to })}`;
}

export async function signInAs(subject: string): Promise<void> {
  const response = await post('/console/sign-in/development', { subject });
  if (response.ok) return tellOthers();
  const answer: { errors?: readonly { message: string }[] } = await response.json().catch(() => ({}));
  throw new AskError('BAD_REQUEST', answer.errors?.[0]?.message ?? 'That did not work.');
}

export async function signOut(): Promise<void> {
  await post('/console/sign-out');
  tellOthers();
}

/** On which windows hear that the session is another one. */
export const sessionChannel = 'postern-session';

function tellOthers(): void {
  const channel = new BroadcastChannel(sessionChannel);
  channel.postMessage(undefined);
  channel.close();
}
