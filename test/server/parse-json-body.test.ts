import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJsonBody } from '../../src/server/http/parse-json-body.ts';

const read = (json: string) => parseJsonBody(Buffer.from(json));

const key = fc.constantFrom('a', 'b', 'variables', '__proto__', 'a:1e5', '1,12345678901234567890]', '"', '\\');
const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,25})(\.\d{1,20})?([eE][+-]?\d{1,3})?$/);
const leaf = fc.oneof(
  digits,
  key.map((text) => JSON.stringify(text)),
  fc.constantFrom('true', 'null', '""', '"track:1e5"'),
);

/** Texts as programs write them; nothing about them is exact, so that what is refused is among them as well. */
const written = fc.letrec<{ value: string; list: string; object: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, leaf, tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
  object: fc
    .array(fc.tuple(key, tie('value')), { maxLength: 4 })
    .map((entries) => `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`),
})).value;

test('the same is said of a body as programs write it and as people do', () => {
  fc.assert(
    fc.property(written, (json) => {
      const byPeople = read(` ${json}`);
      expect(read(json)).toEqual(byPeople);
    }),
    { numRuns: 10_000 },
  );
});

test.each([
  ['{"a":1,"a":1}', 'twice'],
  ['{"a":{"b":1,"b":2}}', 'twice'],
  ['{"a":1,"\\u0061":2}', 'twice'],
  ['{"__proto__":{"a":1}}', '__proto__'],
  ['{"__pr\\u006fto__":1}', '__proto__'],
  ['{"n":12345678901234567000}', 'too long'],
  ['{"n":[1,12345678901234567000]}', 'too long'],
  ['12345678901234567000', 'too long'],
  ['{"n":1.2345678901234568e+25}', 'too long'],
  ['{"n":-9007199254740994.5}', 'too long'],
])('%s, as a program may write it, is refused', (json, why) => {
  expect(read(json)).toMatchObject({ ok: false, problem: expect.stringContaining(why) });
});

test.each(['{"n":1e+21}', '{"n":0.1}', '{"id":"12345678901234567890","a":[]}', '\uFEFF{"a":1}', '{"a":"track:1e5"}'])(
  '%s is read',
  (json) => {
    expect(read(json)).toEqual({ ok: true, value: JSON.parse(json.replace('\uFEFF', '')) });
  },
);

test('what is nested very deeply is read', () => {
  const levels = 7000;
  expect(read('['.repeat(levels) + ']'.repeat(levels)).ok).toBe(true);
  expect(read(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`).ok).toBe(true);
});

test('every body has no more values than bytes', () => {
  const values = (count: number) => `[${Array.from({ length: count }, () => '{}').join(',')}]`;
  expect(read(values(7999)).ok).toBe(true);
  expect(read(values(8001)).ok).toBe(false);
  expect(read('['.repeat(16_001)).ok).toBe(false);
});
