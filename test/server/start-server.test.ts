import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, createEmptyDatabase, useDatabase } from '../support/database.ts';
import { startPosternServer } from '../support/postern-server.ts';
import { type RunningMain, runMain } from '../support/run-main.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';

const databaseUrl = useDatabase();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-start-'));
});

afterAll(() => rm(folder, { recursive: true }));

const readyLine = /Postern is ready at (\S+)/;
const tokenLine = /user:eve {2}(\S+)/;
const example = ['serve', '--example', resolve('examples/creators')];
const question = JSON.stringify({ query: '{ viewer { can(permission: "can_edit", object: "track:aurora-2") } }' });
const yes = '{"data":{"viewer":{"can":true}}}\n';

const serve = (url = databaseUrl(), more: Readonly<Record<string, string>> = {}) =>
  runMain(example, { folder, environment: { DATABASE_URL: url, ...more } });

/** A question that the server has begun to read: its headers have arrived, its body has not. */
async function startAsking(url: string, token: string) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', expect: '100-continue' };
  const sending = request(url, { method: 'POST', headers: { ...headers, 'content-length': question.length } });
  const answer = once(sending, 'response').then(([response]) => text(response));
  answer.catch(() => undefined);
  sending.flushHeaders();
  await once(sending, 'continue');
  return { answer, finish: () => sending.end(question) };
}

async function addressOf(main: RunningMain): Promise<readonly [url: string, token: string]> {
  const [, url = ''] = await main.printed(readyLine);
  const [, token = ''] = await main.printed(tokenLine);
  return [url, token];
}

describe('a server does not start', () => {
  test.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'in production without settings',
      { NODE_ENV: 'production' },
      [
        '- DATABASE_URL is missing; in production it is required.',
        '- POSTERN_TOKEN_CLASSES is missing; in production it is required.',
      ],
    ],
    ['in what may have been meant to be production', { NODE_ENV: 'prod' }, ['Did you mean "production"?']],
    [
      'on a database that is not there',
      { DATABASE_URL: 'postgres://nobody:hunter2@127.0.0.1:9/none' },
      ['No PostgreSQL answers at "127.0.0.1:9". Next: start it, or correct DATABASE_URL.'],
    ],
  ])('%s', async (_what, environment, sentences) => {
    const { code, output, errors } = await runMain(['serve'], { folder, environment }).end;
    expect([code, output]).toEqual([1, expect.stringMatching(/^(?:Database: "none" of [^\n]*\n)?$/)]);
    for (const sentence of sentences) expect(errors).toContain(sentence);
    expect(output + errors).not.toMatch(/hunter2|\bat \S+ \(/);
  });

  test('on a port that is taken, and ends', { timeout: 60_000 }, async () => {
    await using first = serve();
    const { port } = new URL((await addressOf(first))[0]);
    const { code, errors } = await serve(databaseUrl(), { PORT: port }).end;
    expect(code).toBe(1);
    expect(errors).toBe(`The port ${port} is in use already. Next: stop what uses it, or set PORT to another one.\n`);
    const metrics = await serve(databaseUrl(), { POSTERN_METRICS_ADDRESS: `127.0.0.1:${port}` }).end;
    expect([metrics.code, metrics.errors]).toEqual([
      1,
      `Metrics cannot be served at "127.0.0.1:${port}", which is in use already. Next: set POSTERN_METRICS_ADDRESS to another address.\n`,
    ]);
  });
});

test('production has nothing of what is for development, whatever else it is told', { timeout: 60_000 }, async () => {
  const database = await createDatabase();
  const jwksUrl = 'https://127.0.0.1:9/keys';
  const classes = [{ subjectType: 'user', issuer: 'https://id.example', audience: 'postern', jwksUrl }];
  await using main = serve(database.url, {
    NODE_ENV: 'production',
    POSTERN_HOST: '127.0.0.1',
    POSTERN_DRAIN_MS: '0',
    POSTERN_TOKEN_CLASSES: JSON.stringify(classes),
  });
  const [, url = ''] = await main.printed(readyLine);
  const pages = [
    '/',
    '/graphql',
    '/ide/',
    '/ide/index.html',
    '/ide/start.js',
    '/ide/callers.json',
    '/.well-known/jwks.json',
  ];
  for (const path of pages) {
    const answer = await fetch(new URL(path, url), { headers: { accept: 'text/html,*/*' } });
    expect([path, answer.status, await answer.text()]).toEqual([
      path,
      path === '/graphql' ? 400 : 404,
      expect.stringMatching(/^\{"errors":\[/),
    ]);
  }
  main.signal('SIGTERM');
  expect((await main.end).output).not.toMatch(/Filled|token|eyJ|user:eve|browser/);
  await database.drop();
});

test('many servers start at once on one empty database', async () => {
  const database = await createEmptyDatabase();
  const store = 'model: |\n  model\n    schema 1.1\n  type user\n';
  const servers = await Promise.all(
    [store, undefined, undefined, undefined].map((given) =>
      startPosternServer({ databaseUrl: database.url, ...(given !== undefined && { store: given }) }),
    ),
  );
  for (const server of servers) {
    expect((await server.ask('{ viewer { subject } }', { as: 'user:ann' })).data).toEqual({
      viewer: { subject: 'user:ann' },
    });
    await expect.poll(async () => (await server.send('/health/ready')).status, { timeout: 20_000 }).toBe(200);
  }
  await Promise.all(servers.map((server) => server.stop()));
  await database.drop();
});

describe('SIGTERM', { timeout: 60_000 }, () => {
  test('lets a request finish whose body is still to come, and ends with 0', async () => {
    await using main = serve();
    const [url, token] = await addressOf(main);
    const asking = await startAsking(url, token);
    main.signal('SIGTERM');
    await main.printed(/Received SIGTERM; stopping\./);
    asking.finish();
    expect(await asking.answer).toBe(yes);
    expect(await main.end).toMatchObject({ code: 0, errors: '' });
  });

  test('lets a request finish that waits for the database, takes no new one, and ends with 0', async () => {
    const database = await createDatabase();
    await using proxy = await startTcpProxy(database.url);
    await using main = serve(proxy.url, { POSTERN_REQUEST_TIMEOUT_MS: '20000' });
    const [url, token] = await addressOf(main);
    proxy.freeze();
    const asking = await startAsking(url, token);
    asking.finish();
    main.signal('SIGTERM');
    await main.printed(/Received SIGTERM; stopping\./);
    await expect
      .poll(() =>
        fetch(url).then(
          () => 'taken',
          () => 'refused',
        ),
      )
      .toBe('refused');
    await proxy.mend();
    expect(await asking.answer).toBe(yes);
    expect(await main.end).toMatchObject({ code: 0, errors: '' });
    await database.drop();
  });

  test('for the second time ends it at once', async () => {
    await using main = serve();
    const [url, token] = await addressOf(main);
    const asking = await startAsking(url, token);
    main.signal('SIGTERM');
    await main.printed(/Received SIGTERM; stopping\./);
    main.signal('SIGINT');
    expect(await main.end).toMatchObject({ code: 1 });
    await expect(asking.answer).rejects.toThrow();
  });
});

test('a second start finds what the first one left: data, model and tokens', { timeout: 60_000 }, async () => {
  const database = await createDatabase();
  await using first = serve(database.url);
  const [url, token] = await addressOf(first);
  const ask = (at: string, query: string) =>
    fetch(at, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    }).then((response) => response.text());
  expect(await first.printed(/Filled the empty database/)).toBeDefined();
  first.signal('SIGTERM');
  expect(await first.end).toMatchObject({ code: 0 });

  const agents = { POSTERN_MCP: 'read', POSTERN_MCP_URL: 'http://localhost:4000/mcp' };
  await using second = serve(database.url, agents);
  const [again] = await addressOf(second);
  await second.printed(/Agents ask at http:\/\/localhost:4000\/mcp, for reading only \(POSTERN_MCP is "read"\)\./);
  expect(again).not.toBe(url);
  expect(await ask(again, '{ viewer { can(permission: "can_edit", object: "track:aurora-2") } }')).toBe(yes);
  second.signal('SIGINT');
  expect((await second.end).output).not.toContain('Filled the empty database');
  await database.drop();
});
