import { expect, test } from 'vitest';
import { formatModelProblem } from '../../src/model/model-source.ts';
import { parseModel } from '../../src/model/parse-model.ts';

const head = 'model\n  schema 1.1\ntype user\n';
const doc = (...lines: readonly string[]) =>
  `${head}type doc\n  relations\n${lines.map((line) => `    ${line}\n`).join('')}`;
const owner = 'define owner: [user]';

/** Wrong texts, and all that is said of them: in words of the language, and each mistake once. */
test.each<[what: string, text: string, sentences: readonly string[]]>([
  ['nothing', '', ['1:1: The model is empty; it begins with "model" and below it "schema 1.1".']],
  ['prose', 'Once upon a time\n', ['1:1: A model begins with "model" and below it "schema 1.1", not with "Once".']],
  [
    'a misspelt first word',
    'modle\n  schema 1.1\ntype user\n',
    ['1:1: A model begins with "model" and below it "schema 1.1", not with "modle". Did you mean "model"?'],
  ],
  ['another schema', 'model\n  schema 9\ntype user\n', ['2:10: The schema "9" is not supported; write "schema 1.1".']],
  [
    'a misspelt schema',
    head.replace('schema', 'shema'),
    ['2:3: A line of a model does not begin with "shema". Did you mean "schema"?'],
  ],
  [
    'one "="',
    `${doc('define owner: [user with same]')}condition same(a: int) {\n  a = 1\n}\n`,
    ['8:5: The character "=" has no place here. Did you mean "=="?'],
  ],
  [
    'a misspelt type',
    head.replace('type', 'tpye'),
    ['3:1: A line of a model does not begin with "tpye". Did you mean "type"?'],
  ],
  [
    'a misspelt define',
    doc('defin owner: [user]'),
    ['6:5: A line of a model does not begin with "defin". Did you mean "define"?'],
  ],
  ['no colon', doc('define owner [user]'), ['6:18: A ":" is missing after "define owner".']],
  [
    'nothing behind the colon',
    doc('define owner:'),
    ['6:18: What gives "owner" is missing after ":"; write "[user]", for instance.'],
  ],
  ['a name with a space', doc('define can edit: [user]'), ['6:16: A name has no spaces: write "can_edit".']],
  ['an open bracket', doc('define owner: [user'), ['7:1: The "[" is not closed; write "]".']],
  ['an open parenthesis', doc('define owner: ([user]'), ['6:26: The "(" is not closed; write ")".']],
  [
    'no comma',
    doc('define owner: [user team]'),
    ['6:25: "team" has no place after a type in brackets. Write "," before the next type.'],
  ],
  ['a semicolon', doc(`${owner};`), ['6:25: The character ";" has no place here.']],
  ['but no', doc(owner, 'define b: [user] but no owner'), ['7:21: "no" has no place after "but"; write "but not".']],
  [
    'form',
    doc(owner, 'define b: owner or owner form p'),
    ['7:29: "form" has no place between relations. Did you mean "from"?'],
  ],
  [
    'a loud operator',
    doc(owner, 'define b: [user] OR owner'),
    ['7:21: "OR" has no place between relations. Did you mean "or"?'],
  ],
  [
    'mixed operators',
    doc(owner, 'define b: [user] or owner and owner'),
    ['7:30: "or" and "and" are mixed; say with parentheses which comes first.'],
  ],
  [
    'a misspelt type of a parameter',
    `${doc('define owner: [user with c]')}condition c(x: strng) {\n  x == "a"\n}\n`,
    ['7:16: Unknown type "strng" of a parameter. Did you mean "string"?'],
  ],
  [
    'two mistakes, of which the parser finds the first',
    doc('defin owner: [user]', owner, 'define b: [user] OR owner'),
    ['6:5: A line of a model does not begin with "defin". Did you mean "define"?'],
  ],
])('%s', (_what, text, sentences) => {
  const parsed = parseModel({ kind: 'dsl', dsl: text });
  expect(parsed.ok ? [] : parsed.problem.map(formatModelProblem)).toEqual(sentences);
});
