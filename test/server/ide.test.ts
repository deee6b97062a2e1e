import { beforeAll, describe, expect, test } from 'vitest';
import { isRecord } from '../../src/base/canonical-json.ts';
import { readExample } from '../../src/cli/example.ts';
import { createIde, type IdeCaller, type IdeRequest } from '../../src/server/ide/ide.ts';
import { findIdeFiles } from '../../src/server/ide/ide-files.ts';
import { useDatabase } from '../support/database.ts';
import { creatorsStore, type PosternServer, startPosternServer, usePosternServer } from '../support/postern-server.ts';

const example = await readExample('examples/creators');
const databaseUrl = useDatabase();
const server = usePosternServer(databaseUrl, {
  store: creatorsStore,
  claims: example.claims,
  callers: example.callers,
});
const browser = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };

async function callersOf(
  at: PosternServer,
  headers: Readonly<Record<string, string>> = {},
): Promise<readonly IdeCaller[]> {
  const { status, text } = await at.send('/ide/callers.json', { headers });
  expect(status).toBe(200);
  const answer: unknown = JSON.parse(text);
  return isRecord(answer) ? (answer.callers as readonly IdeCaller[]) : [];
}

describe('a browser', () => {
  test.each(['/', '/graphql'])('gets the page at %s', async (path) => {
    const { status, headers, text } = await server().send(path, browser);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain('<title>Postern</title>');
  });

  test('finds every file that the page names on this server', async () => {
    const { text } = await server().send('/', browser);
    const named = [...text.matchAll(/(?:src|href)="([^"]+)"/g)]
      .map(([, name = '']) => name)
      .filter((name) => name !== '/ide/');
    expect(named).toContain('start.js');
    expect(named.length).toBeGreaterThan(10);
    for (const name of named) expect([name, (await server().send(`/ide/${name}`)).status]).toEqual([name, 200]);
  });

  test('is kept from every other address, by the policy of each file, and no page or style names one', async () => {
    for (const name of findIdeFiles()?.keys() ?? []) {
      const { status, headers, text } = await server().send(`/ide/${name}`);
      expect([name, status, headers.get('x-content-type-options')]).toEqual([name, 200, 'nosniff']);
      const policy = new Map(
        headers
          .get('content-security-policy')
          ?.split('; ')
          .map((rule) => rule.split(/ (.*)/, 2) as [string, string]),
      );
      expect(policy.get('default-src')).toBe("'none'");
      expect(policy.get('script-src')).toBe("'self'");
      expect(policy.get('connect-src')).toBe("'self'");
      expect([...policy.values()].join(' ')).not.toMatch(/https?:|\*|unsafe-eval|blob:/);
      if (/\.(html|css)$/.test(name))
        expect([name, text.match(/(?:src|href)="https?:[^"]*|url\(\s*["']?(?:https?:)?\/\/[^)]*/)]).toEqual([
          name,
          null,
        ]);
    }
  });

  test('gets the callers of the example, and what is filled in is answered with their tokens', async () => {
    const callers = await callersOf(server());
    expect(callers.map(({ subject }) => subject)).toEqual(example.callers.map(({ subject }) => subject));
    for (const { subject, query, token } of callers) {
      const { status, data, errors } = await server().ask(query, { headers: { authorization: `Bearer ${token}` } });
      expect([subject, status, errors]).toEqual([subject, 200, []]);
      expect(JSON.stringify(data)).not.toContain('"userErrors":[{');
    }
    expect(callers.every(({ note }) => note.length > 10)).toBe(true);
  });
});

test.each<[string, Readonly<Record<string, string>>]>([
  ['a page of another origin', { 'sec-fetch-site': 'cross-site' }],
  ['a page of the same site', { 'sec-fetch-site': 'same-site' }],
])('%s gets no tokens', async (_who, headers) => {
  expect(await callersOf(server(), headers)).toEqual([]);
  expect(await callersOf(server(), { 'sec-fetch-site': 'same-origin' })).not.toEqual([]);
});

describe('tokens stay on this machine', () => {
  const caller = { subject: 'user:ann', note: 'a note', query: '{ viewer { subject } }', token: 'a.b.c' };
  const request: IdeRequest = {
    method: 'GET',
    target: '/ide/callers.json',
    headers: { host: 'localhost:4000' },
    remoteAddress: '127.0.0.1',
  };

  async function tokensFor(changes: Partial<IdeRequest>): Promise<number> {
    const ide = createIde({ title: 'Test', callers: async () => [caller] });
    const answer = await ide?.answer({ ...request, ...changes });
    return String(answer?.body).split('a.b.c').length - 1;
  }

  test.each<[string, Partial<IdeRequest>, number]>([
    ['a browser here', {}, 1],
    ['one that says 127.0.0.1', { headers: { host: '127.0.0.1:4000' } }, 1],
    ['one that says ::1', { headers: { host: '[::1]:4000' }, remoteAddress: '::1' }, 1],
    ['a mapped address', { remoteAddress: '::ffff:127.0.0.1' }, 1],
    ['another machine', { remoteAddress: '192.168.1.7' }, 0],
    ['another machine by IPv6', { remoteAddress: '2001:db8::1' }, 0],
    ['a mapped address of another machine', { remoteAddress: '::ffff:192.168.1.7' }, 0],
    ['nobody knows who', { remoteAddress: undefined }, 0],
    ['a name that was made to lead here', { headers: { host: 'evil.example:4000' } }, 0],
    ['a name that begins like ours', { headers: { host: 'localhost.evil.example' } }, 0],
    ['a name that begins like an address', { headers: { host: '127.0.0.1.evil.example' } }, 0],
    ['an address of the network', { headers: { host: '192.168.1.7:4000' } }, 0],
    ['no name', { headers: {} }, 0],
    ['through a proxy', { headers: { host: 'localhost:4000', 'x-forwarded-for': '203.0.113.9' } }, 0],
    [
      'through a proxy that says so otherwise',
      { headers: { host: 'localhost:4000', forwarded: 'for=203.0.113.9' } },
      0,
    ],
    ['through a cache', { headers: { host: 'localhost:4000', via: '1.1 cache' } }, 0],
    ['a frame of another origin', { headers: { host: 'localhost:4000', 'sec-fetch-site': 'cross-site' } }, 0],
  ])('%s', async (_who, changes, count) => {
    expect(await tokensFor(changes)).toBe(count);
  });
});

test('what is not a page is answered as before: JSON for JSON, and no query by a link', async () => {
  expect((await server().send('/graphql', { headers: { accept: 'application/json' } })).status).toBe(400);
  const link = await server().send(`/graphql?query=${encodeURIComponent('{ viewer { subject } }')}`, browser);
  expect([link.status, link.text]).toEqual([400, expect.stringContaining('CSRF')]);
  expect((await server().send('/ide/../package.json')).status).toBe(404);
  expect((await server().send('/ide/%2e%2e/package.json')).status).toBe(404);
  expect((await server().send('/ide/iframe-sandbox/index.html')).status).toBe(404);
  expect((await server().send('/ide/nothing.js')).status).toBe(404);
});

describe('in production', () => {
  let production: PosternServer;
  const classes = [
    { subjectType: 'user', issuer: 'https://id.example', audience: 'postern', jwksUrl: 'https://127.0.0.1:9/k' },
  ];

  beforeAll(async () => {
    production = await startPosternServer({
      databaseUrl: databaseUrl(),
      callers: example.callers,
      environment: {
        NODE_ENV: 'production',
        POSTERN_HOST: '127.0.0.1',
        POSTERN_TOKEN_CLASSES: JSON.stringify(classes),
      },
    });
    return () => production.stop();
  });

  test.each(['/', '/ide/', '/ide/index.html', '/ide/main.js', '/ide/start.js', '/ide/callers.json'])(
    'there is no %s',
    async (path) => {
      const { status, headers, errors } = await production.send(path, browser);
      expect([status, headers.get('content-type')]).toEqual([404, 'application/json; charset=utf-8']);
      expect(errors).toHaveLength(1);
    },
  );

  test('/graphql has no page, and nobody signs tokens', async () => {
    const { status, text } = await production.send('/graphql', browser);
    expect([status, text]).toEqual([400, expect.not.stringContaining('<html')]);
    expect(production.running).toMatchObject({ issuer: undefined, hasIde: false });
  });
});
