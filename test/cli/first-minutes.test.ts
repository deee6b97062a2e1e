import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRecord } from '../../src/base/canonical-json.ts';
import { type RunningMain, runMain } from '../support/run-main.ts';
import { runProgram } from '../support/run-program.ts';

const withinMs = 120_000;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-first-'));
});

afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

async function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  await using main = runMain(args, { folder, environment });
  return await main.end;
}

async function ask(url: string, token: string, query: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token.trim()}` };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return response.json();
}

test('init makes a folder whose tests pass, and says what comes next', { timeout: withinMs }, async () => {
  const made = await run(['init', 'my-model/']);
  expect([made.code, made.errors]).toEqual([0, '']);
  expect(made.output).toContain('npm run postern -- -C my-model/ serve');
  expect((await readdir(join(folder, 'my-model'))).toSorted()).toEqual([
    '.gitignore',
    'example.yaml',
    'model.fga',
    'store.fga.yaml',
    'store.invariants.yaml',
  ]);
  expect(await run(['init', 'my-model/'])).toMatchObject({
    code: 1,
    errors: expect.stringContaining('The folder "my-model/" holds ".gitignore" already. Next: name a new one.'),
  });
  const played = await run(['test', 'my-model/']);
  expect([played.code, played.output]).toEqual([0, expect.stringMatching(/ passed, 0 failed\n$/)]);
});

describe('a server in the folder', { timeout: withinMs }, () => {
  let server: RunningMain;
  let url: string;

  beforeAll(async () => {
    await run(['init', 'own/']);
    server = runMain(['-C', 'own/', 'serve'], { folder });
    url = (await server.printed(/Postern is ready at (\S+)/))[1] ?? '';
    return () => server[Symbol.asyncDispose]();
  }, withinMs);

  const here = (...args: readonly string[]) => run(['-C', 'own/', ...args]);

  test('has a database of its own, beside the model', async () => {
    await server.printed(/Database: PostgreSQL of its own, with its data in "\/.*\/own\/\.postern\/postgres"/);
    expect((await stat(join(folder, 'own', '.postern', 'postgres', 'data'))).isDirectory()).toBe(true);
    await expect(stat(join(folder, '.postern'))).rejects.toThrow('ENOENT');
  });

  test('offers callers whose queries are answered', async () => {
    const response = await fetch(new URL('/ide/callers.json', url));
    const answer: unknown = await response.json();
    const callers = isRecord(answer) ? (answer.callers as readonly { query: string; token: string }[]) : [];
    const answers = await Promise.all(callers.map(({ query, token }) => ask(url, token, query)));
    expect(answers).toEqual([
      {
        data: {
          viewer: { subject: 'user:ed' },
          _entities: [
            { id: 'roadmap', permissions: { canRead: true, canEdit: true, canDelete: false } },
            { id: 'budget', permissions: { canRead: false, canEdit: false, canDelete: false } },
          ],
        },
      },
      {
        data: {
          grantRole: {
            relationship: { subject: 'user:zoe', relation: 'viewer', object: 'document:roadmap' },
            userErrors: [],
          },
        },
      },
      { data: { checkPermissions: { decisions: [{ allowed: true }] } } },
    ]);
  });

  test('accepts the tokens that "postern token" prints while it runs, and they are all that it prints', async () => {
    const { code, output, errors } = await here('token', 'user:vic');
    expect([code, output.split('\n').length]).toEqual([0, 2]);
    expect(errors).toContain('runs it already; this command uses the same database.');
    expect(errors).not.toContain('No relationship names');
    expect((await here('token', 'user:vik')).errors).toContain('No relationship names "user:vik"');
    const query = '{ viewer { subject can(permission: "can_read", object: "document:budget") } }';
    expect(await ask(url, output, query)).toEqual({ data: { viewer: { subject: 'user:vic', can: true } } });
  });

  test('lets other commands work on its database', async () => {
    const changed = (await readFile(join(folder, 'own', 'model.fga'), 'utf8')).replace(
      'define can_delete: owner from folder',
      'define can_delete: editor or owner from folder',
    );
    await writeFile(join(folder, 'own', 'model.fga'), changed);
    expect(await here('model', 'publish', 'model.fga', '--activate')).toMatchObject({ code: 0 });
    const { output: token } = await here('token', 'user:ed');
    expect(await ask(url, token, '{ viewer { can(permission: "can_delete", object: "document:roadmap") } }')).toEqual({
      data: { viewer: { can: true } },
    });
    const schema = await here('schema');
    expect([schema.code, schema.output]).toEqual([0, expect.stringContaining('type DocumentPermissions')]);
    expect(await here('model', 'list')).toMatchObject({ code: 0, output: expect.stringMatching(/^2 .*, active\n1 /) });
  });

  test.each([
    [['token', 'usr:ann'], 'Did you mean "user"?'],
    [['token', 'user'], 'is not of the form "type:id"'],
    [['token', 'user:*'], 'is not one caller'],
    [
      ['token', 'user:ann', '--claim', 'territory=SE'],
      'The claim "territory" is not one of the "claims" in example.yaml',
    ],
    [['token', 'user:ann', '--claim', 'territory'], '"territory" is not of the form "name=value"'],
    [['token', 'user:ann', '--claim', 'territory=9007199254740993'], 'write it as text, in quotes'],
  ])('refuses %j', async (args, message) => {
    const { code, output, errors } = await runProgram(args, { folder: join(folder, 'own') });
    expect([code, output]).toEqual([1, '']);
    expect(errors).toContain(message);
  });
});

describe('tokens are for development', { timeout: withinMs }, () => {
  const classes = JSON.stringify([
    { subjectType: 'user', issuer: 'https://id.example', audience: 'postern', jwksUrl: 'https://id.example/k' },
  ]);

  test.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'in production',
      { NODE_ENV: 'production', DATABASE_URL: 'postgres://u@127.0.0.1:9/x', POSTERN_TOKEN_CLASSES: classes },
      'Postern signs no tokens in production',
    ],
    ['beside token classes', { POSTERN_TOKEN_CLASSES: classes }, 'POSTERN_TOKEN_CLASSES is set'],
  ])('and refused %s', async (_where, environment, message) => {
    const { code, output, errors } = await runProgram(['token', 'user:ann'], { folder, environment });
    expect([code, output]).toEqual([1, '']);
    expect(errors).toContain(message);
    await expect(stat(join(folder, '.postern'))).rejects.toThrow('ENOENT');
  });
});

test.each([
  [
    'stor: store.fga.yaml\n',
    ['example.yaml has no setting "stor". Did you mean "store"?', 'example.yaml.callers is missing.'],
  ],
  ['store: store.fga.yaml\ncallers: []\n', ['example.yaml.callers [] names nobody.']],
  [
    'store: a\ncallers: [{ subject: "user:ann", note: x, qery: "{ a }" }]\n',
    ['example.yaml.callers[0] has no setting "qery". Did you mean "query"?'],
  ],
  [
    'store: a\ncallers: [{ subject: "user:ann", note: x, query: "{ a " }]\n',
    ['example.yaml.callers[0].query is not GraphQL: Syntax Error: Expected Name, found <EOF>. (line 1, column 5)'],
  ],
  ['store: [a\n', ['"example.yaml" cannot be read']],
])('what is wrong in example.yaml is said: %j', { timeout: withinMs }, async (text, sentences) => {
  await writeFile(join(folder, 'example.yaml'), text);
  const { code, output, errors } = await runProgram(['serve'], { folder });
  await rm(join(folder, 'example.yaml'));
  expect([code, output]).toEqual([1, '']);
  for (const sentence of sentences) expect(errors).toContain(sentence);
});

test('a folder that is not there is said so, with the next step', { timeout: withinMs }, async () => {
  const { code, errors } = await run(['-C', 'nowhere/', 'serve']);
  expect([code, errors]).toEqual([
    1,
    'There is no folder "nowhere/" to work in. Next: make one with npm run postern -- init nowhere/\n',
  ]);
});
