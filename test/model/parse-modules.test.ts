import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { formatRelation } from '../../src/model/format-relation.ts';
import type { Model } from '../../src/model/model.ts';
import { formatModelProblem, type ModelModule, type ModelSource } from '../../src/model/model-source.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { type Types, unwrap, dsl as wholeModel } from '../support/parse.ts';

type Files = Readonly<Record<string, string>>;

const core = 'module core\ntype user\ntype folder\n  relations\n    define viewer: [user]\n';
const music = 'module music\nextend type folder\n  relations\n    define owner: [user]\n';

function modules(files: Files): ModelSource {
  const list = Object.entries(files).map(([name, dsl]): ModelModule => ({ name, dsl }));
  return { kind: 'modules', modules: list };
}

function problemsOf(source: ModelSource): readonly string[] {
  const parsed = parseModel(source);
  return parsed.ok ? [] : parsed.problem.map(formatModelProblem);
}

/** Everything of a model but its compiled conditions, which are functions. */
function shapeOf({ types, conditions }: Model) {
  const shapes = [...types].map(([name, { relations }]) => {
    const definitions = [...relations].map(([key, one]) => [key, [formatRelation(one), one.restrictions]] as const);
    return [name, new Map(definitions)] as const;
  });
  return { types: new Map(shapes), conditions: new Map([...conditions].map(([name, one]) => [name, one.expression])) };
}

const condition = 'condition late(hour: int) {\n  hour > 17\n}\n';

test.each<[what: string, files: Files, problems: readonly string[]]>([
  ['an extended type', { 'core.fga': core, 'music.fga': music }, []],
  ['an extension before its type', { 'music.fga': music, 'core.fga': core }, []],
  [
    'a type in two modules',
    { 'core.fga': core, 'b.fga': 'module b\ntype user\n' },
    ['b.fga:2:6: The type "user" is defined twice.'],
  ],
  [
    'an extension of a missing type',
    { 'b.fga': 'module b\nextend type flder\n  relations\n    define owner: [flder]\n' },
    ['b.fga:2:13: The type "flder" is extended, but no module defines it.'],
  ],
  [
    'an extension with a relation that is there',
    { 'core.fga': core, 'b.fga': music.replace('owner', 'viewer') },
    ['b.fga:4:12: The relation "viewer" of the type "folder" is defined twice.'],
  ],
  [
    'the same extension in two modules',
    { 'core.fga': core, 'a.fga': music, 'b.fga': music },
    ['b.fga:4:12: The relation "owner" of the type "folder" is defined twice.'],
  ],
  [
    'a type extended twice in a module',
    { 'core.fga': core, 'b.fga': `${music}extend type folder\n` },
    ['b.fga:5:13: "folder" is already extended in file.'],
  ],
  [
    'a condition in two modules',
    { 'core.fga': `${core.replace('[user]', '[user with late]')}${condition}`, 'music.fga': `${music}${condition}` },
    ['music.fga:5:11: The condition "late" is defined twice.'],
  ],
  [
    'a module of conditions only',
    { 'core.fga': core.replace('[user]', '[user with late]'), 'b.fga': `module b\n${condition}` },
    [],
  ],
  [
    'a module of nothing, and one that extends its own type',
    { 'core.fga': `${core}extend type user\n  relations\n    define boss: [user]\n`, 'b.fga': 'module b\n' },
    [],
  ],
  [
    'conditions only, in all modules',
    { 'b.fga': `module b\n${condition}` },
    ['The model defines no types; write at least "type user".'],
  ],
  [
    'a module that begins like a model',
    { 'core.fga': core, 'b.fga': 'model\n  schema 1.1\ntype doc\n' },
    ['b.fga:1:1: A module begins with "module", not "model".'],
  ],
  [
    'a syntax error',
    { 'core.fga': core, 'b.fga': music.replace(': [', ' [') },
    ['b.fga:4:18: A ":" is missing after "define owner".'],
  ],
  [
    'mistakes in two modules',
    { 'core.fga': core.replace('[user]', '[usr]'), 'b.fga': music.replace('[user]', '[usr]') },
    ['core.fga:5:21: Unknown type "usr". Did you mean "user"?', 'b.fga:4:20: Unknown type "usr". Did you mean "user"?'],
  ],
])('%s', (_what, files, problems) => {
  expect(problemsOf(modules(files))).toEqual(problems);
});

test('modules become one text that means the same', async () => {
  const folder = new URL('../../examples/creators/', import.meta.url);
  const names = ['core.fga', 'music.fga', 'podcasts.fga', 'audiobooks.fga'];
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
  const source = modules(Object.fromEntries(names.map((name, index) => [name, texts[index] ?? ''])));
  const { model, dsl } = unwrap(parseModel(source));
  const again = unwrap(parseModel({ kind: 'dsl', dsl }));
  expect(shapeOf(again.model)).toEqual(shapeOf(model));
  expect(shapeOf(model).types.size).toBeGreaterThan(5);
});

describe('parents that all have a condition', () => {
  const doc = { parent: '[folder with late]', viewer: 'viewer from parent' };
  const late = '(hour: int) {\n  hour > 17\n}';

  /** `place` is the line of the mistake in one text; the module has five lines less in front of it. */
  test.each<[what: string, more: Readonly<Record<string, string>>, line: number | undefined, message: string]>([
    ['nothing else', {}, undefined, ''],
    ['an unknown relation', { x: '[user] or editr' }, 11, '25: The type "doc" has no relation "editr".'],
    ['an unknown type', { x: '[usr]' }, 11, '16: Unknown type "usr". Did you mean "user"?'],
    ['an unknown condition', { x: '[user with early]' }, 11, '26: Unknown condition "early".'],
    [
      'no entry point',
      { x: '[doc#x]' },
      11,
      '12: Nothing that can be written leads to the relation "x" of the type "doc".',
    ],
    [
      'a computed circle',
      { x: 'y', y: 'x' },
      11,
      '12: The relation "x" of the type "doc" is computed from itself: x -> y -> x.',
    ],
    [
      'a relation that no parent has',
      { x: '[user] or reader from parent' },
      11,
      '25: No type of the relation "parent" has a relation "reader".',
    ],
    [
      'other parents with a wildcard',
      { p: '[folder:*]', x: 'viewer from p' },
      12,
      '27: The relation "p" stands behind "from", so it must be assigned directly, to objects only.',
    ],
  ])('and %s', (_what, more, line, message) => {
    const types: Types = { user: {}, folder: { viewer: '[user]' }, doc: { ...doc, ...more } };
    const text = wholeModel(types, { late });
    const inModule = wholeModel({ doc: { ...doc, ...more } }, { late }).replace('model\n  schema 1.1', 'module doc');
    const [inText] = problemsOf({ kind: 'dsl', dsl: text });
    const [inDoc] = problemsOf(modules({ 'core.fga': core, 'doc.fga': inModule }));
    expect(inText).toBe(line === undefined ? undefined : `${line}:${message}`);
    expect(inDoc).toBe(line === undefined ? undefined : `doc.fga:${line - 5}:${message}`);
  });
});
