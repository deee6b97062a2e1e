import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeFailure } from '../../src/cli/describe-failure.ts';
import { createProgram } from '../../src/cli/program.ts';
import type { Environment } from '../../src/server/config/environment.ts';
import { readConfig } from '../../src/server/config.ts';
import { createEmptyDatabase, useDatabase } from '../support/database.ts';
import { publish, usePostern } from '../support/postern.ts';

const databaseUrl = useDatabase();
const postern = usePostern(databaseUrl);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-wrong-'));
  await publish(postern(), model);
  await mkdir(join(folder, 'mind'));
  for (const name of ['file', 'model.fga', 'store.fga.yaml']) await writeFile(join(folder, name), model);
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
    ['hlp', 'There is no command "hlp". Did you mean "help"? Next: npm run postern -- --help'],
    ['help modle', 'There is no command "modle". Did you mean "model"? Next: npm run postern -- --help'],
    ['help model publsh', 'There is no command "publsh". Did you mean "publish"? Next: npm run postern -- --help'],
    ['model publish', 'The argument "path" is missing. Next: npm run postern -- model publish --help'],
    ['serve --example', 'The option "--example" needs its <folder>. Next: npm run postern -- serve --help'],
    ['migrate now', 'The command "migrate" takes no "now": leave it out. Next: npm run postern -- migrate --help'],
    [
      'lint a.graphql --require-guards mutation',
      'The option "--require-guards" takes no "mutation". Did you mean "mutations"? Next: npm run postern -- lint --help',
    ],
    ['-C FOLDER/file list', '"FOLDER/file" is no folder to work in. Next: name the folder that it is in.'],
    ['-C FOLDER/mine migrate', 'There is no folder "FOLDER/mine" to work in. Did you mean "mind"?'],
    ['init FOLDER/file', '"FOLDER/file" is not a folder. Next: name a new one.'],
    ['init FOLDER/file/new', '"FOLDER/file/new" is not a folder. Next: name a new one.'],
    [
      'token ben',
      'The subject "ben" is not of the form "type:id". Next: write a type of the model before a ":", as in "user:ann".',
    ],
    [
      'token user:',
      'The id of the subject "user:" is empty. Next: write a type of the model before a ":", as in "user:ann".',
    ],
    [
      'test FOLDER/mind',
      'Playing 0 assertions of 0 tests on an empty database. 0 passed, 0 failed Nothing is asked in "FOLDER/mind". Next: write "check", "list_objects" or "list_users" into a "*.fga.yaml" file: docs/testing.md',
    ],
    ['test FOLDER/store.fga.yam', 'There is no file "FOLDER/store.fga.yam". Did you mean "FOLDER/store.fga.yaml"?'],
    [
      'test FOLDER/model.fga',
      '"FOLDER/model.fga" holds a model, and no tests. Next: name a "*.fga.yaml" or "*.invariants.yaml" file, or a folder of them.',
    ],
    [
      'import FOLDER/model.fga',
      '"FOLDER/model.fga" is a model, and no store file that names one. Next: npm run postern -- model publish FOLDER/model.fga --activate',
    ],
    ['model publish FOLDER/modle.fga', 'There is no file "FOLDER/modle.fga". Did you mean "FOLDER/model.fga"?'],
    [
      'model publish FOLDER/store.fga.yaml',
      '"FOLDER/store.fga.yaml" is no model. Next: name the ".fga" file that its "model_file" names.',
    ],
    [
      'access-report course:algebra --output FOLDER/nowhere/a.csv',
      'There is no folder that "FOLDER/nowhere/a.csv" could be in. Next: make it, or name another one.',
    ],
    ['access-report course:algebra --output FOLDER/mind', '"FOLDER/mind" is a folder. Next: name a file in it.'],
    ['access-report cuorse:algebra', 'Unknown type "cuorse". Did you mean "course"?'],
    [
      'lint htp://127.0.0.1:9/graphql',
      '"htp://127.0.0.1:9/graphql" is no "http://" or "https://" address, and no file.',
    ],
    [
      'lint http://127.0.0.1:9/graphql',
      'Nothing answers at "http://127.0.0.1:9/graphql". Next: start the subgraph, or name its file.',
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

/** Each wrong text, in a file of that name, and all that is said of it. */
describe.each<readonly [command: string, rows: readonly (readonly [name: string, text: string, message: string])[]]>([
  [
    'model publish FOLDER/wrong/NAME --dry-run',
    [
      [
        'a.fga',
        model.replace('[user]\n    define member', '[usr]\n    define member'),
        'The model "FOLDER/wrong/a.fga" was refused. 9:22: Unknown type "usr". Did you mean "user"?',
      ],
      [
        'b.fga',
        model.replace('schema', 'shema'),
        'The model "FOLDER/wrong/b.fga" was refused. 2:3: A line of a model does not begin with "shema". Did you mean "schema"?',
      ],
      [
        'c.fga',
        `${model.replace('teacher: [user]', 'teacher: [user with in_tern]')}condition in_term(term: string) {\n  term == "x"\n}\n`,
        'The model "FOLDER/wrong/c.fga" was refused. 9:32: Unknown condition "in_tern". Did you mean "in_term"?',
      ],
      [
        'a.json',
        '{ "schema_version": "1.1", "type_definitions": [{ "tpye": "user" }] }',
        '"FOLDER/wrong/a.json" is no model in JSON. a.json.type_definitions[0] has no setting "tpye". Did you mean "type"?',
      ],
      [
        'b.json',
        '{ "schema_version": "1.1", "type_definitions": [{ "type": "user", "relatons": {} }] }',
        '"FOLDER/wrong/b.json" is no model in JSON. b.json.type_definitions[0] has no setting "relatons". Did you mean "relations"?',
      ],
      ['c.json', '', 'The file "FOLDER/wrong/c.json" is empty. Next: write a model into it.'],
      [
        'a.mod',
        "schem: '1.2'\ncontents: [a.fga]\n",
        'FOLDER/wrong/a.mod has no setting "schem". Did you mean "schema"?',
      ],
      [
        'b.mod',
        "schema: '1.3'\ncontents: [a.txt, ../a.fga]\n",
        'FOLDER/wrong/b.mod.schema "1.3" is not "1.2", the schema of modules. FOLDER/wrong/b.mod.contents[0] "a.txt" is not the path of a ".fga" file in the folder of the list. FOLDER/wrong/b.mod.contents[1] "../a.fga" is not the path of a ".fga" file in the folder of the list.',
      ],
      ['c.mod', '', 'The file "FOLDER/wrong/c.mod" is empty. Next: write "schema:", "contents:" into it.'],
    ],
  ],
  [
    'import FOLDER/wrong/NAME --dry-run',
    [
      [
        'a.fga.yaml',
        '',
        'The file "FOLDER/wrong/a.fga.yaml" is empty. Next: write "name:", "model:", "model_file:", "tuples:", "tuple_file:", "tuple_files:", "tests:" into it.',
      ],
      [
        'b.fga.yaml',
        'tuples:\n  - { usr: "user:a", relation: b, object: "c:d" }\n',
        'FOLDER/wrong/b.fga.yaml.tuples[0] has no setting "usr". Did you mean "user"?',
      ],
      [
        'c.fga.yaml',
        'tuples:\n  - { user: "user:a"\ntests: []\n',
        '"FOLDER/wrong/c.fga.yaml" cannot be read: line 3, "tests: []", does not close a "{" before it; write "}".',
      ],
      [
        'd.fga.yaml',
        'model_file: a\nmodel_file: b\n',
        '"FOLDER/wrong/d.fga.yaml" cannot be read: line 2, "model_file: b", says the key "model_file" a second time; leave one of them out.',
      ],
      [
        'e.fga.yaml',
        'model_file: *model\n',
        '"FOLDER/wrong/e.fga.yaml" cannot be read: line 1 refers to "*model", which is nowhere; write text in quotes.',
      ],
      [
        'f.fga.yaml',
        'model_file: ../model.fga\ntuples:\n\t- a\n',
        '"FOLDER/wrong/f.fga.yaml" cannot be read: line 3, "- a", begins with a tab; indent with spaces.',
      ],
      [
        'g.fga.yaml',
        'tests: []\n',
        '"FOLDER/wrong/g.fga.yaml" has neither "model" nor "model_file". Next: write one of them.',
      ],
      [
        'h.fga.yaml',
        'model_file: ../model.fga\ntuple_file: ../file\n',
        'The relationships in "FOLDER/file" are in no known form. Next: name it .yaml, .yml, .json, .jsonl, .csv.',
      ],
    ],
  ],
  [
    'test FOLDER/wrong/NAME',
    [
      [
        'i.fga.yaml',
        'model_file: ../model.fga\ntests:\n  - check:\n      - { usr: "user:a", object: "course:a", assertions: { can_read: true } }\n',
        'FOLDER/wrong/i.fga.yaml.tests[0].check[0] has no setting "usr". Did you mean "user"?',
      ],
      [
        'j.fga.yaml',
        'model_file: ../model.fga\ntests:\n  - list_users:\n      - { object: "course:a", user_filter: [{ type: user }], assertions: { can_read: { user: [] } } }\n',
        'FOLDER/wrong/j.fga.yaml.tests[0].list_users[0].assertions.can_read has no setting "user". Did you mean "users"?',
      ],
      [
        'a.invariants.yaml',
        'store: k.fga.yaml\ninvariants:\n  - { name: a, subject: "user:x", context: { tern: 1 } }\n',
        'The test file "FOLDER/wrong/a.invariants.yaml" cannot be read: There is no file "FOLDER/wrong/k.fga.yaml". Next: name one that is there.',
      ],
    ],
  ],
])('%s', (command, rows) => {
  beforeAll(() => mkdir(join(folder, 'wrong'), { recursive: true }));

  test.each(rows)('%s %j', async (name, text, message) => {
    await writeFile(join(folder, 'wrong', name), text);
    try {
      await expectFailure(command.replace('NAME', name).split(' '), message);
    } finally {
      await rm(join(folder, 'wrong', name));
    }
  });
});

describe('relationships in a file that a store names', () => {
  test.each<readonly [name: string, text: string, message: string]>([
    ['t.csv', '', 'The file "FOLDER/t.csv" is empty. Next: write relationships into it, or leave it out.'],
    [
      't.csv',
      'user_typ,user_id\n',
      'The first line of "FOLDER/t.csv" has the unknown column "user_typ". Did you mean "user_type"?',
    ],
    ['t.csv', 'user_type;user_id\n', 'The first line of "FOLDER/t.csv" separates columns with ";"; write ",".'],
    [
      't.csv',
      'user_type,user_id,relation,object_type,object_id\nuser,a,teacher\n',
      'Line 2 of "FOLDER/t.csv", "user,a,teacher", does not have as many columns as the first line; write a "," for each, also where nothing stands.',
    ],
    [
      't.csv',
      'user_type,user_id,relation,object_type,object_id\n"user,a\n',
      'Line 2 of "FOLDER/t.csv", "\\"user,a", does not close its quotes, or has some inside of a value; write them twice there.',
    ],
    ['t.jsonl', '\n', 'The file "FOLDER/t.jsonl" is empty. Next: write relationships into it, or leave it out.'],
    [
      't.jsonl',
      '{"user":"user:a","relaton":"teacher","object":"course:x"}',
      'FOLDER/t.jsonl:1 has no setting "relaton". Did you mean "relation"?',
    ],
    ['t.json', '[{"user":7,"relation":"teacher","object":"course:x"}]', 'FOLDER/t.json[0].user 7 is not text.'],
    [
      't.yaml',
      '- { user: "user:a", relation: teacher, objct: "course:x" }',
      'FOLDER/t.yaml[0] has no setting "objct". Did you mean "object"?',
    ],
  ])('%s %j', async (name, text, message) => {
    await writeFile(join(folder, name), text);
    await writeFile(join(folder, 'with.fga.yaml'), `model_file: model.fga\ntuple_file: ${name}\n`);
    await expectFailure(['import', 'FOLDER/with.fga.yaml', '--dry-run'], message);
  });
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
      'speaks no TLS',
      (url) => Object.assign(url, { search: '?sslmode=require' }),
      'The database ended the connection. Next: see that it runs, that DATABASE_URL is its port, and that it has a certificate if "sslmode" asks for one.',
    ],
    [
      'has its tables elsewhere',
      (url) => Object.assign(url, { search: '?search_path=nowhere' }),
      'The tables are not where DATABASE_URL looks for them. Next: correct its "search_path", or leave it out.',
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
      const join = 'GRANT postern_app TO "only_reads";';
      const name = new URL(empty.url).pathname.slice(1);
      for (const [url, message] of [
        [
          databaseUrl(),
          `The user "only_reads" is no member of the role "postern_app", as which servers work. Next: say to the database, as an administrator: ${join}`,
        ],
        [
          empty.url,
          `The database "${name}" has no tables yet, and its user "only_reads" may not make all of what is needed. Next: say to the database, as an administrator: GRANT CREATE ON DATABASE "${name}" TO "only_reads"; GRANT CREATE ON SCHEMA "public" TO "only_reads"; ${join} or let "npm run postern -- migrate" run once with a DATABASE_URL of the owner of the database.`,
        ],
      ] as const) {
        const address = Object.assign(new URL(url), { username: 'only_reads', password: 'hunter2' }).href;
        await expectFailure(['model', 'list'], message, { DATABASE_URL: address });
      }
    } finally {
      await admin`drop role only_reads`;
      await admin.end();
      await empty.drop();
    }
  });
});
