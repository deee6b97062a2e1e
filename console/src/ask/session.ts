import { queryOptions, useQuery } from '@tanstack/react-query';
import { AskError } from './ask-error.ts';
import { keepDrafts } from './drafts.ts';
import { forgetOthers } from './kept-here.ts';
import { takeRenewalTurn } from './renewal-turn.ts';
import { get, post } from './send.ts';
import { serverNowMs } from './server-clock.ts';
import { tellOthers } from './session-channel.ts';
import { showTo } from './shown-subject.ts';

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
    else if (!isShownTo(session.subject)) return startAfresh();
    const endsInMs = session.endsAt === null ? undefined : Date.parse(session.endsAt) - serverNowMs();
    return { ...session, endsInMs };
  },
  staleTime: Number.POSITIVE_INFINITY,
});

/** Whether pages here may be this subject's; other windows hear of whoever is new. */
function isShownTo(subject: string): boolean {
  const shown = showTo(subject);
  if (shown === 'other') return false;
  forgetOthers(subject);
  if (shown === 'first') tellOthers({ kind: 'signed-in', subject });
  return true;
}

/** Nothing that was read, typed or followed by somebody else goes on. */
function startAfresh(): Promise<never> {
  location.reload();
  return new Promise(() => undefined);
}

/** Those who wait for their turn, and those who sign out, wait no longer than this. */
const longestRenewalMs = 20_000;

/** Renews the session; false where the server would not. */
export async function renewSession(): Promise<boolean> {
  return (await post('/console/session/renew', {}, AbortSignal.timeout(longestRenewalMs))).ok;
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
  if (response.ok) return tellOthers({ kind: 'signed-in', subject });
  const answer: { errors?: readonly { message: string }[] } = await response.json().catch(() => ({}));
  throw new AskError('BAD_REQUEST', answer.errors?.[0]?.message ?? 'That did not work.');
}

/** After any renewal that is under way: its answer would bring back the session that this one takes. */
export async function signOut(): Promise<void> {
  await takeRenewalTurn(async () => void (await post('/console/sign-out')));
  tellOthers({ kind: 'signed-out' });
}
