import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeFailure } from '../../src/cli/describe-failure.ts';
import { createProgram } from '../../src/cli/program.ts';
import { readConfig } from '../../src/server/config.ts';
import type { Environment } from '../../src/server/environment.ts';
import { createEmptyDatabase, useDatabase } from '../support/database.ts';
import { publish, usePostern } from '../support/postern.ts';

const databaseUrl = useDatabase();
const postern = usePostern(databaseUrl);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-wrong-'));
  await publish(postern(), model);
});

afterAll(() => rm(folder, { recursive: true }));

const model = `model
  schema 1.1
type user
type platform
  relations
    define operator: [user]
type course
  relations
    define teacher: [user]
    define member: [user]
    define can_read: teacher or member
    define can_manage_access: teacher
`;

/** Everything that a command says when it fails, on one line. */
async function failureOf(args: readonly string[], environment: Environment = {}): Promise<string> {
  const said: string[] = [];
  const config = () => {
    const read = readConfig({ DATABASE_URL: databaseUrl(), PORT: '0', ...environment });
    if (read.ok) return read.value;
    throw new Error(read.problem.join('\n'));
  };
  const program = inProcess(createProgram({ config, print: (line) => said.push(line) }), (text) => said.push(text));
  const exitCode = process.exitCode;
  try {
    await program.parseAsync(
      args.map((one) => one.replaceAll('FOLDER', folder)),
      { from: 'user' },
    );
  } catch (error) {
    if (!(error instanceof Error && 'exitCode' in error)) said.push(describeFailure(error));
  } finally {
    process.exitCode = exitCode;
  }
  return said
    .join('\n')
    .replaceAll(folder, 'FOLDER')
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim();
}

/** Commander ends the process unless it is told not to. */
function inProcess(command: Command, write: (text: string) => void): Command {
  command.exitOverride().configureOutput({ writeErr: write, writeOut: write });
  for (const inner of command.commands) inProcess(inner, write);
  return command;
}

/** Nothing of the inside: no statement, no stack, no code of Node or of the driver, no password. */
const inside = /select |insert |Failed query|\bat \S+ \(|\bE[A-Z]{4,}\b|drizzle|hunter2|ZodError/;

async function expectFailure(args: readonly string[], message: string, environment?: Environment): Promise<void> {
  const said = await failureOf(args, environment);
  expect(said).toBe(message);
  expect(said).not.toMatch(inside);
}

describe('on the command line', () => {
  test.each<readonly [line: string, message: string]>([
    ['serv', 'There is no command "serv". Did you mean "serve"? Next: npm run postern -- --help'],
    ['modle list', 'There is no command "modle". Did you mean "model"? Next: npm run postern -- --help'],
    ['serve example', 'The command "serve" takes no "example". Next: leave it out.'],
    [
      'model publsh x.fga',
      'There is no command "publsh". Did you mean "publish"? Next: npm run postern -- model --help',
    ],
    [
      'test . --minium 9',
      'There is no option "--minium". Did you mean "--minimum"? Next: npm run postern -- test --help',
    ],
    [
      'test . --mutation-score --minimum lots',
      '"lots" is not a number from 0 to 100. Next: npm run postern -- test --help',
    ],
    ['test . --minimum 90', 'The option --minimum is for --mutation-score only. Next: give both, or leave it out.'],
    [
      'model activate latest',
      '"latest" is not the number of a model; "model list" prints them. Next: npm run postern -- model activate --help',
    ],
    [
      'lint a.graphql --format jsn',
      'The option "--format" takes no "jsn". Did you mean "json"? Next: npm run postern -- lint --help',
    ],
  ])('%s', async (line, message) => {
    await expectFailure(line.split(' '), message);
  });
});

test.each(['activate', 'show', 'diff'])('model %s 99, which was never published', async (command) => {
  const said = await failureOf(['model', command, '99'], { DATABASE_URL: databaseUrl() });
  expect(said).toMatch(/There is no model "99"(?:; the newest is "1")?\. Next: npm run postern -- model list$/);
});

describe('the database', () => {
  const other = (change: (url: URL) => void) => {
    const url = new URL(databaseUrl());
    change(url);
    return { DATABASE_URL: url.href };
  };

  test.each<readonly [what: string, change: (url: URL) => void, message: string | RegExp]>([
    [
      'does not run',
      (url) => Object.assign(url, { hostname: '127.0.0.1', port: '9', password: 'hunter2' }),
      'No PostgreSQL answers at "127.0.0.1:9". Next: start it, or correct DATABASE_URL.',
    ],
    [
      'has no host',
      (url) => Object.assign(url, { hostname: 'no-such-host.invalid' }),
      'The host "no-such-host.invalid" is not known. Next: correct DATABASE_URL.',
    ],
    [
      'has another password',
      (url) => Object.assign(url, { password: 'hunter2' }),
      'The database does not take the user or the password of DATABASE_URL. Next: correct DATABASE_URL.',
    ],
    [
      'does not know the user',
      (url) => Object.assign(url, { username: 'nobody', password: 'hunter2' }),
      'The database does not take the user or the password of DATABASE_URL. Next: correct DATABASE_URL.',
    ],
    [
      'is not there',
      (url) => Object.assign(url, { pathname: '/postgrse' }),
      'PostgreSQL has no database "postgrse". Did you mean "postgres"? Next: make one with "createdb", or correct DATABASE_URL.',
    ],
  ])('%s', async (_what, change, message) => {
    await expectFailure(['model', 'list'], String(message), other(change));
  });

  test('does not let the user change or read the tables', async () => {
    const empty = await createEmptyDatabase();
    const admin = postgres(databaseUrl(), { max: 1 });
    await admin`create role only_reads login password 'hunter2'`;
    try {
      for (const url of [databaseUrl(), empty.url]) {
        await expectFailure(
          ['model', 'list'],
          'The user of DATABASE_URL may not do this in the database. Next: let "npm run postern -- migrate" run once with a DATABASE_URL of the owner of the database, and make this user a member of "postern_app".',
          { DATABASE_URL: Object.assign(new URL(url), { username: 'only_reads', password: 'hunter2' }).href },
        );
      }
    } finally {
      await admin`drop role only_reads`;
      await admin.end();
      await empty.drop();
    }
  });
});
