import { CompactEncrypt, EncryptJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { isRecord } from '../../src/base/canonical-json.ts';
import { readExample } from '../../src/cli/example.ts';
import type { SignInConfig } from '../../src/server/console/console-config.ts';
import { CookieSeal } from '../../src/server/console/cookie-seal.ts';
import { holderOf } from '../../src/server/console/token-holder.ts';
import { createAuthenticator } from '../../src/server/identity/authenticate.ts';
import { useDatabase } from '../support/database.ts';
import { endOf, eventOf, overEvents } from '../support/live-client.ts';
import { codesOf, creatorsStore, startPosternServer, usePosternServer } from '../support/postern-server.ts';
import { askByCookie, ownPage, sendSignIn, signIn, whoAmI } from './support/console-client.ts';

const example = await readExample('examples/creators');
const databaseUrl = useDatabase();
const server = usePosternServer(databaseUrl, {
  store: creatorsStore,
  claims: example.claims,
  callers: example.callers,
});

describe('a session', () => {
  test('is a cookie that no script sees and no other site sends, and its holder asks as the subject', async () => {
    const { status, headers } = await sendSignIn(server(), 'user:olga');
    const [cookie = '', ...others] = headers.getSetCookie();
    expect([status, others]).toEqual([204, []]);
    expect(cookie.replace(/=[^;]+/, '=…').replace(/Expires=[^;]+/, 'Expires=…')).toBe(
      'postern-session=…; Path=/console; Expires=…; HttpOnly; SameSite=Strict',
    );
    expect(cookie).not.toMatch(/olga|user|eyJzdWIi/);
    const answer = await askByCookie(server(), cookie.split(';')[0]);
    expect([answer.status, answer.data]).toEqual([200, { viewer: { subject: 'user:olga' } }]);
  });

  test('is told to the page, with whom one may be', async () => {
    const told = async (cookie?: string) => {
      const { text } = await server().send('/console/session', {
        headers: { ...(cookie !== undefined && { cookie }) },
      });
      const answer: unknown = JSON.parse(text);
      return isRecord(answer) ? answer : {};
    };
    expect(await told()).toEqual({
      subject: null,
      endsAt: null,
      isRenewable: false,
      platform: 'platform:main',
      signIns: [],
      developmentCallers: example.callers.map(({ subject, note }) => ({ subject, note })),
    });
    const { subject, endsAt } = await told(await signIn(server(), 'user:adam'));
    expect(subject).toBe('user:adam');
    expect(Date.parse(String(endsAt)) - Date.now()).toBeGreaterThan(11 * 60 * 60_000);
  });

  test('is never an agent’s, though the cookie is sealed as it should be', async () => {
    const seal = new CookieSeal([server().running.issuer?.secret ?? '']);
    const cookieOf = async (agent?: string) => {
      const token = await server().token('user:olga', agent);
      return `postern-session=${await seal.seal('session', { token }, new Date(Date.now() + 60_000))}`;
    };
    expect((await askByCookie(server(), await cookieOf())).data).toEqual({ viewer: { subject: 'user:olga' } });
    const cookie = await cookieOf('agent:helper');
    const answer = await askByCookie(server(), cookie);
    expect([answer.status, codesOf(answer)]).toEqual([401, ['UNAUTHENTICATED']]);
    const told = await server().send('/console/session', { headers: { cookie } });
    expect(JSON.parse(told.text)).toMatchObject({ subject: null });
  });

  test('does not begin with a token of an agent', async () => {
    const { issuer } = server().running;
    const authenticator = createAuthenticator(issuer?.classes ?? [], { mode: 'development' });
    const [config] = issuer?.classes.filter(({ subjectType }) => subjectType === 'user') ?? [];
    const holder = async (agent?: string) =>
      holderOf(authenticator, config as unknown as SignInConfig, await server().token('user:olga', agent));
    expect([await holder(), await holder('agent:helper')]).toEqual([{ subject: 'user:olga' }, 'not-accepted']);
  });

  test('ends when one signs out', async () => {
    const { status, headers } = await server().send('/console/sign-out', { method: 'POST', headers: signOutHeaders() });
    expect([status, headers.getSetCookie()]).toEqual([
      204,
      ['postern-session=; Max-Age=0; Path=/console; HttpOnly; SameSite=Strict'],
    ]);
  });

  function signOutHeaders() {
    const { 'content-type': _, ...headers } = ownPage(server());
    return headers;
  }

  test('is nothing to /graphql, whatever else the request says', async () => {
    const cookie = await signIn(server(), 'user:olga');
    const answer = await server().send('/graphql', {
      method: 'POST',
      headers: { ...ownPage(server()), cookie },
      body: whoAmI,
    });
    expect([answer.status, answer.data]).toEqual([200, { viewer: null }]);
    const stream = await server().send('/graphql/stream', {
      method: 'POST',
      headers: { ...ownPage(server()), cookie, accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { relationshipChanges { consistencyToken } }' }),
    });
    expect([stream.status, codesOf(stream)]).toEqual([401, ['UNAUTHENTICATED']]);
  });

  test('is all that counts at /console/graphql: a token beside it, or instead of it, does not', async () => {
    const authorization = `Bearer ${await server().token('user:eve')}`;
    const beside = await askByCookie(server(), await signIn(server(), 'user:olga'), { authorization });
    expect(beside.data).toEqual({ viewer: { subject: 'user:olga' } });
    const instead = await askByCookie(server(), undefined, { authorization });
    expect([instead.status, codesOf(instead)]).toEqual([401, ['UNAUTHENTICATED']]);
  });
});

describe('a page that was shown to somebody', () => {
  const shownTo = (subject: string) => ({ 'postern-subject': encodeURIComponent(subject) });

  test('asks as nobody else who has signed in meanwhile', async () => {
    const cookie = await signIn(server(), 'user:olga');
    const own = await askByCookie(server(), cookie, shownTo('user:olga'));
    expect([own.status, own.data]).toEqual([200, { viewer: { subject: 'user:olga' } }]);
    const other = await askByCookie(server(), cookie, shownTo('user:adam'));
    expect([other.status, codesOf(other), other.data]).toEqual([409, ['SESSION_CHANGED'], undefined]);
    const stream = await server().send('/console/graphql/stream', {
      method: 'POST',
      headers: { ...ownPage(server()), ...shownTo('user:adam'), cookie, accept: 'text/event-stream' },
      body: JSON.stringify({ query: changes, variables: { object: 'organization:northwind' } }),
    });
    expect([stream.status, codesOf(stream)]).toEqual([409, ['SESSION_CHANGED']]);
  });

  test('is told that the session has ended, where nobody has signed in', async () => {
    expect((await askByCookie(server(), undefined, shownTo('user:olga'))).status).toBe(401);
  });

  test.each(['user:שלום', 'user:a+b%20c', "user:it's"])('is shown to %s as well', async (subject) => {
    const answer = await askByCookie(server(), await signIn(server(), subject), shownTo(subject));
    expect([answer.status, answer.data]).toEqual([200, { viewer: { subject } }]);
  });
});

const changes = `subscription ($object: ObjectRef!, $after: ConsistencyToken) {
  accessChanges(object: $object, after: $after) { changes { operation } }
}`;

describe('a stream of the console', () => {
  const object = 'show:nightshift';
  const listen = (headers: Readonly<Record<string, string>>, after?: string) =>
    overEvents(server().url.replace(/graphql$/, 'console/graphql'), changes, {
      variables: { object, after },
      headers: { ...ownPage(server()), ...headers },
    });
  const grant = async (role: string): Promise<string> => {
    const query = `mutation ($role: String!) {
      grantRole(input: { subject: "user:hears", role: $role, object: "${object}" }) { consistencyToken }
    }`;
    const { data } = await server().ask(query, { as: 'user:tess', variables: { role } });
    return (data as { grantRole: { consistencyToken: string } }).grantRole.consistencyToken;
  };

  test('is of whoever has the session, and tells what they may hear', async () => {
    const after = await grant('episodes_reader');
    const stream = listen({ cookie: await signIn(server(), 'user:tess') }, after);
    await grant('analytics_reader');
    expect(await eventOf(stream)).toEqual({ accessChanges: { changes: [{ operation: 'WRITE' }] } });
    stream.kill();
  });

  test('is refused to whoever may not, and a token beside the cookie counts for nothing', async () => {
    const cookie = await signIn(server(), 'user:lou');
    const authorization = `Bearer ${await server().token('user:tess')}`;
    expect(await endOf(listen({ cookie, authorization }))).toEqual({ events: 0, codes: ['FORBIDDEN'] });
    expect(await listen({ authorization }).next()).toMatchObject({ kind: 'closed', code: 401 });
  });
});

describe('a cookie that was not made here', async () => {
  const inAnHour = new Date(Date.now() + 60 * 60_000);
  const otherSeal = new CookieSeal(['another secret, which is as long as one has to be']);
  const otherKey = new Uint8Array(32).fill(7);
  const header = { alg: 'dir', enc: 'A256GCM' };

  test.each<readonly [string, () => Promise<string>]>([
    ['none', async () => ''],
    ['nonsense', async () => 'x'],
    ['a token as it is', () => server().token('user:olga')],
    ['one sealed with another secret', () => otherSeal.seal('session', { token: 'a.b.c' }, inAnHour)],
    ['one that is not sealed', async () => `${btoa('{"alg":"none"}')}.${btoa('{"token":"a.b.c"}')}.`],
    [
      'one that brings its own key',
      () =>
        new CompactEncrypt(new TextEncoder().encode('{"token":"a.b.c"}'))
          .setProtectedHeader({ ...header, jwk: { kty: 'oct' } })
          .encrypt(otherKey),
    ],
    [
      'one for ever',
      () => new EncryptJWT({ token: 'a.b.c' }).setProtectedHeader(header).setAudience('session').encrypt(otherKey),
    ],
  ])('%s is nobody', async (_what, make) => {
    const answer = await askByCookie(server(), `postern-session=${await make()}`);
    expect([answer.status, codesOf(answer)]).toEqual([401, ['UNAUTHENTICATED']]);
  });

  test('is nobody if it is ours but for one letter', async () => {
    const cookie = await signIn(server(), 'user:olga');
    const place = cookie.length - 10;
    const changed = `${cookie.slice(0, place)}${cookie[place] === 'A' ? 'B' : 'A'}${cookie.slice(place + 1)}`;
    expect((await askByCookie(server(), changed)).status).toBe(401);
  });

  test('is nobody if it is of another server, which has another secret', async () => {
    const other = await startPosternServer({ databaseUrl: databaseUrl() });
    try {
      expect((await askByCookie(server(), await signIn(other, 'user:olga'))).status).toBe(401);
    } finally {
      await other.stop();
    }
  });
});

describe('a seal', () => {
  const inAnHour = () => new Date(Date.now() + 60 * 60_000);
  const old = 'the secret of last month, thirty-two long';
  const young = 'the secret of this month, thirty-two long';

  test('opens what it sealed, for the same purpose, until it ends', async () => {
    const seal = new CookieSeal([young]);
    const sealed = await seal.seal('session', { token: 'a.b.c' }, inAnHour());
    expect(await seal.open('session', sealed)).toMatchObject({ token: 'a.b.c' });
    expect(await seal.open('sign-in', sealed)).toBeUndefined();
    const ended = await seal.seal('session', { token: 'a.b.c' }, new Date(Date.now() - 1000));
    expect(await seal.open('session', ended)).toBeUndefined();
  });

  test('opens what was sealed with the secret before, while it is named', async () => {
    const sealed = await new CookieSeal([old]).seal('session', { token: 'a.b.c' }, inAnHour());
    expect(await new CookieSeal([young, old]).open('session', sealed)).toMatchObject({ token: 'a.b.c' });
    expect(await new CookieSeal([young]).open('session', sealed)).toBeUndefined();
  });
});

describe('pages of others', () => {
  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another origin that says it were ours', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }],
    ['another port that says it were ours', { origin: 'http://127.0.0.1:1' }],
    ['a page without an origin', { origin: 'null' }],
    ['who says nothing of where it comes from', { 'sec-fetch-site': '' }],
    ['a frame in a page of others', { 'sec-fetch-site': 'same-site' }],
    ['a proxy', { 'x-forwarded-for': '203.0.113.9' }],
  ])('%s may neither ask, nor sign in, nor sign out', async (_who, headers) => {
    const cookie = await signIn(server(), 'user:olga');
    const asked = await askByCookie(server(), cookie, headers);
    expect([asked.status, codesOf(asked), asked.data]).toEqual([403, ['FORBIDDEN'], undefined]);
    const listened = await server().send('/console/graphql/stream', {
      method: 'POST',
      headers: { ...ownPage(server()), cookie, accept: 'text/event-stream', ...headers },
      body: JSON.stringify({ query: changes, variables: { object: 'organization:northwind' } }),
    });
    expect([listened.status, codesOf(listened)]).toEqual([403, ['FORBIDDEN']]);
    const entered = await sendSignIn(server(), 'user:eve', headers);
    expect([entered.status, entered.headers.getSetCookie()]).toEqual([403, []]);
    const left = await server().send('/console/sign-out', {
      method: 'POST',
      headers: { ...ownPage(server()), ...headers },
      body: '{}',
    });
    expect([left.status, left.headers.getSetCookie()]).toEqual([403, []]);
  });

  test('forms cannot ask: only JSON is read', async () => {
    const cookie = await signIn(server(), 'user:olga');
    const answer = await askByCookie(server(), cookie, { 'content-type': 'text/plain' });
    expect([answer.status, answer.data]).toEqual([415, undefined]);
  });
});

test.each<readonly [unknown, string]>([
  ['user:', 'user:'],
  ['team:eng#member', 'not one caller'],
  ['dragon:smaug', 'dragon'],
  [7, 'The body names no'],
])('nobody can be %j, and it is said why', async (subject, sentence) => {
  const { status, text, headers } = await sendSignIn(server(), subject);
  expect([status, text, headers.getSetCookie()]).toEqual([400, expect.stringContaining(sentence), []]);
});

test('what the console asks is charged as everything else is, before it is worked on', async () => {
  const poor = await startPosternServer({
    databaseUrl: databaseUrl(),
    environment: { POSTERN_CALLER_ALLOWANCE: '100' },
  });
  try {
    const cookie = await signIn(poor, 'user:olga');
    // Bytes cost, too.
    const body = JSON.stringify({ ...JSON.parse(whoAmI), variables: { padding: 'x'.repeat(200_000) } });
    const headers = { ...ownPage(poor), cookie };
    const send = () => poor.send('/console/graphql', { method: 'POST', headers, body });
    const answers = await Promise.all(Array.from({ length: 60 }, send));
    const refused = answers.find(({ status }) => status === 429);
    expect(refused && codesOf(refused)).toEqual(['TOO_MANY_REQUESTS']);
  } finally {
    await poor.stop();
  }
});

describe('in production', () => {
  test('there is no development sign-in, nor anything that would let anybody in', async () => {
    const classes = [
      { subjectType: 'user', issuer: 'https://id.example', audience: 'postern', jwksUrl: 'https://127.0.0.1:9/k' },
    ];
    const production = await startPosternServer({
      databaseUrl: databaseUrl(),
      callers: example.callers,
      environment: {
        NODE_ENV: 'production',
        POSTERN_HOST: '127.0.0.1',
        POSTERN_TOKEN_CLASSES: JSON.stringify(classes),
      },
    });
    try {
      const entered = await sendSignIn(production, 'user:olga');
      expect([entered.status, entered.headers.getSetCookie()]).toEqual([404, []]);
      for (const path of ['/console', '/console/', '/console/session'])
        expect([path, (await production.send(path)).status]).toEqual([path, 404]);
    } finally {
      await production.stop();
    }
  });
});
