import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/server/config.ts';
import { CookieSeal } from '../../src/server/console/cookie-seal.ts';
import { freePort } from '../../src/server/embedded-postgres/free-port.ts';
import { useDatabase } from '../support/database.ts';
import {
  type Answer,
  codesOf,
  creatorsStore,
  type PosternServer,
  startPosternServer,
} from '../support/postern-server.ts';
import { chromiumPath, launchBrowser, visit } from './support/browser.ts';
import { askByCookie, ownPage } from './support/console-client.ts';
import { startProvider, type TestProvider, testClient } from './support/provider-server.ts';

const databaseUrl = useDatabase();
const secret = 'a-secret-of-the-console-thirty-two-long';

let provider: TestProvider;
let server: PosternServer;
let browser: Browser;

beforeAll(async () => {
  provider = await startProvider();
  if (chromiumPath !== undefined) browser = await launchBrowser();
  const port = await freePort();
  server = await startPosternServer({
    databaseUrl: databaseUrl(),
    store: creatorsStore,
    environment: { PORT: String(port), ...settings(`http://127.0.0.1:${port}`) },
  });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await provider?.[Symbol.asyncDispose]();
});
beforeEach(() => {
  provider.change('access', {});
  provider.change('id', {});
});

function settings(url: string): Readonly<Record<string, string>> {
  const { issuer, jwksUrl } = provider;
  const common = { ...testClient, issuer };
  return {
    POSTERN_TOKEN_CLASSES: JSON.stringify([
      { subjectType: 'user', issuer, audience: 'postern', jwksUrl },
      { subjectType: 'employee', issuer, audience: testClient.clientId, jwksUrl },
      { subjectType: 'service', issuer, audience: 'machines', jwksUrl },
    ]),
    POSTERN_CONSOLE_URL: url,
    POSTERN_CONSOLE_SECRET: secret,
    POSTERN_CONSOLE_SIGN_INS: JSON.stringify([
      {
        ...common,
        name: 'customers',
        label: 'Customers',
        token: 'access',
        audience: 'postern',
        scope: 'openid offline_access',
      },
      { ...common, name: 'staff', label: 'Staff', token: 'id' },
    ]),
  };
}

/** Follows one address as a browser does that has these cookies. */
async function follow(address: string, cookies: readonly string[] = []): Promise<Answer & { readonly next: string }> {
  const answer = await server.send(address, { redirect: 'manual', headers: { cookie: cookies.join('; ') } });
  return { ...answer, next: answer.headers.get('location') ?? '' };
}

function cookiesOf({ headers }: Answer): readonly string[] {
  return headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '');
}

interface Way {
  readonly name?: string;
  readonly to?: string;
  /** What becomes of the address that leads back. */
  readonly change?: (back: URL) => void;
  /** What the browser sends with it, if it is not what it was given. */
  readonly cookies?: (given: readonly string[]) => readonly string[];
}

/** There and back. */
async function go({ name = 'customers', to = '/console/audit', change, cookies = (given) => given }: Way) {
  const left = await follow(`/console/sign-in/with?${new URLSearchParams({ name, to })}`);
  const atProvider = await follow(left.next);
  const back = new URL(atProvider.next);
  change?.(back);
  const returned = await follow(back.href, cookies(cookiesOf(left)));
  return { left, back, returned };
}

test('one is led to the provider with PKCE, state and nonce, and what is kept meanwhile is sealed', async () => {
  const left = await follow('/console/sign-in/with?name=customers&to=/console/audit');
  const { origin, pathname, searchParams } = new URL(left.next);
  expect([left.status, origin, pathname]).toEqual([303, provider.issuer, '/authorize']);
  expect(Object.fromEntries(searchParams)).toEqual({
    response_type: 'code',
    client_id: 'console',
    redirect_uri: new URL('/console/sign-in/back', server.url).href,
    scope: 'openid offline_access',
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  });
  const [cookie = ''] = left.headers.getSetCookie();
  expect(cookie).toMatch(/^postern-sign-in=[\w.-]+; Path=\/console; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
  expect(cookie).not.toContain(searchParams.get('state'));
});

test.each([
  ['customers', 'user:ann'],
  ['staff', 'employee:ann'],
])('one comes back from %s as %s, where one wanted to go', async (name, subject) => {
  const { returned } = await go({ name });
  expect([returned.status, returned.next]).toEqual([303, '/console/audit']);
  const session = cookiesOf(returned).find((cookie) => cookie.startsWith('postern-session='));
  expect((await askByCookie(server, session)).data).toEqual({ viewer: { subject } });
  expect(returned.headers.getSetCookie()).toContainEqual(expect.stringMatching(/^postern-sign-in=; Max-Age=0/));
});

describe('a session', () => {
  /** Cookies of whoever has signed in. */
  async function enter(name = 'customers', claims: object = soon()): Promise<readonly string[]> {
    provider.change('access', { ...claims });
    const { returned } = await go({ name });
    provider.change('access', {});
    return cookiesOf(returned).filter((cookie) => !cookie.endsWith('='));
  }

  /** So soon that it can be renewed. */
  const soon = () => ({ exp: Math.floor(Date.now() / 1000) + 100 });

  const renew = (cookies: readonly string[], headers = {}) =>
    server.send('/console/session/renew', {
      method: 'POST',
      headers: { ...ownPage(server), ...headers, cookie: cookies.join('; ') },
      body: '{}',
    });

  const isRenewable = async (cookies: readonly string[]) => {
    const { text } = await server.send('/console/session', { headers: { cookie: cookies.join('; ') } });
    return JSON.parse(text).isRenewable;
  };

  test('is renewed before it ends, each time with another cookie that says nothing of what is in it', async () => {
    const cookies = await enter();
    expect(await isRenewable(cookies)).toBe(true);
    provider.change('access', soon());
    const first = await renew(cookies);
    expect([first.status, first.headers.getSetCookie().map((one) => one.replace(/=[^;]+/, '=…'))]).toEqual([
      204,
      [
        expect.stringMatching(/^postern-session=…; Path=\/console; Expires=[^;]+; HttpOnly; SameSite=Strict$/),
        expect.stringMatching(/^postern-renewal=…; Path=\/console; Expires=[^;]+; HttpOnly; SameSite=Strict$/),
      ],
    ]);
    const next = cookiesOf(first);
    expect(next.join()).not.toMatch(/refresh-|ann/);
    expect((await askByCookie(server, next[0])).data).toEqual({ viewer: { subject: 'user:ann' } });
    const second = await renew(next);
    expect([second.status, second.headers.getSetCookie().length]).toEqual([204, 2]);
  });

  test('that goes on for long is left as it is, and nobody is asked', async () => {
    const cookies = await enter('customers', {});
    for (let times = 0; times < 2; times++) {
      const answer = await renew(cookies);
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([204, []]);
    }
  });

  test('is not renewed by what somebody else has left', async () => {
    const ann = await enter();
    const ben = await enter('customers', { ...soon(), sub: 'ben' });
    const of = (cookies: readonly string[], name: string) => cookies.filter((one) => one.startsWith(name));
    const answer = await renew([...of(ben, 'postern-session'), ...of(ann, 'postern-renewal')]);
    expect([answer.status, cookiesOf(answer)]).toEqual([403, ['postern-renewal=']]);
    expect((await renew(ann)).status).toBe(204);
  });

  test('can be renewed later where nobody could say whether the token is right: what was given out meanwhile is kept', async () => {
    const cookies = await enter();
    provider.hideKeys(true);
    const answer = await renew(cookies);
    provider.hideKeys(false);
    const [renewal = '', ...others] = cookiesOf(answer);
    expect([answer.status, others, renewal.split('=')[0]]).toEqual([503, [], 'postern-renewal']);
    const session = cookies.filter((one) => one.startsWith('postern-session'));
    expect((await renew([...session, renewal])).status).toBe(204);
    expect((await renew(cookies)).status).toBe(403);
  });

  test('is not renewed where the provider gives nothing to do it with', async () => {
    const cookies = await enter('staff');
    expect(await isRenewable(cookies)).toBe(false);
    const answer = await renew(cookies);
    expect([answer.status, codesOf(answer)]).toEqual([403, ['FORBIDDEN']]);
    expect((await askByCookie(server, cookies[0])).data).toEqual({ viewer: { subject: 'employee:ann' } });
  });

  test.each<readonly [string, Readonly<Record<string, unknown>>]>([
    ['of somebody else', { sub: 'eve' }],
    ['of another class', { aud: 'machines' }],
    ['that has ended', { exp: 1 }],
    ['that no cookie holds', { groups: 'x'.repeat(4000) }],
  ])('does not go on with a token %s', async (_what, claims) => {
    const cookies = await enter();
    provider.change('access', claims);
    const answer = await renew(cookies);
    expect([answer.status, codesOf(answer), cookiesOf(answer)]).toEqual([403, ['FORBIDDEN'], ['postern-renewal=']]);
  });

  test.each([429, 500, 503])('can be renewed later by a provider that answers %i', async (status) => {
    const cookies = await enter();
    provider.fail(status);
    const answer = await renew(cookies);
    provider.fail(undefined);
    expect([codesOf(answer), cookiesOf(answer)]).toEqual([['AUTHORIZATION_UNAVAILABLE'], []]);
    expect((await renew(cookies)).status).toBe(204);
  });

  test('is not renewed by what was used before, by another page, or by a session that is over', async () => {
    const cookies = await enter();
    const foreign = await renew(cookies, { origin: 'https://evil.example' });
    expect([foreign.status, foreign.headers.getSetCookie()]).toEqual([403, []]);
    const over = await renew(cookies.filter((one) => one.startsWith('postern-renewal=')));
    expect([over.status, codesOf(over)]).toEqual([401, ['UNAUTHENTICATED']]);
    expect((await renew(cookies)).status).toBe(204);
    expect((await renew(cookies)).status).toBe(403);
  });

  test('is not renewed for ever: one signs in after twelve hours', async () => {
    const cookies = await enter();
    const seal = new CookieSeal([secret]);
    const hourMs = 60 * 60_000;
    const renewalOf = async (signedInAtMs: number) => {
      const content = { name: 'customers', subject: 'user:ann', signedInAtMs, refreshToken: 'r' };
      return `postern-renewal=${await seal.seal('renewal', content, new Date(Date.now() + hourMs))}`;
    };
    const [session = ''] = cookies;
    expect(await isRenewable([session, await renewalOf(Date.now() - 11 * hourMs)])).toBe(true);
    expect(await isRenewable([session, await renewalOf(Date.now() - 13 * hourMs)])).toBe(false);
  });

  test.skipIf(chromiumPath === undefined)('goes on while somebody works, and ends where nobody does', async () => {
    for (const isAtWork of [true, false]) {
      const soon = { exp: Math.floor(Date.now() / 1000) + 40 };
      await using there = await visit(browser, server, { isAlone: true });
      const { page } = there;
      await page.clock.install();
      const renewals: string[] = [];
      page.on('request', (request) => renewals.push(...(request.url().endsWith('/renew') ? [request.url()] : [])));
      provider.change('access', soon);
      await there.open('/console/sign-in/with?name=customers&to=/console/settings');
      await page.getByRole('heading', { name: 'Settings' }).waitFor();
      provider.change('access', {});
      if (isAtWork) await page.keyboard.press('Tab');
      const renewed = page.waitForResponse((answer) => answer.url().endsWith('/renew'));
      await page.clock.fastForward(35_000);
      if (isAtWork) expect((await renewed).status()).toBe(204);
      else renewed.catch(() => undefined);
      expect(renewals).toHaveLength(isAtWork ? 1 : 0);
    }
  });

  test.skipIf(chromiumPath === undefined)('that is being renewed ends nevertheless when one signs out', async () => {
    await using there = await visit(browser, server, { isAlone: true });
    const { page } = there;
    await page.clock.install();
    provider.change('access', { exp: Math.floor(Date.now() / 1000) + 40 });
    await there.open('/console/sign-in/with?name=customers&to=/console/settings');
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    provider.change('access', {});
    const [begun, allowed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await page.route('**/console/session/renew', async (route) => {
      begun.resolve();
      await allowed.promise;
      await route.continue();
    });
    const happened: string[] = [];
    page.on('response', (answer) => happened.push(...(answer.url().endsWith('/renew') ? ['renewed'] : [])));
    page.on('request', (request) => happened.push(...(request.url().endsWith('/sign-out') ? ['left'] : [])));
    await page.keyboard.press('Tab');
    await page.clock.fastForward(35_000);
    await begun.promise;
    await page.getByRole('button', { name: 'Sign out' }).click();
    await whoIsIn(page);
    allowed.resolve();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect([happened, await whoIsIn(page)]).toEqual([['renewed', 'left'], null]);
  });

  test.skipIf(chromiumPath === undefined)(
    'is the same one in all windows, and the next one finds nothing of it',
    async () => {
      await using there = await visit(browser, server);
      const { page } = there;
      const second = await there.context.newPage();
      const enterAs = async (sub: string) => {
        provider.change('access', { sub });
        await second.goto('/console/sign-in/with?name=customers&to=/console/objects/show:seen');
        await second.getByText(`user:${sub}`).first().waitFor();
      };
      await enterAs('ann');
      await there.open('/console/break-glass');
      await page.getByRole('textbox', { name: 'Reason' }).fill('typed');
      await page.evaluate("sessionStorage.setItem('postern-model-draft user:ann', '{}')");
      await second.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate('JSON.stringify([{ ...sessionStorage }, { ...localStorage }])')).toBe('[{},{}]');
      await enterAs('ben');
      await page.getByText('user:ben').waitFor();
      expect(await page.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe('');
      await page.getByRole('textbox', { name: 'Reason' }).fill('typed');
      await enterAs('eve');
      await page.getByText('user:eve').waitFor();
      expect(await page.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe('');
      expect(await page.evaluate('JSON.stringify(sessionStorage)')).not.toMatch(/typed|ann|ben/);
    },
  );

  function whoIsIn(page: Page): Promise<unknown> {
    return page.evaluate("fetch('/console/session').then((answer) => answer.json()).then(({ subject }) => subject)");
  }

  test('leaves nothing when one signs out', async () => {
    const answer = await server.send('/console/sign-out', { method: 'POST', headers: ownPage(server), body: '{}' });
    expect(cookiesOf(answer)).toEqual(['postern-session=', 'postern-renewal=']);
  });

  test('is not renewed any more, wherever its cookies are kept, when one has signed out', async () => {
    const cookies = await enter();
    const before = provider.revocations.length;
    const headers = { ...ownPage(server), cookie: cookies.join('; ') };
    const answer = await server.send('/console/sign-out', { method: 'POST', headers, body: '{}' });
    expect([answer.status, cookiesOf(answer)]).toEqual([204, ['postern-session=', 'postern-renewal=']]);
    await expect.poll(() => provider.revocations.length).toBe(before + 1);
    expect((await renew(cookies)).status).toBe(403);
  });
});

test('the page knows how one can sign in, and nothing of the provider', async () => {
  const { text } = await server.send('/console/session');
  expect(JSON.parse(text)).toMatchObject({
    subject: null,
    developmentCallers: null,
    signIns: [
      { name: 'customers', label: 'Customers' },
      { name: 'staff', label: 'Staff' },
    ],
  });
  expect(text).not.toContain(provider.issuer);
});

test.each([
  '//evil.example/console/',
  'https://evil.example/console/',
  '/console//evil.example',
  '/console/\\evil.example',
  '/console/\n/evil',
  '/graphql',
  '/consoles',
  'javascript:alert(1)',
  '',
])('one never ends up at %j', async (to) => {
  expect((await go({ to })).returned.next).toBe('/console/');
});

describe('nobody comes in', () => {
  const set = (name: string, value: string) => (back: URL) => back.searchParams.set(name, value);

  test.each<readonly [string, Way]>([
    ['with another state', { change: set('state', 'another') }],
    ['without a state', { change: ({ searchParams }) => searchParams.delete('state') }],
    ['with another code', { change: set('code', 'another') }],
    ['with what another issuer says', { change: set('iss', 'https://evil.example') }],
    ['with an error of the provider', { change: set('error', 'access_denied') }],
    ['without the cookie', { cookies: () => [] }],
    ['with a cookie that was not made here', { cookies: () => ['postern-sign-in=x'] }],
    [
      'with the session of somebody for it',
      { cookies: ([given = '']) => [given.replace('postern-sign-in', 'postern-session')] },
    ],
  ])('%s', async (_how, way) => {
    const { returned } = await go(way);
    expect([returned.next, cookiesOf(returned)]).toEqual(['/console/sign-in?failed=refused', ['postern-sign-in=']]);
  });

  test('with the code of somebody else in their own browser', async () => {
    const other = await go({});
    const { returned } = await go({ change: set('code', other.back.searchParams.get('code') ?? '') });
    expect(returned.next).toBe('/console/sign-in?failed=refused');
  });

  test('twice with the same address', async () => {
    const left = await follow('/console/sign-in/with?name=customers');
    const { next } = await follow(left.next);
    expect((await follow(next, cookiesOf(left))).next).toBe('/console/');
    expect((await follow(next, cookiesOf(left))).next).toBe('/console/sign-in?failed=refused');
  });

  test('with the cookie of another sign-in: its verifier is not that of the code', async () => {
    const other = await follow('/console/sign-in/with?name=customers');
    const state = new URL(other.next).searchParams.get('state') ?? '';
    const before = provider.refusals.length;
    const { returned } = await go({ change: set('state', state), cookies: () => cookiesOf(other) });
    expect(returned.next).toBe('/console/sign-in?failed=refused');
    expect(provider.refusals.slice(before)).toEqual(['verifier']);
  });

  test.each<readonly [string, 'access' | 'id', Readonly<Record<string, unknown>>, string]>([
    ['with another nonce', 'id', { nonce: 'another' }, 'refused'],
    ['with an ID token for somebody else', 'id', { aud: 'another client' }, 'refused'],
    ['with an ID token that has ended', 'id', { exp: 1 }, 'refused'],
    ['with an access token for something else', 'access', { aud: 'another service' }, 'not-accepted'],
    ['with a token of a class that is for others', 'access', { aud: 'machines' }, 'not-accepted'],
    ['with a token that has ended', 'access', { exp: 1 }, 'not-accepted'],
    ['with a token that names nobody', 'access', { sub: '' }, 'not-accepted'],
    ['with a token that no cookie holds', 'access', { groups: 'x'.repeat(4000) }, 'too-large'],
  ])('%s', async (_how, of, claims, failure) => {
    provider.change(of, claims);
    const { returned } = await go({});
    expect([returned.next, cookiesOf(returned)]).toEqual([`/console/sign-in?failed=${failure}`, ['postern-sign-in=']]);
  });

  test('by a sign-in that there is not, or by the one of development', async () => {
    expect((await follow('/console/sign-in/with?name=nobody')).status).toBe(404);
    const headers = ownPage(server);
    const body = JSON.stringify({ subject: 'user:olga' });
    const development = await server.send('/console/sign-in/development', { method: 'POST', headers, body });
    expect(development.status).toBe(404);
  });
});

test('where the provider cannot be asked, that is said, and it is asked again the next time', async () => {
  const gone = await startProvider();
  const port = await freePort();
  const { issuer, jwksUrl } = gone;
  const other = await startPosternServer({
    databaseUrl: databaseUrl(),
    environment: {
      ...settings(`http://127.0.0.1:${port}`),
      PORT: String(port),
      POSTERN_TOKEN_CLASSES: JSON.stringify([{ subjectType: 'user', issuer, audience: 'postern', jwksUrl }]),
      POSTERN_CONSOLE_SIGN_INS: JSON.stringify([
        { ...testClient, issuer, name: 'customers', token: 'access', audience: 'postern' },
      ]),
    },
  });
  await gone[Symbol.asyncDispose]();
  try {
    for (let times = 0; times < 2; times++) {
      const left = await other.send('/console/sign-in/with?name=customers', { redirect: 'manual' });
      expect(left.headers.get('location')).toBe('/console/sign-in?failed=unavailable');
    }
  } finally {
    await other.stop();
  }
});

describe('what is set', () => {
  const signIn = {
    name: 'staff',
    issuer: 'https://id.example',
    clientId: 'console',
    clientSecret: 'quite secret',
    token: 'id',
  };
  const good = {
    DATABASE_URL: 'postgres://localhost/postern',
    POSTERN_TOKEN_CLASSES: JSON.stringify([
      {
        subjectType: 'employee',
        issuer: 'https://id.example',
        audience: 'console',
        jwksUrl: 'https://id.example/keys',
      },
    ]),
    POSTERN_CONSOLE_URL: 'https://access.example',
    POSTERN_CONSOLE_SECRET: secret,
    POSTERN_CONSOLE_SIGN_INS: JSON.stringify([signIn]),
  };
  const problemsOf = (changes: Readonly<Record<string, string | undefined>>) => {
    const read = readConfig({ ...good, NODE_ENV: 'production', ...changes });
    return read.ok ? [] : read.problem;
  };
  const signInsOf = (...list: readonly object[]) => ({ POSTERN_CONSOLE_SIGN_INS: JSON.stringify(list) });

  test('is enough', () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ POSTERN_CONSOLE_SECRET: `${secret}2 ${secret}1` })).toEqual([]);
  });

  test.each<readonly [Readonly<Record<string, string | undefined>>, string]>([
    [{ POSTERN_CONSOLE_URL: undefined }, 'POSTERN_CONSOLE_URL is missing: the console needs all of'],
    [{ POSTERN_CONSOLE_SECRET: undefined }, 'POSTERN_CONSOLE_SECRET is missing'],
    [{ POSTERN_CONSOLE_SIGN_INS: undefined }, 'POSTERN_CONSOLE_SIGN_INS is missing'],
    [{ POSTERN_CONSOLE_URL: 'http://access.example' }, 'is not an https:// address, as production requires'],
    [{ POSTERN_CONSOLE_URL: 'https://access.example/console' }, 'is not an origin'],
    [{ POSTERN_CONSOLE_URL: 'access.example' }, 'is not an origin'],
    [{ POSTERN_CONSOLE_SECRET: 'short' }, 'holds a secret that is shorter than 32 characters'],
    [{ POSTERN_CONSOLE_SECRET: `${secret} ${secret} ${secret}` }, 'more than two secrets'],
    [{ POSTERN_CONSOLE_SIGN_INS: '{' }, 'POSTERN_CONSOLE_SIGN_INS is not JSON'],
    [{ POSTERN_CONSOLE_SIGN_INS: '[]' }, 'is not a list of sign-ins'],
    [signInsOf({ ...signIn, clientID: 'x' }), 'Did you mean "clientId"?'],
    [signInsOf({ ...signIn, token: 'both' }), 'is neither "access" nor "id"'],
    [signInsOf({ ...signIn, issuer: 'http://id.example' }), 'is not an https:// address'],
    [signInsOf({ ...signIn, name: 'Staff!' }), 'is not a name of small letters'],
    [signInsOf(signIn, signIn), 'lists the name "staff" twice'],
    [
      signInsOf({ ...signIn, audience: 'postern' }),
      'lists no class of the issuer "https://id.example" with the audience',
    ],
  ])('%j is refused', (changes, sentence) => {
    const problems = problemsOf(changes);
    expect(problems.join('\n')).toContain(sentence);
    expect(problems.join('\n')).not.toMatch(/quite secret|thirty-two/);
  });
});
