import type { Answer, PosternServer } from '../../support/postern-server.ts';

/** What browsers send along when a page of this server asks it something. */
export function ownPage({ url }: Pick<PosternServer, 'url'>): Readonly<Record<string, string>> {
  return { origin: new URL(url).origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
}

/** Signs in as a page does; returns what the browser sends back from then on. */
export async function signIn(server: PosternServer, subject: string): Promise<string> {
  const answer = await sendSignIn(server, subject);
  const [cookie = ''] = answer.headers.getSetCookie();
  if (answer.status !== 204) throw new Error(answer.text);
  return cookie.split(';', 1)[0] ?? '';
}

export function sendSignIn(
  server: PosternServer,
  subject: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return server.send('/console/sign-in/development', {
    method: 'POST',
    headers: { ...ownPage(server), ...headers },
    body: JSON.stringify({ subject }),
  });
}

export const whoAmI = JSON.stringify({ query: '{ viewer { subject } }' });

/** Asks who is signed in, as a page of the console does. */
export function askByCookie(
  server: PosternServer,
  cookie: string | undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return server.send('/console/graphql', {
    method: 'POST',
    headers: { ...ownPage(server), ...(cookie !== undefined && { cookie }), ...headers },
    body: whoAmI,
  });
}
