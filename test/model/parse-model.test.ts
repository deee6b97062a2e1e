import { describe, expect, test } from 'vitest';
import { limits } from '../../src/model/limits.ts';
import { formatModelProblem, type ModelModule, type ModelSource } from '../../src/model/model-source.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { dsl } from '../support/parse.ts';

interface BadModel {
  readonly doc: Readonly<Record<string, string>>;
  readonly conditions?: Readonly<Record<string, string>>;
  /** `line:column: sentence`; the first relation of `doc` is on line 9. */
  readonly problems: readonly string[];
}

const late = { late: '(hour: int) {\n  hour > 17\n}' };

const badModels: Readonly<Record<string, BadModel>> = {
  'unknown relation': {
    doc: { viewer: '[user] or editr', editor: '[user]' },
    problems: ['9:30: The type "doc" has no relation "editr". Did you mean "editor"?'],
  },
  'unknown type': {
    doc: { viewer: '[user, usr]' },
    problems: ['9:27: Unknown type "usr". Did you mean "user"?'],
  },
  'unknown relation of a subject set': {
    doc: { viewer: '[user, folder#viewr]' },
    problems: ['9:34: The type "folder" has no relation "viewr". Did you mean "viewer"?'],
  },
  'unknown condition': {
    doc: { viewer: '[user with late]' },
    problems: ['9:31: Unknown condition "late".'],
  },
  'a condition that nothing uses': {
    doc: { viewer: '[user]' },
    conditions: late,
    problems: ['10:11: Nothing in the model uses the condition "late"; write "[user with late]", or leave it out.'],
  },
  'unknown relation behind "from"': {
    doc: { viewer: '[user] or viewer from parnt' },
    problems: ['9:42: The type "doc" has no relation "parnt".'],
  },
  'a relation that no parent has': {
    doc: { parent: '[folder]', viewer: '[user] or reader from parent' },
    problems: ['10:30: No type of the relation "parent" has a relation "reader".'],
  },
  'computed parents': {
    doc: { folder: '[folder]', parent: 'folder', viewer: 'viewer from parent' },
    problems: ['11:32: The relation "parent" stands behind "from", so it must be assigned directly, to objects only.'],
  },
  'parents that are more than direct': {
    doc: { folder: '[folder]', parent: '[folder] or folder', viewer: 'viewer from parent' },
    problems: ['11:32: The relation "parent" stands behind "from", so it must be assigned directly, to objects only.'],
  },
  'a wildcard among the parents': {
    doc: { parent: '[folder, folder:*]', viewer: 'viewer from parent' },
    problems: ['10:32: The relation "parent" stands behind "from", so it must be assigned directly, to objects only.'],
  },
  'a subject set among the parents': {
    doc: { parent: '[folder, folder#viewer]', viewer: 'viewer from parent' },
    problems: ['10:32: The relation "parent" stands behind "from", so it must be assigned directly, to objects only.'],
  },
  'a relation that only its own members can get': {
    doc: { viewer: '[doc#viewer]' },
    problems: ['9:12: Nothing that can be written leads to the relation "viewer" of the type "doc".'],
  },
  'a relation that is computed from itself': {
    doc: { viewer: 'viewer' },
    problems: ['9:12: The relation "viewer" of the type "doc" is computed from itself: viewer -> viewer.'],
  },
  'a circle of computed relations': {
    doc: { viewer: 'editor', editor: 'viewer' },
    problems: ['9:12: The relation "viewer" of the type "doc" is computed from itself: viewer -> editor -> viewer.'],
  },
  'a circle of computed relations through "but not"': {
    doc: { viewer: '[user] but not banned', banned: '[user] but not viewer' },
    problems: ['9:12: The relation "viewer" of the type "doc" is computed from itself: viewer -> banned -> viewer.'],
  },
  'a circle beside what is assigned': {
    doc: { a: '[user] or b', b: '[user] or a' },
    problems: ['9:12: The relation "a" of the type "doc" is computed from itself: a -> b -> a.'],
  },
  'a relation that is computed from itself beside what is assigned': {
    doc: { a: '[user] or a' },
    problems: ['9:12: The relation "a" of the type "doc" is computed from itself: a -> a.'],
  },
  'a circle through what is taken away': {
    doc: { a: '[user] but not b', b: '[user] or a' },
    problems: ['9:12: The relation "a" of the type "doc" is computed from itself: a -> b -> a.'],
  },
  'a circle deep inside, that another relation leads to': {
    doc: {
      start: '[user] and first',
      first: '[user] or (second and start2)',
      start2: '[user]',
      second: 'first but not start2',
    },
    problems: ['10:12: The relation "first" of the type "doc" is computed from itself: first -> second -> first.'],
  },
  'two circles': {
    doc: { a: '[user] or b', b: 'a', c: '[user] or d', d: 'c' },
    problems: [
      '9:12: The relation "a" of the type "doc" is computed from itself: a -> b -> a.',
      '11:12: The relation "c" of the type "doc" is computed from itself: c -> d -> c.',
    ],
  },
  'a circle of many': {
    doc: Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`r${index}`, `[user] or r${(index + 1) % 20}`])),
    problems: [
      '9:12: The relation "r0" of the type "doc" is computed from itself: r0 -> r1 -> r2 -> r3 -> r4 -> r5 -> r6 -> r7 -> … (12 more) -> r0.',
    ],
  },
  'an intersection that nothing leads to': {
    doc: { a: '[user]', b: '[doc#b]', both: 'a and b' },
    problems: [
      '10:12: Nothing that can be written leads to the relation "b" of the type "doc".',
      '11:12: Nothing that can be written leads to the relation "both" of the type "doc".',
    ],
  },
  'parents that only their own children hold': {
    doc: { parent: '[doc]', viewer: 'viewer from parent' },
    problems: ['10:12: Nothing that can be written leads to the relation "viewer" of the type "doc".'],
  },
  'the same operand twice': {
    doc: { a: '[user]', viewer: '[user] or a or a' },
    problems: ['10:12: The relation "viewer" of the type "doc" names "a" twice.'],
  },
  'the same subject twice': {
    doc: { reader: '[user, user]' },
    problems: ['9:12: The relation "reader" of the type "doc" names "user" twice.'],
  },
  'a reserved name': {
    doc: { this: '[user]' },
    problems: ['9:12: A relation cannot be named "self" or "this".'],
  },
  'a missing colon': {
    doc: { 'viewer [user] #': '' },
    problems: ['9:19: A ":" is missing after "define viewer".'],
  },
  'two operators without brackets': {
    doc: { a: '[user]', b: '[user]', viewer: 'a or b and a' },
    problems: ['11:26: "or" and "and" are mixed; say with parentheses which comes first.'],
  },
  'an undeclared name in a condition': {
    doc: { viewer: '[user with late]' },
    conditions: { late: '(hour: int) {\n  hours > 17\n}' },
    problems: ['11:3: In the condition "late", the name "hours" is not declared. Did you mean "hour"?'],
  },
  'an unknown function in a condition': {
    doc: { viewer: '[user with late]' },
    conditions: { late: '(hour: int) {\n  isLate(hour)\n}' },
    problems: ['11:3: In the condition "late", there is no function "isLate".'],
  },
  'a condition that does not parse': {
    doc: { viewer: '[user with late]' },
    conditions: { late: '(hour: int) {\n  hour > > 17\n}' },
    problems: ['11:10: In the condition "late", there is ">" where a value is expected.'],
  },
  'a condition that is too long': {
    doc: { viewer: '[user with late]' },
    conditions: { late: `(hour: int) {\n  ${'hour > 17 || '.repeat(40)}hour > 18\n}` },
    problems: ['10:11: The condition "late" is longer than 512 bytes.'],
  },
};

/** Lines of `core.fga` that the same model in one text has in front of its type `doc`. */
const linesBefore = 5;

function asText({ doc, conditions }: BadModel): ModelSource {
  return { kind: 'dsl', dsl: dsl({ user: {}, folder: { viewer: '[user]' }, doc }, conditions) };
}

function asModules({ doc, conditions }: BadModel): ModelSource {
  const body = (text: string) => text.split('\n').slice(2).join('\n');
  const core = `module core\n${body(dsl({ user: {}, folder: { viewer: '[user]' } }))}`;
  return modules({ 'core.fga': core, 'doc.fga': `module doc\n${body(dsl({ doc }, conditions))}` });
}

function modules(texts: Readonly<Record<string, string>>): ModelSource {
  const list = Object.entries(texts).map(([name, text]): ModelModule => ({ name, dsl: text }));
  return { kind: 'modules', modules: list };
}

function problemsOf(source: ModelSource): readonly string[] {
  const parsed = parseModel(source);
  return parsed.ok ? [] : parsed.problem.map(formatModelProblem);
}

describe.each(Object.entries(badModels))('%s is refused', (_what, bad) => {
  test('in one text', () => {
    expect(problemsOf(asText(bad))).toEqual(bad.problems);
  });

  test('in a module', () => {
    const moved = bad.problems.map((text) => text.replace(/^\d+/, (line) => `doc.fga:${Number(line) - linesBefore}`));
    expect(problemsOf(asModules(bad))).toEqual(moved);
  });
});

const valid = dsl({ user: {}, doc: { viewer: '[user]' } });

test.each<[what: string, text: string, problems: readonly string[]]>([
  ['no schema', 'model\ntype user\n', ['2:1: The schema is missing below "model"; write "schema 1.1".']],
  ['an old schema', valid.replace('1.1', '1.0'), ['2:10: The schema "1.0" is not supported; write "schema 1.1".']],
  [
    'a misspelt keyword',
    valid.replace('relations', 'relation'),
    ['5:3: A line of a model does not begin with "relation". Did you mean "relations"?'],
  ],
  ['a type twice', `${valid}type user\n`, ['7:6: The type "user" is defined twice.']],
  ['a relation twice', `${valid}    define viewer: [user]\n`, ['7:12: "viewer" is already defined in "doc".']],
  ['a type named self', `${valid}type self\n`, ['7:6: A type cannot be named "self" or "this".']],
  [
    'a relation of 51 letters',
    valid.replace('viewer', 'v'.repeat(51)),
    [`6:12: The relation "${'v'.repeat(51)}" is longer than 50 bytes.`],
  ],
  ['no types', 'model\n  schema 1.1\n', ['2:10: The model defines no types; write at least "type user".']],
  [
    'conditions without types',
    'model\n  schema 1.1\ncondition late(hour: int) {\n  hour > 17\n}\n',
    ['2:10: The model defines no types; write at least "type user".'],
  ],
  [
    'parentheses without end',
    `${valid}    define deep: ${'('.repeat(1200)}viewer${')'.repeat(1200)}\n`,
    [
      '7:34: The definition has more than 16 parentheses inside each other; name a part of it as a relation of its own.',
    ],
  ],
  ['too much text', `${valid}#${'x'.repeat(limits.modelBytes.most)}`, ['The model is larger than 262144 bytes.']],
])('%s is refused', (_what, text, problems) => {
  expect(problemsOf({ kind: 'dsl', dsl: text })).toEqual(problems);
});

test.each<[what: string, type: string]>([
  ['a condition of 512 bytes', `(x: int) {\n  ${'x > 1 || '.repeat(56)}x > 1234\n}`],
  ['conditions that look into lists', '(x: list<string>) {\n  x.exists(y, y == "a") && x.all(y, y != "b")\n}'],
  ['a condition of several lines', '(x: int) {\n  x > 1 &&\n  x < 5\n}'],
])('%s is taken', (_what, definition) => {
  expect(problemsOf(asText({ doc: { viewer: '[user with c]' }, conditions: { c: definition }, problems: [] }))).toEqual(
    [],
  );
});
