import { describe, expect, test } from 'vitest';
import { compileCondition } from '../../src/model/condition.ts';
import type { ConditionName } from '../../src/model/names.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { context, dsl, model } from '../support/parse.ts';

type Values = Readonly<Record<string, unknown>>;

/** The outcome of a condition: true, false, or the problem. */
function evaluate(parameters: string, expression: string, values: Values): unknown {
  const { conditions } = model(
    dsl({ user: {}, doc: { viewer: '[user with c]' } }, { c: `(${parameters}) {\n  ${expression}\n}` }),
  );
  const result = conditions.get('c')?.evaluate(context(values));
  return result?.ok ? result.value : result?.problem;
}

function failedWith(reason: string) {
  return { code: 'CONDITION_FAILED', message: `The condition "c" could not be evaluated: ${reason}.` };
}

test.each<[parameters: string, expression: string, values: Values, problem: object]>([
  ['x: int', '1 / x == 1', { x: 0 }, failedWith('a number is divided by zero')],
  ['x: int', 'x + 9223372036854775807 > 0', { x: 1 }, failedWith('a number is out of range')],
  ['x: map<int>', 'x.b == 1', { x: { a: 1 } }, failedWith('there is no field "b"')],
  ['x: list<int>', 'x[1] == 1', { x: [1] }, failedWith('an element is asked for that is not there')],
  ['x: ipaddress', 'x.in_cidr("nowhere")', { x: '::1' }, failedWith('a text is no IP range')],
  ['x: string', 'ipaddress(x) == ipaddress("::1")', { x: 'here' }, failedWith('a text is no IP address')],
])('with (%s), the condition %s on %j is neither true nor false', (parameters, expression, values, problem) => {
  expect(evaluate(parameters, expression, values)).toEqual(problem);
});

test.each([
  ['x: int', 'x + 1'],
  ['x: string', 'x'],
  ['x: list<bool>', 'x'],
  ['x: map<bool>', 'x'],
  ['x: int', 'null'],
])('with (%s), the condition %s can never be true or false, and its model is refused', (parameters, expression) => {
  const dsl = `model\n  schema 1.1\ntype user\ntype doc\n  relations\n    define viewer: [user with c]\ncondition c(${parameters}) {\n  ${expression}\n}\n`;
  const parsed = parseModel({ kind: 'dsl', dsl });
  const message = 'The condition "c" does not return true or false.';
  expect(parsed).toEqual({ ok: false, problem: [expect.objectContaining({ line: 7, column: 11, message })] });
});

test.each<[parameters: string, expression: string, values: Values, holds: boolean]>([
  ['x: int', 'x == 0 || 1 / x == 1', { x: 0 }, true],
  ['x: int', '1 / x == 1 || x == 0', { x: 0 }, true],
  ['x: int', 'x != 0 && 1 / x == 1', { x: 0 }, false],
  ['x: int, y: int', 'x > 1 ? y > 1 : y < 1', { x: 2, y: 2, z: 'ignored' }, true],
  ['x: string', 'x.matches("^(a+)+$")', { x: `${'a'.repeat(200)}b` }, false],
  [
    't: timestamp, d: duration',
    't + d > timestamp("2026-01-01T00:00:00Z")',
    { t: '2025-12-31T23:00:00Z', d: '2h' },
    true,
  ],
])('with (%s), the condition %s on %j is %j', (parameters, expression, values, holds) => {
  expect(evaluate(parameters, expression, values)).toBe(holds);
});

describe('in_cidr', () => {
  test.each<[address: string, range: string, inside: boolean]>([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['11.1.2.3', '10.0.0.0/8', false],
    ['10.1.2.3', '10.1.2.3/32', true],
    ['10.1.2.4', '10.1.2.3/32', false],
    ['10.1.2.3', '0.0.0.0/0', true],
    ['10.1.2.3', '10.9.9.9/8', true],
    ['::ffff:10.1.2.3', '10.0.0.0/8', true],
    ['10.1.2.3', '::ffff:10.0.0.0/104', true],
    ['11.1.2.3', '::ffff:10.0.0.0/104', false],
    ['2001:DB8::1', '2001:db8::/32', true],
    ['2001:db9::1', '2001:db8::/32', false],
    ['2001:db8::1', '10.0.0.0/8', false],
    ['10.1.2.3', '2001:db8::/32', false],
    ['10.1.2.3', '::/0', false],
    ['::1', '::/0', true],
  ])('%s in %s: %j', (address, range, inside) => {
    expect(evaluate('x: ipaddress, r: string', 'x.in_cidr(r)', { x: address, r: range })).toBe(inside);
  });

  test.each([
    ...[
      '',
      '10.0.0.0',
      '10.0.0.0/',
      '/8',
      '10.0.0.0/33',
      '2001:db8::/129',
      '10.0.0.0/8/9',
      '10.0.0.0/08',
      '10.0.0.0/-1',
    ],
    ...['10.0.0.0/8 ', '10.0.0/8', 'fe80::%1/64', '::ffff:10.0.0.0/90', '10.0.0.0/255.0.0.0'],
  ])('%j is not a range, which is neither true nor false', (range) => {
    const problem = failedWith('a text is no IP range');
    expect(evaluate('x: ipaddress, r: string', 'x.in_cidr(r)', { x: '10.1.2.3', r: range })).toEqual(problem);
    expect(evaluate('x: ipaddress, r: string', 'x.in_cidr(r)', { x: '::1', r: range })).toEqual(problem);
  });
});

describe.each(['__proto__', 'constructor', 'toString'])('the key %s', (key) => {
  const keyed: unknown = JSON.parse(`{ "${key}": 1 }`);
  const missing = { code: 'MISSING_CONTEXT', message: 'The condition "c" needs the parameter "x".' };

  test('in a context is no parameter', () => {
    expect(evaluate('x: int', 'x > 0', JSON.parse(`{ "${key}": { "x": 1 } }`) as Values)).toEqual(missing);
    expect(evaluate('x: int', 'x > 0', JSON.parse(`{ "x": 1, "${key}": { "x": 0 } }`) as Values)).toBe(true);
  });

  test('in a map is there only where it was given', () => {
    expect(evaluate('x: map<int>', `"${key}" in x`, { x: keyed })).toBe(true);
    expect(evaluate('x: map<int>', `x.${key} == 1`, { x: keyed })).toBe(true);
    expect(evaluate('x: map<int>', `"${key}" in x`, { x: { a: 1 } })).toBe(false);
    expect(evaluate('x: map<int>', `has(x.${key})`, { x: { a: 1 } })).toBe(false);
    expect(evaluate('x: map<int>', `x.${key} == 1`, { x: { a: 1 } })).toEqual(failedWith(`there is no field "${key}"`));
  });
});

describe('a condition looks at so much and no more', () => {
  const long = Array.from({ length: 1500 }, (_, index) => String(index));
  const short = long.slice(0, 20);
  const tooMuch = {
    code: 'CONDITION_FAILED',
    message: 'The condition "c" would have to look at too much: its lists are too long.',
  };

  test.each<[parameters: string, expression: string, values: Values, outcome: unknown]>([
    ['x: string, all: list<string>', 'x in all', { x: '1499', all: long }, true],
    ['all: list<string>', 'all.exists(one, one == "1499")', { all: long }, true],
    [
      'some: list<string>, all: list<string>',
      'some.all(one, one in all)',
      { some: short.slice(0, 6), all: long },
      true,
    ],
    ['some: list<string>, all: list<string>', 'some.all(one, one in all)', { some: long, all: long }, tooMuch],
    ['all: list<string>', 'all.all(a, all.exists(b, a == b))', { all: long }, tooMuch],
    [
      'all: list<string>',
      'all.exists(a, all.exists(b, all.exists(c, a == b + c)))',
      { all: long.slice(0, 100) },
      tooMuch,
    ],
    ['all: list<string>', 'all.all(one, one.matches("^[0-9]+$"))', { all: long.slice(0, 1000) }, true],
    ['all: list<string>', 'all.all(one, one.matches("b$"))', { all: ['a'.repeat(100_000)] }, tooMuch],
    [
      'all: map<string>',
      'all.all(k, all[k] == "x")',
      { all: Object.fromEntries(long.slice(0, 1000).map((key) => [key, 'x'])) },
      true,
    ],
    ['all: list<string>', 'all.map(one, one + "!").size() == 1500', { all: long }, tooMuch],
  ])('with (%s): %s', (parameters, expression, values, outcome) => {
    expect(evaluate(parameters, expression, values)).toEqual(outcome);
  });
});

describe('a condition that a few characters make very large', () => {
  const repeated = (start: string, step: string, times: number, end: string) => `${start}${step.repeat(times)}${end}`;
  const tooMuch = {
    code: 'CONDITION_FAILED',
    message: 'The condition "c" would have to look at too much: its lists are too long.',
  };

  test.each([
    ['a list that is added to itself', repeated('[[1]]', '.map(v, v + v)', 30, '.size() == 1')],
    ['a text of no known type', repeated('[dyn("a")]', '.map(v, v + v)', 31, '.size() == 1')],
    ['bytes of no known type', repeated('[dyn(b"a")]', '.map(v, v + v)', 31, '.size() == 1')],
    ['a list with itself in it twice, compared', repeated('[[1]', '.map(v, [v, v])', 30, '].exists(v, v == v)')],
    ['such a list, looked for', repeated('[[1]', '.map(v, [v, v])', 30, '].exists(v, v in dyn([v]))')],
  ])('has no answer: %s', (_what, expression) => {
    expect(evaluate('x: int', expression, { x: 1 })).toEqual(tooMuch);
  });

  /** The model language has no braces in conditions; whoever compiles one by itself is not to wait for ever either. */
  test.each(['.map(v, {v: v})', '.map(v, {type(v): type(v)})'])(
    'is refused where its types become so, as %s does again and again',
    (step) => {
      const expression = repeated('[1]', step, Math.floor(490 / step.length), '.size() == 1');
      const compiled = compileCondition('c' as ConditionName, expression, new Map());
      expect(compiled.ok ? undefined : compiled.problem.message).toBe(
        'In the condition "c", the type of a part is made of too many others.',
      );
    },
  );
});
