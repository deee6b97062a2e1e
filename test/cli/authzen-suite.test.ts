import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runTestCommand } from '../../src/cli/store-file/test-command.ts';
import { entity, evaluation } from '../authzen/support/authzen-client.ts';
import { useDatabase } from '../support/database.ts';

const databaseUrl = useDatabase();

const store = `model: |
  model
    schema 1.1
  type user
  type doc
    relations
      define reader: [user]
      define editor: [user with is_open]
      define can_read: reader
      define can_edit: editor
  condition is_open(resource_status: string) {
    resource_status == "open"
  }
tuples:
  - { user: user:ann, relation: reader, object: doc:1 }
  - { user: user:bob, relation: reader, object: doc:1 }
  - { user: user:ann, relation: editor, object: doc:1, condition: { name: is_open } }
`;

/** What `postern test` prints about these files, without where they are, and its exit code. */
async function play(
  files: Readonly<Record<string, unknown>>,
): Promise<readonly [code: number, lines: readonly string[]]> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-authzen-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  const lines: string[] = [];
  const code = await runTestCommand({ paths: [folder], databaseUrl: databaseUrl(), print: (line) => lines.push(line) });
  return [code, lines.map((line) => line.replaceAll(folder, ''))];
}

const [yes, no] = ['user:ann read doc:1', 'user:eve read doc:1'].map((text) => evaluation(text));
const searchSubject = { subject: { type: 'user' }, action: { name: 'read' }, resource: entity('doc:1') };
const [ann, bob] = [entity('user:ann'), entity('user:bob')];
const status = 200;

/** Each case with what must come back, and with something else. */
const cases: readonly (readonly [endpoint: string, request: unknown, right: object, wrong: object])[] = [
  ['evaluation', yes, { status, decision: true }, { status, decision: false }],
  ['evaluation', no, { status, decision: false }, { status: 403 }],
  ['evaluation', {}, { status: 400 }, { status }],
  ['evaluations', { evaluations: [yes, no] }, { status, decisions: [true, false] }, { status, decisions: [true] }],
  ['evaluations', { evaluations: [yes, no] }, { status, length: 2 }, { status, length: 3 }],
  ['evaluations', yes, { status, decision: true }, { status, length: 1 }],
  ['search/subject', searchSubject, { status, includes: [ann] }, { status, includes: [entity('user:eve')] }],
  ['search/subject', { ...searchSubject, subject: ann }, { status, sameAs: '7' }, { status, sameAs: '10' }],
  ['search/subject', { ...searchSubject, page: { limit: 1 } }, { status, pages: true }, { status, results: [ann] }],
  [
    'search/action',
    { subject: ann, resource: entity('doc:1') },
    { status, results: [{ name: 'read' }] },
    { status, results: [] },
  ],
  [
    'search/resource',
    { subject: ann, action: { name: 'read' }, resource: { type: 'doc' } },
    { status, results: [entity('doc:1')] },
    { status, results: [entity('doc:2')] },
  ],
];
const suiteOf = (which: 2 | 3) => ({
  cases: cases.map(([endpoint, request, ...expected], index) => ({
    id: `${index + 1}`,
    endpoint,
    request,
    expect: expected[which - 2],
  })),
  rawBodies: [
    {
      id: 'raw',
      endpoint: 'evaluation',
      contentType: 'text/plain',
      body: '{}',
      expect: { status: which === 2 ? 400 : 415 },
    },
  ],
});

test('a suite of AuthZEN is played, with a store file of its name', async () => {
  const [code, lines] = await play({ 'certification.json': suiteOf(2), 'fixtures/certification.fga.yaml': store });
  expect([code, ...lines]).toEqual([
    0,
    'Playing 12 cases of AuthZEN in "/certification.json", three times each.',
    // One of them has pages, so that it is asked what it says of itself as well.
    '13 passed, 0 failed',
  ]);
});

test('each answer that is another one is told', async () => {
  const [code, lines] = await play({ 'certification.json': suiteOf(3), 'certification.fga.yaml': store });
  expect(code).toBe(1);
  const failed = lines.flatMap((line) => /^FAILED \S+ › (\S+)\n.*actual {3}([a-z ]+):/s.exec(line)?.slice(1) ?? []);
  expect(failed).toEqual([
    ...['1', 'another decision', '2', 'another status', '3', 'another status', '4', 'other decisions'],
    ...['5', 'not a decision for each', '6', 'not a decision for each', '7', 'not all that it includes'],
    ...[
      '8',
      'other results than that case',
      '9',
      'a last page that is none',
      '10',
      'other results',
      '11',
      'other results',
    ],
    ...['raw', 'another status'],
  ]);
});

test('decisions of the interoperability tests are played, and belong to the store file of their folder or of what they are', async () => {
  const decisions = (right: boolean) => ({
    evaluation: [{ request: evaluation('user:ann can_read doc:1'), expected: right }],
    evaluations: [{ request: { evaluations: [yes, no] }, expected: [{ decision: true }, { decision: !right }] }],
  });
  const searches = (found: readonly object[]) => ({
    search: [{ request: searchSubject, expected: { results: found } }],
  });
  const files = { 'fixtures/todo.fga.yaml': store, 'fixtures/search.fga.yaml': store };
  const right = { 'interop/todo/decisions.json': decisions(true), 'interop/idp/results.json': searches([bob, ann]) };
  const [code, lines] = await play({ ...files, ...right, 'package.json': { name: 'of another program' } });
  expect([code, lines.at(-1)]).toEqual([0, '3 passed, 0 failed']);
  const wrong = { 'interop/todo/decisions.json': decisions(false), 'interop/idp/results.json': searches([ann]) };
  expect((await play({ ...files, ...wrong }))[1].at(-1)).toBe('0 passed, 3 failed');
});

test('a suite without a store file is named', async () => {
  await expect(play({ 'certification.json': suiteOf(2) })).rejects.toThrow(
    /certification\.json" has no store file\. Next: name one "certification\.fga\.yaml" or/,
  );
});
