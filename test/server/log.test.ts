import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, useDatabase } from '../support/database.ts';
import { runMain } from '../support/run-main.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';

const databaseUrl = useDatabase();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-log-'));
});

afterAll(() => rm(folder, { recursive: true }));

const question = '{ viewer { can(permission: "can_edit", object: "track:aurora-2") } }';

/** What a process said that are lines of the log. */
function linesOf(output: string): readonly Readonly<Record<string, unknown>>[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}

test('each line that a request causes names the request, its caller and its operation', {
  timeout: 60_000,
}, async () => {
  await using proxy = await startTcpProxy(databaseUrl());
  const environment = {
    DATABASE_URL: proxy.url,
    POSTERN_LOG_LEVEL: 'debug',
    POSTERN_REQUEST_TIMEOUT_MS: '500',
    // With one, the first connection that fails is the replica's, and the next one that of the question.
    POSTERN_REPLICA_MEMORY_MB: '0',
  };
  await using main = runMain(['serve', '--example', resolve('examples/creators')], { folder, environment });
  const [, url = ''] = await main.printed(/Postern is ready at (\S+)/);
  const [, token = ''] = await main.printed(/user:eve {2}(\S+)/);
  await proxy.cut();
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'x-request-id': 'page-1',
    },
    body: JSON.stringify({ query: question }),
  });
  expect(await answer.text()).toContain('AUTHORIZATION_UNAVAILABLE');
  await proxy.mend();
  main.signal('SIGTERM');
  const lines = linesOf((await main.end).output).filter(({ requestId }) => requestId === 'page-1');
  // What failed, what came of it, and the request itself, which is told at this level only.
  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
    [50, 'A connection to the database could not be made.'],
    [50, 'Permissions of a viewer could not be checked.'],
    [20, 'A request was answered.'],
  ]);
  for (const line of lines) expect(line).toMatchObject({ caller: 'user:eve', operation: 'query viewer' });
  expect(JSON.stringify(lines)).not.toContain(token);
  expect(lines[0]).toMatchObject({ err: { type: expect.any(String), message: expect.stringMatching(/\w/) } });
  expect(JSON.stringify(lines)).not.toMatch(/node_modules|\bat async\b|select |track:aurora/);
});

test('in production every line is JSON: of a start, of an end, and of a start that fails', {
  timeout: 120_000,
}, async () => {
  const database = await createDatabase();
  const classes = [
    { subjectType: 'user', issuer: 'https://id.example', audience: 'postern', jwksUrl: 'https://127.0.0.1:9/keys' },
  ];
  const environment = {
    NODE_ENV: 'production',
    DATABASE_URL: database.url,
    POSTERN_HOST: '127.0.0.1',
    POSTERN_LOG_LEVEL: 'info',
    POSTERN_DRAIN_MS: '0',
    POSTERN_TOKEN_CLASSES: JSON.stringify(classes),
  };
  await using main = runMain(['serve'], { folder, environment });
  await main.printed(/Postern is ready at \S+ as version/);
  main.signal('SIGTERM');
  const ended = await main.end;
  await database.drop();
  const away = await runMain(['serve'], { folder, environment }).end;
  const wrong = await runMain(['serve'], { folder, environment: { NODE_ENV: 'production' } }).end;
  for (const { output, errors } of [ended, away, wrong]) {
    const said = (output + errors).trim().split('\n');
    for (const line of said)
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), msg: expect.any(String) });
  }
  expect([ended.code, away.code, wrong.code]).toEqual([0, 1, 1]);
  expect(away.errors).toMatch(/PostgreSQL has no database .* Next: /);
  expect(wrong.errors).toContain('DATABASE_URL is missing; in production it is required.');
});
