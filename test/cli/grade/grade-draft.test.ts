import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DraftGrade } from '../../../src/cli/grade/draft-grade.ts';
import { type GradeOptions, gradeDraft } from '../../../src/cli/grade/grade-draft.ts';
import { onScratch } from '../../../src/cli/store-file/on-scratch.ts';
import { useDatabase } from '../../support/database.ts';
import { runProgram } from '../../support/run-program.ts';

const databaseUrl = useDatabase();
let folder: string;
let onDatabase: GradeOptions['onDatabase'];
const done = Promise.withResolvers<void>();
let lent: Promise<void>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-grade-'));
  await writeFile(join(folder, 'old.fga'), old);
  await new Promise<void>((isOpen, refused) => {
    lent = onScratch(
      databaseUrl(),
      () => {},
      async (postern, scratch) => {
        onDatabase = (run) => run(postern, scratch);
        isOpen();
        await done.promise;
      },
    );
    lent.catch(refused);
  });
});

afterAll(async () => {
  done.resolve();
  await lent;
  await rm(folder, { recursive: true });
});

const old = `model
  schema 1.1
type user
type group
  relations
    define member: [user]
    define guest: [user]
type folder
  relations
    define owner: [user]
    define auditor: [user]
    define viewer: [user, group#member]
    define can_read: viewer or owner
type doc
  relations
    define folder: [folder]
    define owner: [user]
    define blocked: [user]
    define signer: [user]
    define cleared: [user]
    define editor: [user, user with not_expired]
    define can_edit: (editor or owner) but not blocked
    define can_read: (can_edit or can_read from folder) but not blocked
    define can_sign: (signer and cleared) but not blocked
    define can_delete: owner but not blocked
    define must_keep: owner
    define no_self_grant: signer
condition not_expired(current_time: timestamp, until: timestamp) {
  current_time < until
}
`;

const store = `model_file: ./old.fga
tuples:
  - { user: user:olga, relation: owner, object: doc:plan }
  - { user: user:ed, relation: editor, object: doc:plan }
  - { user: user:tim, relation: editor, object: doc:plan, condition: { name: not_expired, context: { until: "2026-01-01T00:00:00Z" } } }
  - { user: user:gone, relation: owner, object: doc:plan }
  - { user: user:gone, relation: signer, object: doc:plan }
  - { user: user:gone, relation: cleared, object: doc:plan }
  - { user: user:gone, relation: blocked, object: doc:plan }
  - { user: user:si, relation: signer, object: doc:plan }
  - { user: user:both, relation: signer, object: doc:plan }
  - { user: user:both, relation: cleared, object: doc:plan }
  - { user: "folder:all", relation: folder, object: doc:plan }
  - { user: user:gone, relation: viewer, object: folder:all }
  - { user: user:fo, relation: owner, object: folder:all }
  - { user: user:au, relation: auditor, object: folder:all }
  - { user: "group:g#member", relation: viewer, object: folder:all }
  - { user: user:mem, relation: member, object: group:g }
  - { user: user:gust, relation: guest, object: group:g }
tests:
  - name: who does what
    check:
      - { user: user:olga, object: doc:plan, assertions: { can_edit: true, can_read: true, can_delete: true, can_sign: false } }
      - { user: user:ed, object: doc:plan, assertions: { can_edit: true, can_read: true, can_delete: false } }
      - { user: user:gone, object: doc:plan, assertions: { can_edit: false, can_read: false, can_delete: false, can_sign: false } }
      - { user: user:si, object: doc:plan, assertions: { can_sign: false } }
      - { user: user:both, object: doc:plan, assertions: { can_sign: true } }
      - { user: user:mem, object: doc:plan, assertions: { can_read: true, can_edit: false } }
      - { user: user:fo, object: doc:plan, assertions: { can_read: true, can_edit: false } }
      - { user: user:tim, object: doc:plan, context: { current_time: "2025-06-01T00:00:00Z" }, assertions: { can_edit: true } }
`;

const invariants = `store: store.fga.yaml
invariants:
  - { name: a stranger holds nothing, subject: user:stranger }
  - { name: an auditor of a folder holds nothing of its documents, subject: user:au }
`;

interface Files {
  readonly draft: string;
  readonly tests?: string;
  readonly invariants?: string;
}

async function grade({ draft, tests = store, invariants: held = invariants }: Files): Promise<DraftGrade> {
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  await Promise.all([write('draft.fga', draft), write('store.fga.yaml', tests), write('store.invariants.yaml', held)]);
  const paths = ['store.fga.yaml', 'store.invariants.yaml'].map((name) => join(folder, name));
  const files = { old: join(folder, 'old.fga'), draft: join(folder, 'draft.fga'), tests: paths };
  return gradeDraft({ ...files, minimumPercent: 100, onDatabase });
}

function changed(...pairs: readonly (readonly [string, string])[]): string {
  return pairs.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`The model has no "${from}".`);
    return text.replace(from, to);
  }, old);
}

/** Drafts that give more than anybody asked for; each is refused at least for this. */
const planted: readonly (readonly [string, string, DraftGrade['reasons'][number]['code']])[] = [
  [
    'an "or" more, of a role that a test denies',
    changed(['can_delete: owner but', 'can_delete: (owner or editor) but']),
    'TEST_FAILED',
  ],
  [
    'an "or" more, of a role that an invariant denies',
    changed(['define can_read: viewer or owner', 'define can_read: viewer or owner or auditor']),
    'INVARIANT_FAILED',
  ],
  [
    'an "or" more, of which no test says anything',
    changed(['can_delete: owner but', 'can_delete: (owner or cleared) but']),
    'CHANGE_NOT_SHOWN',
  ],
  [
    'everybody, where persons were',
    changed(['define editor: [user,', 'define editor: [user, user:*,']),
    'CHANGE_NOT_SHOWN',
  ],
  [
    'sets, where persons were',
    changed(['define owner: [user]\n    define blocked', 'define owner: [user, group#member]\n    define blocked']),
    'CHANGE_NOT_SHOWN',
  ],
  ['a "but not" that is dropped', changed(['(editor or owner) but not blocked', 'editor or owner']), 'TEST_FAILED'],
  ['an "and" that is an "or"', changed(['signer and cleared', 'signer or cleared']), 'TEST_FAILED'],
  [
    'a condition that is dropped',
    changed(
      ['[user, user with not_expired]', '[user]'],
      ['condition not_expired(current_time: timestamp, until: timestamp) {\n  current_time < until\n}\n', ''],
    ),
    'TEST_FAILED',
  ],
  [
    'a condition that always holds',
    changed(['current_time < until', 'current_time < until || until < current_time || until == current_time']),
    'GAIN_NOT_EXPECTED',
  ],
  [
    'another way in for a condition',
    changed(['[user, user with not_expired]', '[user, user with not_expired, group#guest]']),
    'CHANGE_NOT_SHOWN',
  ],
  [
    'a parent that leads further',
    changed(['can_read from folder', 'can_read from folder or auditor from folder']),
    'INVARIANT_FAILED',
  ],
  [
    'a wider relation of a parent',
    changed(['define viewer: [user, group#member]', 'define viewer: [user, group#member] or auditor']),
    'INVARIANT_FAILED',
  ],
  ['a role that need not be kept', changed(['    define must_keep: owner\n', '']), 'DECLARATION_LOST'],
  [
    'a role that people may give themselves',
    changed(['no_self_grant: signer', 'no_self_grant: cleared']),
    'DECLARATION_LOST',
  ],
  [
    'a permission that nobody asks about',
    changed(['    define must_keep', '    define can_share: [user:*] or owner\n    define must_keep']),
    'PERMISSION_NOT_ASKED',
  ],
  ['what is no model', changed(['can_delete: owner', 'can_delete: ownr']), 'INVALID_MODEL'],
];

describe('a draft that gives more than its tests show', () => {
  test.each(planted)('is refused: %s', async (_name, draft, code) => {
    const { verdict, reasons } = await grade({ draft });
    expect([verdict, [...new Set(reasons.map((reason) => reason.code))]]).toEqual([
      'refused',
      expect.arrayContaining([code]),
    ]);
  });
});

const withCommenters = changed([
  '    define can_edit:',
  '    define commenter: [user]\n    define can_comment: (commenter or editor) but not blocked\n    define can_edit:',
]);

const commenting = `${store.replace('tests:', '  - { user: user:com, relation: commenter, object: doc:plan }\n  - { user: user:gone, relation: commenter, object: doc:plan }\ntests:')}  - name: who comments
    check:
      - { users: [user:com, user:ed], object: doc:plan, assertions: { can_comment: true } }
      - { user: user:gone, object: doc:plan, assertions: { can_comment: false } }
`;

describe('a draft that does what its tests say', () => {
  test('is accepted, with what changes and what the tests are worth', async () => {
    expect(await grade({ draft: withCommenters, tests: commenting })).toEqual({
      verdict: 'accepted',
      reasons: [],
      validates: { valid: true, problems: [] },
      tests: { asked: 21, failed: 0, failures: [] },
      invariants: { asked: 12, failed: 0, failures: [] },
      declarations: { lost: [] },
      mutationScore: {
        weakening: { killed: 6, total: 6 },
        strengthening: { killed: 8, total: 8 },
        minimumPercent: 100,
        notNoticed: [],
      },
      impact: {
        lines: ['2 subjects gain can_comment on 1 doc.', '  user:com on doc:plan', '  user:ed on doc:plan'],
        gained: 2,
        lost: 0,
        isComplete: true,
      },
      changes: ['+ doc#can_comment: (commenter or editor) but not blocked', '+ doc#commenter: [user]'],
    });
  });

  test('is accepted where somebody gains what a test expects, and refused where one more does', async () => {
    const draft = changed(['can_delete: owner but', 'can_delete: (owner or editor) but']);
    const expecting = store.replace('can_read: true, can_delete: false }', 'can_read: true, can_delete: true }');
    const accepted = await grade({ draft, tests: expecting });
    expect([accepted.verdict, accepted.reasons, accepted.impact?.gained]).toEqual(['accepted', [], 1]);
    const another = expecting.replace('tests:', '  - { user: user:eve, relation: editor, object: doc:plan }\ntests:');
    const { reasons } = await grade({ draft, tests: another });
    expect(reasons).toEqual([
      { code: 'GAIN_NOT_EXPECTED', message: '"user:eve" gains "can_delete" on "doc:plan", and no test expects it.' },
    ]);
  });

  test('is refused where its tests would not notice a mistake in it', async () => {
    const lax = commenting.replace(
      '      - { user: user:gone, object: doc:plan, assertions: { can_comment: false } }\n',
      '      - { user: user:mem, object: doc:plan, assertions: { can_comment: false } }\n',
    );
    const { verdict, reasons } = await grade({ draft: withCommenters, tests: lax });
    expect([verdict, reasons.map(({ code }) => code)]).toEqual(['refused', ['MISTAKE_NOT_NOTICED', 'SCORE_TOO_LOW']]);
  });

  test('is accepted where only the order of what is joined is another', async () => {
    const { verdict, changes } = await grade({ draft: changed(['(editor or owner)', '(owner or editor)']) });
    expect([verdict, changes.length]).toEqual(['accepted', 1]);
  });
});

test('postern model grade prints it as JSON, and ends with 1 for what is refused', async () => {
  await grade({ draft: withCommenters, tests: commenting });
  const files = ['old.fga', 'draft.fga', 'store.fga.yaml'].map((name) => join(folder, name));
  const environment = { DATABASE_URL: databaseUrl() };
  const accepted = await runProgram(['model', 'grade', ...files], { environment });
  expect([accepted.code, JSON.parse(accepted.output).verdict]).toEqual([0, 'accepted']);
  const refused = await runProgram(['model', 'grade', ...files.toSpliced(1, 1, files[0] ?? '')], { environment });
  expect([refused.code, JSON.parse(refused.output).reasons[0].code]).toEqual([1, 'TEST_FAILED']);
});
