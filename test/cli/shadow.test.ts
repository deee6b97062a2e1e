import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withShadow } from '#guard';
import { allowOnly } from '#guard/testing';
import { useDatabase } from '../support/database.ts';
import { dsl } from '../support/parse.ts';
import { publish, usePostern, write } from '../support/postern.ts';
import { runMain } from '../support/run-main.ts';
import { runProgram } from '../support/run-program.ts';

const database = useDatabase();
const postern = usePostern(database);
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-shadow-'));
  await publish(
    postern(),
    dsl({ user: {}, track: { owner: '[user]', can_edit: 'owner', can_hear: 'owner' }, album: { can_see: '[user]' } }),
  );
  await write(postern(), ['track:1#owner@user:ann']);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Line {
  readonly result: string;
  readonly permission?: string;
  readonly object?: string;
  readonly subject?: string;
  readonly old?: string;
  readonly at?: string;
  readonly type?: string;
}

const line = (given: Line) =>
  JSON.stringify({
    at: '2026-03-02T00:00:00.000Z',
    log: 'shadow',
    type: 'track',
    permission: 'can_edit',
    object: 'track:1',
    subject: 'user:ann',
    postern: 'allowed',
    old: 'allowed',
    ...given,
  });

const same = (permission: string, times = 2, type = 'track') =>
  Array.from({ length: times }, () => line({ result: 'same', permission, type }));
const whole = [...same('can_edit'), ...same('can_hear'), ...same('can_see', 2, 'album')];

async function run(command: string, lines: readonly string[], ...options: readonly string[]) {
  const file = join(folder, 'decisions.ndjson');
  await writeFile(file, `${lines.join('\n')}\n`);
  const { code, output } = await runProgram(['shadow', command, file, ...options], {
    environment: { DATABASE_URL: database() },
  });
  return { code, output: output.replaceAll(folder, 'FOLDER').trim().split('\n') };
}

describe('the exit criterion', () => {
  const report = (lines: readonly string[], ...options: readonly string[]) =>
    run('report', lines, '--minimum', '2', ...options);

  test.each<readonly [string, readonly string[], readonly string[]]>([
    ['each permission was compared often enough', whole, []],
    ['the old system allows more', [...whole, line({ result: 'old_allow' })], []],
    ['what nobody asks for is named', whole.slice(0, 4), ['--never-asked', 'album#can_see']],
    [
      'a difference is from before the window',
      [line({ result: 'old_deny', at: '2026-03-01T00:00:00Z' }), ...whole],
      ['--since', '2026-03-01T12:00:00Z'],
    ],
    ['other logs are in the same file', ['{"log":"decision","outcome":"denied"}', '', ...whole], []],
  ])('is met where %s', async (_what, lines, options) => {
    const { code, output } = await report(lines, ...options);
    expect([code, output.at(-1)]).toEqual([
      0,
      expect.stringMatching(/^The exit criterion is met: \d+ comparisons with/),
    ]);
  });

  test.each<readonly [string, readonly string[], readonly string[], string]>([
    [
      'one decision is denied by the old system only',
      [...whole, line({ result: 'old_deny' })],
      [],
      '"track#can_edit": 1 times Postern allowed for good what the old system denied, last at 2026-03-02T00:00:00.000Z.',
    ],
    [
      'a permission was never asked for',
      whole.slice(0, 4),
      [],
      '"album#can_see" was never asked; if nobody asks for it, say so with --never-asked album#can_see.',
    ],
    [
      'a permission was compared too rarely',
      whole.slice(1),
      [],
      '"track#can_edit" was compared 1 times, of 2 at least.',
    ],
    [
      'what came of it compared nothing',
      [...whole.slice(2), line({ result: 'error' }), line({ result: 'dropped' }), line({ result: 'undecided' })],
      [],
      '"track#can_edit" was compared 0 times, of 2 at least.',
    ],
    [
      'what nobody asks for is asked',
      whole,
      ['--never-asked', 'track#can_edit'],
      '"track#can_edit" is named as never asked, and was asked; take it out of --never-asked.',
    ],
    [
      'a permission is asked for that the model lacks',
      [...whole, ...same('can_old')],
      [],
      '"track#can_old" was asked for, and the model does not have it.',
    ],
    [
      'the window is empty',
      whole,
      ['--since', '2027-01-01T00:00:00Z', '--never-asked', 'album#can_see', '--never-asked', 'track#can_hear'],
      '"track#can_edit" was never asked; if nobody asks for it, say so with --never-asked track#can_edit.',
    ],
  ])('is not met where %s', async (_what, lines, options, problem) => {
    const { code, output } = await report(lines, ...options);
    const from = output.findIndex((text) => text.startsWith('The exit criterion is not met: '));
    expect([code, output.slice(from + 1)]).toEqual([1, [problem]]);
  });

  test.each<readonly [string, readonly string[], readonly string[], string]>([
    ['a line is cut off', [...whole, '{"log":"shad'], [], 'Line 7 of "FOLDER/decisions.ndjson" is no line of a log.'],
    ['a result is unknown', [line({ result: 'fine' })], [], 'Line 1 of "FOLDER/decisions.ndjson" is no line of a log.'],
    ['a time is none', [line({ result: 'same', at: 'today' })], [], 'is no line of a log.'],
    ['a name is misspelt', whole, ['--never-asked', 'track#can_edti'], 'Did you mean "track#can_edit"?'],
  ])('is not judged where %s', async (_what, lines, options, sentence) => {
    const { code, output } = await report(lines, ...options);
    expect([code, output.join(' ')]).toEqual([2, expect.stringContaining(sentence)]);
  });

  test('says how often what came of each permission', async () => {
    const { output } = await report([...whole, line({ result: 'old_allow' }), line({ result: 'error' })]);
    expect(output.slice(0, 3)).toEqual([
      'track#can_edit  same 2, old_allow 1, old_deny 0, undecided 0, error 1, dropped 0',
      'track#can_hear  same 2, old_allow 0, old_deny 0, undecided 0, error 0, dropped 0',
      'album#can_see  same 2, old_allow 0, old_deny 0, undecided 0, error 0, dropped 0',
    ]);
  });
});

describe('recorded questions are asked again', () => {
  const bob = { subject: 'user:bob' };
  test.each<readonly [string, readonly string[], number, readonly string[]]>([
    [
      'all alike',
      [line({ result: 'same' }), line({ ...bob, result: 'same', old: 'denied' })],
      0,
      ['2 questions: same 2, old_allow 0, old_deny 0, undecided 0.'],
    ],
    [
      'a difference that is gone by now',
      [line({ ...bob, result: 'old_deny', old: 'denied' })],
      0,
      ['1 questions: same 1, old_allow 0, old_deny 0, undecided 0.'],
    ],
    [
      'the last answer of several',
      [
        line({ result: 'same', old: 'allowed', at: '2026-03-03T00:00:00Z' }),
        line({ result: 'old_deny', old: 'denied' }),
      ],
      0,
      ['1 questions: same 1, old_allow 0, old_deny 0, undecided 0.'],
    ],
    [
      'more than Postern allows',
      [line({ ...bob, result: 'old_allow' })],
      0,
      [
        'old_allow  user:bob can_edit track:1  (allowed by the old system at 2026-03-02T00:00:00.000Z)',
        '1 questions: same 0, old_allow 1, old_deny 0, undecided 0.',
      ],
    ],
    [
      'less than Postern allows',
      [line({ result: 'old_deny', old: 'denied' })],
      1,
      [
        'old_deny  user:ann can_edit track:1  (denied by the old system at 2026-03-02T00:00:00.000Z)',
        '1 questions: same 0, old_allow 0, old_deny 1, undecided 0.',
      ],
    ],
    [
      'what cannot be decided',
      [line({ result: 'same', permission: 'can_old' })],
      1,
      [
        'undecided  user:ann can_old track:1  (allowed by the old system at 2026-03-02T00:00:00.000Z)',
        '1 questions: same 0, old_allow 0, old_deny 0, undecided 1.',
      ],
    ],
    [
      'somebody whom nobody knows',
      [line({ result: 'same', subject: 'somebody' })],
      1,
      [
        'not asked  somebody can_edit track:1  (allowed by the old system at 2026-03-02T00:00:00.000Z)',
        '1 questions: same 0, old_allow 0, old_deny 0, undecided 0. 1 could not be asked: no subject, or none that can be read.',
      ],
    ],
    ['nothing', [], 1, ['0 questions: same 0, old_allow 0, old_deny 0, undecided 0.']],
  ])('%s', async (_what, lines, code, output) => {
    expect(await run('replay', lines)).toEqual({ code, output });
  });

  test('more than one batch', async () => {
    const lines = Array.from({ length: 2500 }, (_, n) => line({ result: 'same', object: `track:${n}`, old: 'denied' }));
    expect((await run('replay', lines)).output).toEqual([
      'old_deny  user:ann can_edit track:1  (denied by the old system at 2026-03-02T00:00:00.000Z)',
      '2500 questions: same 2499, old_allow 0, old_deny 1, undecided 0.',
    ]);
  });
});

test('what the guard package writes is read', async () => {
  const lines: string[] = [];
  const isTold = Promise.withResolvers<void>();
  const client = withShadow(allowOnly(['track:1#can_edit']), {
    ask: () => false,
    againAfterMs: 0,
    subject: () => 'user:ann',
    onLine: (text) => {
      if (lines.push(text) === 2) isTold.resolve();
    },
  });
  const object = 'track:1';
  await client.decide(
    [
      { permission: 'can_edit', object },
      { permission: 'can_hear', object },
    ],
    'Bearer x',
  );
  await isTold.promise;
  const { code, output } = await run('replay', lines);
  expect([code, output.map((text) => text.split('  ')[0])]).toEqual([
    1,
    ['old_deny', 'old_deny', '2 questions: same 0, old_allow 0, old_deny 2, undecided 0.'],
  ]);
  const options = ['--minimum', '1', '--never-asked', 'album#can_see'];
  const file = join(folder, 'decisions.ndjson');
  await using main = runMain(['shadow', 'report', file, ...options], { environment: { DATABASE_URL: database() } });
  const ended = await main.end;
  expect([ended.code, ended.output]).toEqual([
    1,
    expect.stringContaining('The exit criterion is not met: 2 comparisons'),
  ]);
});
