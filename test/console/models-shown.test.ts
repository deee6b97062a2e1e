import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineDiff } from '../../console/src/ask/line-diff.ts';
import type { ModelRelation, ModelType, TypeSheets } from '../../console/src/ask/models.ts';
import { rolesThatGive } from '../../console/src/ask/role-sheet.ts';
import { modelTokens } from '../../console/src/parts/model-tokens.ts';
import { flowsOf } from '../../console/src/pictures/model-flows.ts';
import { modelMapOf } from '../../console/src/pictures/model-map-of.ts';

describe('pieces of a line', () => {
  const shown = (line: string) => modelTokens(line).filter(({ kind }) => kind !== 'plain');

  test.each<readonly [string, readonly (readonly [string, string])[]]>([
    [
      '    define can_edit: [user, team#member] or owner from show # all of it',
      [
        ['word', 'define'],
        ['name', 'can_edit'],
        ['word', 'or'],
        ['word', 'from'],
        ['comment', ' # all of it'],
      ],
    ],
    ['# type user', [['comment', '# type user']]],
    [
      'extend type define',
      [
        ['word', 'extend'],
        ['word', 'type'],
        ['name', 'define'],
      ],
    ],
  ])('of "%s" look so', (line, expected) => {
    expect(shown(line).map(({ kind, text }) => [kind, text])).toEqual(expected);
  });

  test('are the line, whatever it is', () => {
    const whole = (line: string) =>
      modelTokens(line)
        .map(({ text }) => text)
        .join('');
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (line) => whole(line) === line));
    for (const path of globSync('examples/creators/*.fga'))
      for (const line of readFileSync(path, 'utf8').split('\n')) expect(whole(line)).toBe(line);
  });
});

describe('what became of a text', () => {
  const text = (kinds: readonly string[], lines: ReturnType<typeof lineDiff>) =>
    lines
      .filter(({ kind }) => kinds.includes(kind))
      .map((line) => line.text)
      .join('\n');

  test('leads to both texts, with as few changes as there are', () => {
    const some = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(some, some, (before, after) => {
        const lines = lineDiff(before.join('\n'), after.join('\n'));
        expect(text(['same', 'removed'], lines)).toBe(before.join('\n'));
        expect(text(['same', 'added'], lines)).toBe(after.join('\n'));
        expect(lines.filter(({ kind }) => kind === 'same').length).toBe(longestCommon(before, after));
      }),
    );
  });

  /** By trying everything. */
  function longestCommon([first, ...rest]: readonly string[], other: readonly string[]): number {
    if (first === undefined || other.length === 0) return 0;
    const at = other.indexOf(first);
    const without = longestCommon(rest, other);
    return at < 0 ? without : Math.max(without, 1 + longestCommon(rest, other.slice(at + 1)));
  }

  test('of texts that have too little in common is all of both', () => {
    const [before, after] = ['x', 'y'].map((sign) => Array.from({ length: 2500 }, (_, line) => `${sign}${line}`));
    const lines = lineDiff(before?.join('\n') ?? '', after?.join('\n') ?? '');
    expect(lines.map(({ kind }) => kind)).toEqual([...Array(2500).fill('removed'), ...Array(2500).fill('added')]);
  });
});

function relation(name: string, definition: string, more: Partial<ModelRelation> = {}): ModelRelation {
  const kind = name.startsWith('can_') ? 'PERMISSION' : 'ROLE';
  return { name, kind, definition, description: null, subjects: [], ...more };
}

function type(name: string, ...relations: readonly ModelRelation[]): ModelType {
  return { name, module: null, description: null, relations };
}

function assigned(...names: readonly string[]): Pick<ModelRelation, 'subjects'> {
  const subjects = names.map((one) => {
    const [subjectType = '', setRelation = null] = one.split('#');
    return { type: subjectType, relation: setRelation, wildcard: false, condition: null };
  });
  return { subjects };
}

const model = [
  type('user'),
  type('team', relation('member', '[user, team#member]', assigned('user', 'team#member'))),
  type(
    'folder',
    relation('parent', '[folder]', { kind: 'STRUCTURE', ...assigned('folder') }),
    relation('owner', '[user, team#member]', assigned('user', 'team#member')),
    relation('can_view', 'owner or can_view from parent'),
  ),
  type(
    'doc',
    relation('folder', '[folder, archive]', { kind: 'STRUCTURE', ...assigned('folder', 'archive') }),
    relation('author', '[user with x from y]', assigned('user')),
    relation('can_view', 'author or can_view from folder'),
  ),
  // Has no can_view, so nothing comes from it.
  type('archive', relation('keeper', '[user]', assigned('user'))),
];

describe('how rights flow', () => {
  test('is by what a definition takes from another type, and by sets', () => {
    const found = flowsOf(model).map(({ from, to, kind, through }) => `${from} > ${to} ${kind} ${through}`);
    expect(found).toEqual([
      'team > team members team#member',
      'team > folder members team#member',
      'folder > folder rights parent',
      'folder > doc rights folder',
    ]);
  });

  test('is drawn from left to right, each type once, and no two in one place', () => {
    const { boxes, arrows, columns, rows } = modelMapOf(flowsOf(model));
    expect(boxes).toEqual([
      { type: 'team', column: 0, row: 0, isRound: true },
      { type: 'folder', column: 1, row: 0, isRound: true },
      { type: 'doc', column: 2, row: 0, isRound: false },
    ]);
    expect([arrows.length, columns, rows]).toEqual([2, 3, 1]);
  });

  test('in a ring ends, and in nothing is nothing', () => {
    const flow = (from: string, to: string) => ({ from, to, kind: 'rights' as const, through: ['x'] });
    const { boxes } = modelMapOf([flow('a', 'b'), flow('b', 'c'), flow('c', 'a'), flow('c', 'd')]);
    expect(new Set(boxes.map(({ column, row }) => JSON.stringify([column, row]))).size).toBe(4);
    expect(modelMapOf([])).toEqual({ boxes: [], arrows: [], columns: 0, rows: 0 });
  });
});

test('the roles that give a permission are those of the type, and those above it', () => {
  const here = { here: ['can_view'], below: [], isComplete: true };
  const andBelow = { ...here, below: [{ type: 'doc', permissions: ['can_view'] }] };
  const sheets: readonly TypeSheets[] = [
    {
      name: 'folder',
      relations: [
        { name: 'owner', gives: andBelow },
        { name: 'can_view', gives: null },
      ],
    },
    { name: 'doc', relations: [{ name: 'author', gives: here }] },
  ];
  expect(rolesThatGive(sheets, 'doc', 'can_view')).toEqual([
    { type: 'folder', role: 'owner' },
    { type: 'doc', role: 'author' },
  ]);
  expect(rolesThatGive(sheets, 'folder', 'can_view')).toEqual([{ type: 'folder', role: 'owner' }]);
  expect(rolesThatGive(sheets, 'doc', 'can_edit')).toEqual([]);
});
