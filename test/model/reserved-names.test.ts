import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatModelProblem, type ModelSource } from '../../src/model/model-source.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { dsl } from '../support/parse.ts';

const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

function problemsOf(source: ModelSource): readonly string[] {
  const parsed = parseModel(source);
  return parsed.ok ? [] : parsed.problem.map(formatModelProblem);
}

describe.each(inherited)('the name %s', (name) => {
  const reserved = `The name "${name}" is reserved.`;

  test.each<[what: string, text: string, problem: string]>([
    ['a type', dsl({ user: {}, [`${name}`]: { viewer: '[user]' } }), `4:6: ${reserved}`],
    ['a type without relations', dsl({ [`${name}`]: {}, doc: { viewer: `[${name}]` } }), `3:6: ${reserved}`],
    ['a type behind a carriage return', `${dsl({ user: {} })}\rtype ${name}`, `5:6: ${reserved}`],
    ['a relation', dsl({ user: {}, doc: { [name]: '[user]' } }), `6:12: ${reserved}`],
    ['a condition', dsl({ user: {} }, { [name]: '(x: int) {\n  x > 1\n}' }), `4:11: ${reserved}`],
  ])('cannot be that of %s', (_what, text, problem) => {
    expect(problemsOf({ kind: 'dsl', dsl: text })).toEqual([problem]);
  });

  test('cannot be that of a module', () => {
    const modules = [{ name, dsl: 'module core\ntype user\n' }];
    expect(problemsOf({ kind: 'modules', modules })).toEqual([`${name}: A module cannot be named "${name}".`]);
  });

  test.each<[what: string, viewer: string]>([
    ['a computed relation', name],
    ['an operand', `[user] or ${name}`],
    ['what is subtracted', `[user] but not ${name}`],
    ['a relation to parents', `[user] or viewer from ${name}`],
    ['a relation of parents', `[user] or ${name} from parent`],
    ['a subject', `[user, ${name}]`],
    ['a wildcard', `[user, ${name}:*]`],
    ['a subject set', `[user, doc#${name}]`],
    ['a subject set of its type', `[user, ${name}#viewer]`],
    ['a condition', `[user with ${name}]`],
  ])('is not taken for %s', (_what, viewer) => {
    const text = dsl({ user: {}, doc: { parent: '[doc]', viewer } });
    expect(problemsOf({ kind: 'dsl', dsl: text })).not.toEqual([]);
  });
});

test('a name that only contains one is free', () => {
  const types = { user: {}, constructors: { to_string: '[user]', 'constructor-of': '[user] or to_string' } };
  expect(problemsOf({ kind: 'dsl', dsl: dsl(types) })).toEqual([]);
});

describe('no text', () => {
  const sound = dsl(
    {
      user: {},
      group: { member: '[user, user:*, group#member with late]' },
      doc: {
        parent: '[doc with late]',
        viewer: '([user, group#member] or editor) but not (banned and editor from parent)',
        editor: '[user]',
        banned: '[user] and editor',
      },
    },
    { late: '(hour: int, days: list<string>, more: map<int>) {\n  hour > 17 && "mon" in days\n}' },
  );
  const words = sound.split(/(\s+|[^\w\s])/).filter((word) => word !== '');
  const others = [...words, ...inherited, 'extend type', 'module x', 'with', 'self', '1.2', '#', '\r', '\f', '\u0000'];
  const edits = fc.array(fc.tuple(fc.nat(words.length), fc.nat(2), fc.constantFrom(...others)), { maxLength: 4 });
  const text = edits.map((list) => {
    const changed = [...words];
    for (const [index, removed, word] of list) changed.splice(index, removed, word);
    return changed.join('');
  });
  const shared = [Object.prototype, Object, Function.prototype, Array.prototype, Map.prototype];
  const keysOf = () => shared.map((value) => Reflect.ownKeys(value));

  test('makes the parser throw, or changes what all objects inherit', () => {
    const before = keysOf();
    let accepted = 0;
    fc.assert(
      fc.property(text, (dsl) => {
        const asModule = dsl.replace('model\n  schema 1.1', 'module doc');
        const modules = [{ name: 'doc.fga', dsl: asModule }];
        for (const problems of [problemsOf({ kind: 'dsl', dsl }), problemsOf({ kind: 'modules', modules })]) {
          if (problems.length === 0) accepted += 1;
          for (const problem of problems) expect(problem).not.toMatch(/undefined|\[object|\bnull\b(?! literal)/);
        }
        expect(keysOf()).toEqual(before);
      }),
      { numRuns: 700 },
    );
    expect(accepted).toBeGreaterThan(50);
  });
});
