import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, isRecord } from '../../src/base/canonical-json.ts';
import { WrittenNumber } from '../../src/base/exact-number.ts';

test.each<[what: string, value: unknown, text: string]>([
  ['keys in another order', { b: 1, a: 2 }, '{"a":2,"b":1}'],
  ['keys inside', { x: [{ d: 1, c: { z: 1, y: 2 } }] }, '{"x":[{"c":{"y":2,"z":1},"d":1}]}'],
  ['lists, which keep theirs', [3, 1, 2], '[3,1,2]'],
  ['keys that are numbers', { 10: 'a', 9: 'b' }, '{"9":"b","10":"a"}'],
  ['keys with the names of methods', { toString: 1, constructor: 2 }, '{"constructor":2,"toString":1}'],
  ['null and booleans', { b: null, a: true }, '{"a":true,"b":null}'],
  ['text', 'a"b', '"a\\"b"'],
])('%s', (_what, value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

test('a key named __proto__ is a key like any other', () => {
  const value: unknown = JSON.parse('{"b":1,"__proto__":{"d":1,"c":2}}');
  expect(canonicalJson(value)).toBe('{"__proto__":{"c":2,"d":1},"b":1}');
});

const json = fc.jsonValue({ maxDepth: 4 });

test('the text means the value, so different values have different texts', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('no two of these have the same text: numbers that JSON has none for are neither null nor what they are kept as', () => {
  const text = '12345678901234567890';
  const values = [
    new WrittenNumber(text),
    text,
    { writtenNumber: text },
    { text },
    JSON.parse(canonicalJson(new WrittenNumber(text))),
    Number(text),
    null,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NaN,
    JSON.parse(canonicalJson(Number.NaN)),
    'NaN',
  ];
  const texts = values.flatMap((value) => [value, [value], { value }]).map((value) => canonicalJson(value));
  expect(new Set(texts).size).toBe(3 * values.length);
});

test('the order of keys makes no difference', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
    }),
  );
});

test.each<[value: unknown, is: boolean]>([
  [{}, true],
  [{ length: 0 }, true],
  [Object.create(null), true],
  [[], false],
  [null, false],
  ['text', false],
  [undefined, false],
])('%j is a record: %j', (value, is) => {
  expect(isRecord(value)).toBe(is);
});

/** The same value with the keys of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, part]): [string, unknown] => [key, reversed(part)]);
  return Object.fromEntries(entries.toReversed());
}
