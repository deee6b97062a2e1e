import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runTestCommand } from '../../src/cli/store-file/test-command.ts';
import { useDatabase } from '../support/database.ts';

const databaseUrl = useDatabase();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-cli-'));
});

afterEach(() => rm(folder, { recursive: true }));

type Files = Readonly<Record<string, string>>;

/** Plays files that are written to a folder of their own; returns the exit code and what was printed. */
async function play(files: Files, ...names: string[]): Promise<readonly [code: number, output: string]> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const lines: string[] = [];
  const paths = names.length > 0 ? names.map((name) => join(folder, name)) : [folder];
  const code = await runTestCommand({ paths, databaseUrl: databaseUrl(), print: (line) => lines.push(line) });
  return [code, lines.join('\n').replaceAll(folder, '')];
}

const model = `model: |
  model
    schema 1.1
  type user
  type team
    relations
      define member: [user, team#member]
  type doc
    relations
      define viewer: [user, user with in_time, team#member]
      define can_view: viewer
  condition in_time(now: timestamp, until: timestamp) {
    now < until
  }
tuples:
  - { user: user:ann, relation: viewer, object: doc:1 }
  - { user: "team:eng#member", relation: viewer, object: doc:1 }
  - { user: user:tim, relation: viewer, object: doc:1, condition: { name: in_time, context: { until: "2026-01-01T00:00:00Z" } } }
`;
const tests = (text: string) => `${model}tests:\n  - name: one\n${text}`;
const check = (user: string, expected: boolean, more = '') =>
  `    check:\n      - { user: ${user}, object: doc:1, assertions: { can_view: ${expected} }${more} }\n`;

/** One file with a test for each row; playing many at once costs little more than one. */
const fileOf = (rows: readonly (readonly [string, string, ...string[]])[]) =>
  `${model}tests:\n${rows.map(([name, text]) => `  - name: ${name}\n${text}`).join('')}`;

describe('a store file', () => {
  const right: readonly (readonly [string, string])[] = [
    ['a permission that is there', check('user:ann', true)],
    ['a permission that is not there', check('user:bob', false)],
    ['a subject set', check('"team:eng#member"', true)],
    ['context', check('user:tim', true, ', context: { now: "2025-06-01T00:00:00Z" }')],
    [
      'a relationship of the question',
      check('user:bob', true, ', contextual_tuples: [{ user: user:bob, relation: viewer, object: doc:1 }]'),
    ],
    [
      'a relationship of the test',
      `    tuples: [{ user: user:bob, relation: member, object: team:eng }]\n${check('user:bob', true)}`,
    ],
    [
      'several users and objects',
      '    check:\n      - { users: [user:ann, user:bob], objects: [doc:2, doc:3], assertions: { can_view: false } }\n',
    ],
    [
      'a list of objects',
      '    list_objects:\n      - { user: user:ann, type: doc, assertions: { can_view: [doc:1] } }\n',
    ],
    [
      'a list of users',
      '    list_users:\n      - { object: doc:1, user_filter: [{ type: team, relation: member }], assertions: { can_view: { users: ["team:eng#member"] } } }\n',
    ],
  ];

  test('passes for whatever is as it says', async () => {
    const [code, output] = await play({ 'a.fga.yaml': fileOf(right) });
    expect([code, output]).toEqual([
      0,
      expect.stringMatching(/^Playing 12 assertions of 9 tests .*\n12 passed, 0 failed$/s),
    ]);
  });

  const wrong: readonly (readonly [string, string, string, string, string])[] = [
    ['a permission that is there', check('user:ann', false), 'user:ann can_view doc:1', 'denied', 'allowed'],
    ['a permission that is not there', check('user:bob', true), 'user:bob can_view doc:1', 'allowed', 'denied'],
    [
      'what cannot be decided, which is no denial',
      check('user:tim', false),
      'user:tim can_view doc:1',
      'denied',
      'MISSING_CONTEXT',
    ],
    ['an unknown type', check('usr:ann', false), 'usr:ann can_view doc:1', 'denied', 'UNKNOWN_TYPE'],
    [
      'a subject that is none',
      check('"user:"', false),
      'user: can_view doc:1',
      'denied',
      'The id of the subject "user:" is empty.',
    ],
    [
      'a relationship that the model does not admit',
      check('user:ann', false, ', contextual_tuples: [{ user: doc:1, relation: viewer, object: doc:1 }]'),
      'user:ann can_view doc:1',
      'denied',
      'The relation "viewer" of "doc:1" does not take "doc:1"',
    ],
    [
      'a list that is longer',
      '    list_objects:\n      - { user: user:ann, type: doc, assertions: { can_view: [] } }\n',
      'every doc that user:ann has can_view on',
      '[]',
      '[doc:1]',
    ],
    [
      'a list that is shorter',
      '    list_objects:\n      - { user: user:bob, type: doc, assertions: { can_view: [doc:1] } }\n',
      'every doc that user:bob has can_view on',
      '[doc:1]',
      '[]',
    ],
  ];

  test('fails for whatever is not, and says what it is instead', async () => {
    const [code, output] = await play({ 'a.fga.yaml': fileOf(wrong) });
    for (const [test, , name, expected, actual] of wrong) {
      expect(output).toContain(
        `FAILED /a.fga.yaml › ${test} › ${name}\n       expected ${expected}\n       actual   ${actual}`,
      );
    }
    expect([code, output]).toEqual([1, expect.stringMatching(/\n0 passed, 8 failed$/)]);
  });

  test('fails as a whole when its model or a relationship is refused', async () => {
    const broken = tests(check('user:bob', false));
    const [code, output] = await play({
      'a.fga.yaml': broken.replace('can_view: viewer', 'can_view: viewr'),
      'b.fga.yaml': broken.replace('user: user:ann', 'user: doc:2'),
    });
    expect(output).toMatch(/actual {3}The model was refused: 10:22: .*"viewr"/);
    expect(output).toMatch(/actual {3}The relationships were refused: .*does not take "doc:2"/);
    expect([code, output]).toEqual([1, expect.stringMatching(/\n0 passed, 2 failed$/)]);
  });

  test('may keep its model and relationships in other files', async () => {
    const files = {
      'fga.mod': "schema: '1.2'\ncontents: [core.fga, docs.fga]\n",
      'core.fga': 'module core\ntype user\n',
      'docs.fga': 'module docs\ntype doc\n  relations\n    define viewer: [user]\n    define can_view: viewer\n',
      'all.yaml': '- { user: user:ann, relation: viewer, object: doc:1 }\n',
      'more/one.yaml': '- { user: user:bob, relation: viewer, object: doc:1 }\n',
      'tests/a.fga.yaml': `model_file: ../fga.mod\ntuple_files: [../all.yaml]\ntests:\n  - name: one\n    tuple_file: ../more/one.yaml\n${check('user:ann', true)}      - { user: user:bob, object: doc:1, assertions: { can_view: true } }\n  - name: two\n${check('user:bob', false)}`,
    };
    expect(await play(files)).toEqual([
      0,
      expect.stringMatching(/^Playing 3 assertions of 2 tests .*\n3 passed, 0 failed$/s),
    ]);
  });
});

describe('a suite file', () => {
  const stage = (expectation: boolean, more = '') => `
      - model: |
          model
            schema 1.1
          type user
          type doc
            relations
              define viewer: [user]
        ${more}
        checkAssertions:
          - { tuple: { user: user:ann, relation: viewer, object: doc:1 }, expectation: ${expectation} }
          - { tuple: { user: user:ann, relation: viewr, object: doc:1 }, errorCode: 2000 }`;
  const suite = (...stages: string[]) => `tests:\n  - name: s\n    stages:${stages.join('')}\n`;
  const written = 'tuples: [{ user: user:ann, relation: viewer, object: doc:1 }]';

  test.each([
    [
      'with what is stored and with what comes along',
      suite(stage(true, written)),
      [0, /^Playing 4 .*\n4 passed, 0 failed$/s],
    ],
    [
      'stage after stage on the same store',
      suite(stage(false), stage(true, written), stage(true)),
      [0, /\n6 passed, 0 failed$/],
    ],
    [
      'and fails where it must',
      suite(stage(false), stage(false, written)),
      [1, /stage 2 › user:ann viewer doc:1\n.*denied\n.*allowed\n3 passed, 1 failed$/],
    ],
  ])('is played %s', async (_how, text, [code, output]) => {
    expect(await play({ 'suite.yaml': text })).toEqual([code, expect.stringMatching(output as RegExp)]);
  });
});

test('tests that fail without a mistake score nothing', async () => {
  const path = join(folder, 'a.fga.yaml');
  const score = async (isRight: boolean) => {
    await writeFile(path, tests(check('user:ann', isRight)));
    return runTestCommand({ paths: [path], databaseUrl: databaseUrl(), mutationScore: true, print: () => {} });
  };
  await expect(score(false)).rejects.toThrow('A test fails without any mistake in the model. Next: ');
  expect(await score(true)).toBe(0);
});

describe('a run', () => {
  test.each<readonly [string, Files, readonly string[]]>([
    ['an empty folder', {}, []],
    ['a file without tests', { 'a.fga.yaml': model }, []],
    ['a folder with other YAML only', { 'settings.yaml': 'a: 1\n' }, []],
  ])('of %s has shown nothing', async (_what, files, names) => {
    expect(await play(files, ...names)).toEqual([
      1,
      expect.stringMatching(/\n0 passed, 0 failed\nNothing is asked in .* Next: write "check"/),
    ]);
  });

  test.each<readonly [string, Files, readonly string[], string]>([
    ['no file', {}, ['none.fga.yaml'], 'There is no file "/none.fga.yaml". Next: name one that is there.'],
    [
      'no YAML',
      { 'a.fga.yaml': 'a: [' },
      [],
      '"/a.fga.yaml" cannot be read: line 1, "a: [", does not close a "[" before it; write "]".',
    ],
    ['no model', { 'a.fga.yaml': 'tests: []' }, [], 'neither "model" nor "model_file"'],
    [
      'a model that is not there',
      { 'a.fga.yaml': 'model_file: none.fga\ntests: []' },
      [],
      'There is no file "/none.fga".',
    ],
    [
      'a key that nobody reads',
      { 'a.fga.yaml': tests(check('user:ann', true)).replace('check:', 'chekc:') },
      [],
      '/a.fga.yaml.tests[0] has no setting "chekc". Did you mean "check"?',
    ],
    [
      'a relationship with such a key',
      { 'a.fga.yaml': tests(check('user:ann', true)).replace('condition:', 'conditon:') },
      [],
      '/a.fga.yaml.tuples[2] has no setting "conditon". Did you mean "condition"?',
    ],
    [
      'a check of nobody',
      { 'a.fga.yaml': tests('    check:\n      - { object: doc:1, assertions: { can_view: true } }\n') },
      [],
      '/a.fga.yaml.tests[0].check[0].user is missing.',
    ],
    [
      'an answer that is none',
      {
        'a.fga.yaml': tests('    check:\n      - { user: user:ann, object: doc:1, assertions: { can_view: maybe } }\n'),
      },
      [],
      '/a.fga.yaml.tests[0].check[0].assertions.can_view "maybe" is not true or false.',
    ],
    [
      'a list of relationships',
      { 'a.fga.yaml': '- { user: user:ann, relation: viewer, object: doc:1 }' },
      [],
      '/a.fga.yaml [{"user":"user:ann","relation":"viewer","object":"doc:1"}] is not an object.',
    ],
    [
      'an invariant with such a key, and a word that is none',
      {
        's.fga.yaml': model,
        'a.invariants.yaml': 'store: s.fga.yaml\ninvariants: [{ name: a, subject: user:a, excpet: [], given: each }]',
      },
      ['a.invariants.yaml'],
      '/a.invariants.yaml.invariants[0].given "each" is not "nothing", "each role" or "all roles".\n/a.invariants.yaml.invariants[0] has no setting "excpet". Did you mean "except"?',
    ],
    ...(
      [
        [
          'an invariant that excepts what is no permission',
          'except: [can_veiw]',
          '"except" has the unknown name "can_veiw". Did you mean "can_view"?',
        ],
        [
          'an invariant without a role that there is not',
          'withoutRoles: [viewr]',
          '"withoutRoles" has the unknown name "viewr". Did you mean "viewer"?',
        ],
        ['an invariant about an unknown type', 'subject: usr:a', 'Unknown type "usr". Did you mean "user"?'],
      ] as const
    ).map(([what, key, sentence]): [string, Files, string[], string] => [
      what,
      {
        's.fga.yaml': model,
        'a.invariants.yaml': `store: s.fga.yaml\ninvariants: [{ name: a, ${key.startsWith('subject') ? key : `subject: user:a, ${key}`} }]`,
      },
      ['a.invariants.yaml'],
      `The invariant "a" is not valid: ${sentence}`,
    ]),
  ])('of %s says so', async (_what, files, names, message) => {
    const error = await play(files, ...names).then(String, (thrown: Error) => thrown.message.replaceAll(folder, ''));
    expect(error).toContain(message);
  });

  test('of several tests starts each on an empty store, and leaves the database as it was', async () => {
    const second = `  - name: two\n    tuples: [{ user: user:new, relation: viewer, object: doc:1 }]\n${check('user:new', true)}  - name: three\n${check('user:new', false)}`;
    expect(await play({ 'a.fga.yaml': `${tests(check('user:new', false))}${second}` })).toEqual([
      0,
      expect.stringMatching(/\n3 passed, 0 failed$/),
    ]);
    const sql = postgres(databaseUrl(), { max: 1 });
    const [left] =
      await sql`select (select count(*)::int from model) as models, (select count(*)::int from pg_database where datname like 'postern_test_%' and datname <> current_database()) as scratch`;
    await sql.end();
    expect(left).toMatchObject({ models: 0 });
  });

  test("of the creators' example passes all its checks and lists", { timeout: 60_000 }, async () => {
    const lines: string[] = [];
    const code = await runTestCommand({
      paths: ['examples/creators/store.fga.yaml'],
      databaseUrl: databaseUrl(),
      print: (line) => lines.push(line),
    });
    expect([code, lines.filter((line) => line.startsWith('FAILED'))]).toEqual([0, []]);
    expect(Number(/^(\d+) passed/.exec(lines.at(-1) ?? '')?.[1])).toBeGreaterThan(100);
  });
});
