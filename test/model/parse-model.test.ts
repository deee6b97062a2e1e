import { describe, expect, test } from 'vitest';
import { formatModelProblem, type ModelModule, type ModelSource } from '../../src/model/model-source.ts';
import { maxModelBytes, parseModel } from '../../src/model/parse-model.ts';
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
    problems: ['9:30: The relation "editr" does not exist.'],
  },
  'unknown type': {
    doc: { viewer: '[user, usr]' },
    problems: ['9:27: "usr" is not a valid type.'],
  },
  'unknown relation of a subject set': {
    doc: { viewer: '[user, folder#viewr]' },
    problems: ['9:27: "viewr" is not a valid relation for "folder".'],
  },
  'unknown condition': {
    doc: { viewer: '[user with late]' },
    problems: ['9:31: "late" is not a defined condition in the model.'],
  },
  'a condition that nothing uses': {
    doc: { viewer: '[user]' },
    conditions: late,
    problems: ['10:11: "late" condition is not used in the model.'],
  },
  'unknown relation behind "from"': {
    doc: { viewer: '[user] or viewer from parnt' },
    problems: ['9:30: "parnt" is not a valid relation for "doc".'],
  },
  'a relation that no parent has': {
    doc: { parent: '[folder]', viewer: '[user] or reader from parent' },
    problems: [
      '10:30: The "reader" relation definition on type "doc" is not valid: "reader" does not exist on "parent", which is of type "folder".',
    ],
  },
  'computed parents': {
    doc: { folder: '[folder]', parent: 'folder', viewer: 'viewer from parent' },
    problems: ['11:32: "parent" relation used inside from allows only direct relation.'],
  },
  'parents that are more than direct': {
    doc: { folder: '[folder]', parent: '[folder] or folder', viewer: 'viewer from parent' },
    problems: ['11:32: "parent" relation used inside from allows only direct relation.'],
  },
  'a wildcard among the parents': {
    doc: { parent: '[folder, folder:*]', viewer: 'viewer from parent' },
    problems: ['10:32: "parent" relation used inside from allows only direct relation.'],
  },
  'a subject set among the parents': {
    doc: { parent: '[folder, folder#viewer]', viewer: 'viewer from parent' },
    problems: ['10:32: "parent" relation used inside from allows only direct relation.'],
  },
  'a relation that only its own members can get': {
    doc: { viewer: '[doc#viewer]' },
    problems: ['9:12: "viewer" is an impossible relation for "doc" (no entrypoint).'],
  },
  'a relation that is computed from itself': {
    doc: { viewer: 'viewer' },
    problems: ['9:12: "viewer" is an impossible relation for "doc" (potential loop).'],
  },
  'a circle of computed relations': {
    doc: { viewer: 'editor', editor: 'viewer' },
    problems: [
      '9:12: "viewer" is an impossible relation for "doc" (potential loop).',
      '10:12: "editor" is an impossible relation for "doc" (potential loop).',
    ],
  },
  'a circle of computed relations through "but not"': {
    doc: { viewer: '[user] but not banned', banned: '[user] but not viewer' },
    problems: [
      '9:12: "viewer" is an impossible relation for "doc" (potential loop).',
      '10:12: "banned" is an impossible relation for "doc" (potential loop).',
    ],
  },
  'the same subject twice': {
    doc: { reader: '[user, user]' },
    problems: ['9:21: The type restriction "user" is a duplicate in the relation "reader".'],
  },
  'a reserved name': {
    doc: { this: '[user]' },
    problems: ["9:12: A relation cannot be named 'self' or 'this'."],
  },
  'a missing colon': {
    doc: { 'viewer [user] #': '' },
    problems: ["9:19: Missing ':' at '['."],
  },
  'two operators without brackets': {
    doc: { a: '[user]', b: '[user]', viewer: 'a or b and a' },
    problems: ["11:26: Mismatched input ' ' expecting {<EOF>, NEWLINE}."],
  },
  'an undeclared name in a condition': {
    doc: { viewer: '[user with late]' },
    conditions: { late: '(hour: int) {\n  hours > 17\n}' },
    problems: ['10:11: The condition "late" uses the undeclared name "hours".'],
  },
  'an unknown function in a condition': {
    doc: { viewer: '[user with late]' },
    conditions: { late: '(hour: int) {\n  isLate(hour)\n}' },
    problems: ['10:11: The condition "late" uses the undeclared name "isLate".'],
  },
  'a condition that does not parse': {
    doc: { viewer: '[user with late]' },
    conditions: { late: '(hour: int) {\n  hour > > 17\n}' },
    problems: [
      '10:11: The condition "late" is not a valid CEL expression: <input>:1:6: found > but expecting end of input.',
    ],
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
  ['no schema', 'model\ntype user\n', ["2:1: Mismatched input 'type' expecting 'schema'."]],
  ['an old schema', valid.replace('1.1', '1.0'), ['2:10: Invalid schema 1.0.']],
  [
    'a misspelt keyword',
    valid.replace('relations', 'relation'),
    ["5:3: No viable alternative at input '\\n relation'."],
  ],
  ['a type twice', `${valid}type user\n`, ['3:6: The type "user" is a duplicate.']],
  ['a relation twice', `${valid}    define viewer: [user]\n`, ["7:12: 'viewer' is already defined in 'doc'."]],
  ['a type named self', `${valid}type self\n`, ["7:6: A type cannot be named 'self' or 'this'."]],
  [
    'a relation of 51 letters',
    valid.replace('viewer', 'v'.repeat(51)),
    [`6:12: Relation '${'v'.repeat(51)}' of type 'doc' does not match naming rule: '^[^:#@\\*\\s]{1,50}$'.`],
  ],
  ['too much text', `${valid}#${'x'.repeat(maxModelBytes)}`, ['The model is larger than 262144 bytes.']],
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
