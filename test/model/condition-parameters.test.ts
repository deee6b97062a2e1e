import { describe, expect, test } from 'vitest';
import { type Condition, compileCondition } from '../../src/model/condition.ts';
import type { ConditionName } from '../../src/model/names.ts';
import { context, dsl, model, unwrap } from '../support/parse.ts';

/** The outcome of a condition with one parameter `x`: true, false, or the problem. */
function evaluate(type: string, expression: string, values: Readonly<Record<string, unknown>>): unknown {
  const result = conditionOf(type, expression)?.evaluate(context(values));
  return result?.ok ? result.value : result?.problem;
}

/** The language has no word for `any`, which the JSON of a model can have. */
function conditionOf(type: string, expression: string): Condition | undefined {
  if (type === 'any') {
    return unwrap(compileCondition('c' as ConditionName, expression, new Map([['x', { kind: 'any' }]])));
  }
  const definition = `(x: ${type}) {\n  ${expression}\n}`;
  return model(dsl({ user: {}, doc: { viewer: '[user with c]' } }, { c: definition })).conditions.get('c');
}

interface ParameterCase {
  readonly expression: string;
  readonly holds: readonly unknown[];
  readonly fails: readonly unknown[];
  readonly invalid: readonly unknown[];
}

const text = ['', 'text', 'true'];
const others = [null, [], {}, [1], { a: 1 }];

const parameters: Readonly<Record<string, ParameterCase>> = {
  bool: { expression: 'x', holds: [true], fails: [false], invalid: [...text, 0, 1, ...others] },
  string: {
    expression: 'x == "text" || x.startsWith("é")',
    holds: ['text', 'état'],
    fails: ['', 'Text', 'true'],
    invalid: [0, true, ...others],
  },
  int: {
    expression: 'x == 9223372036854775807 || x == 7 || x == -7',
    holds: [7, -7, '7', '+7', '-7', 7.0, '7.0', '7e0', '9223372036854775807'],
    fails: [0, -0, 8, '-9223372036854775808', Number.MAX_SAFE_INTEGER],
    invalid: [
      '9223372036854775808',
      '-9223372036854775809',
      7.5,
      '7.5',
      1e300,
      '0x7',
      ' 7',
      '7 ',
      ...text,
      true,
      ...others,
    ],
  },
  uint: {
    expression: 'x == 18446744073709551615u || x == 7u',
    holds: [7, '7', '18446744073709551615'],
    fails: [0, 8],
    invalid: [-7, '-7', '18446744073709551616', 7.5, ...text, true, ...others],
  },
  double: {
    expression: 'x == 1.5',
    holds: [1.5, '1.5', '+1.5', '15e-1', '1.50'],
    fails: [0, -1.5, '-1.5', 2, '2', '.5', '1.'],
    invalid: ['NaN', 'Infinity', '1e400', '1,5', '0x1', ...text, true, ...others],
  },
  duration: {
    expression: 'x == duration("90m")',
    holds: ['90m', '1h30m', '1.5h', '5400s', '+5400000ms', '5400000000us', '5400000000µs', '5400000000000ns', '0.5h1h'],
    fails: ['0', '-90m', '1ns', '2540400h'],
    invalid: ['90', '1d', '1 h', 'm', '-', '1h-30m', '2562048h', 5400, ...text, true, ...others],
  },
  timestamp: {
    expression: 'x == timestamp("2024-02-29T12:00:00.5Z")',
    holds: ['2024-02-29T12:00:00.5Z', '2024-02-29T13:00:00.500+01:00', '2024-02-29T12:00:00,500000000123Z'],
    fails: ['2024-02-29T12:00:00.500000001Z', '1969-12-31T23:59:59.5Z', '2024-02-29T12:00:00.5+00:01'],
    invalid: [
      ...['2023-02-29T12:00:00Z', '2024-02-30T12:00:00Z', '2024-13-01T00:00:00Z', '2024-02-29T24:00:00Z'],
      ...['2024-02-29T12:60:00Z', '2024-02-29T12:00:60Z', '2024-02-29T12:00:00', '2024-02-29', '2024-02-29 12:00:00Z'],
      ...[
        '2024-02-29T12:00:00+25:00',
        '2024-02-29T12:00:00.Z',
        '24-02-29T12:00:00Z',
        '2024-02-29t12:00:00z',
        1709208000,
        ...text,
        true,
        ...others,
      ],
    ],
  },
  ipaddress: {
    expression: 'x == ipaddress("192.0.2.1") || x == ipaddress("2001:db8::1")',
    holds: ['192.0.2.1', '::ffff:192.0.2.1', '::FFFF:c000:201', '2001:db8::1', '2001:0DB8:0:0::1'],
    fails: ['192.0.2.2', '::192.0.2.1', '2001:db8::2', '2001:db8::1%eth0'],
    invalid: ['192.0.2', '192.0.2.01', '192.0.2.256', '192.0.2.1/32', 'fe80::1%', ' ::1', 1, ...text, ...others],
  },
  'list<string>': {
    expression: '"a" in x',
    holds: [['a'], ['b', 'a']],
    fails: [[], ['A']],
    invalid: [['a', 1], ['a', null], [['a']], { 0: 'a' }, 'a', null, {}],
  },
  'list<int>': {
    expression: 'x.all(y, y > 0) && size(x) == 2',
    holds: [
      [1, 2],
      ['1', '2'],
    ],
    fails: [[], [1, -2]],
    invalid: [[1.5], ['a'], [true], [[1]], 1, { a: 1 }],
  },
  'map<int>': {
    expression: '"a" in x && x.a == 1 && x["a"] < 2',
    holds: [{ a: 1 }, { a: '1', b: 2 }],
    fails: [{}, { b: 1 }, { a: 2 }],
    invalid: [{ a: 'one' }, { a: 1, b: null }, [1], 'a', null],
  },
  any: {
    expression: 'x == 1 || x == "a" || x == [true] || x == {"k": null}',
    holds: [1, 'a', [true], { k: null }],
    fails: [null, 2, '1', [], {}, { k: 1 }],
    invalid: [Number.NaN, Number.POSITIVE_INFINITY, [Number.NaN]],
  },
};

describe.each(Object.entries(parameters))('%s', (type, { expression, holds, fails, invalid }) => {
  test.each(holds.map((value) => [value]))('%j holds', (x) => {
    expect(evaluate(type, expression, { x })).toBe(true);
  });

  test.each(fails.map((value) => [value]))('%j does not hold', (x) => {
    expect(evaluate(type, expression, { x })).toBe(false);
  });

  test.each(invalid.map((value) => [value]))('%j is not one', (x) => {
    const message = `The parameter "x" of the condition "c" is not a valid ${type}.`;
    expect(evaluate(type, expression, { x })).toEqual({ code: 'INVALID_CONTEXT', message });
  });

  test('is needed, even where the expression would not look at it', () => {
    const missing = { code: 'MISSING_CONTEXT', message: 'The condition "c" needs the parameter "x".' };
    expect(evaluate(type, expression, {})).toEqual(missing);
    expect(evaluate(type, 'true', { y: 1 })).toEqual(missing);
    expect(evaluate(type, 'true', { x: undefined })).toEqual(missing);
  });
});
