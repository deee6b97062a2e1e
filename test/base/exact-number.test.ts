import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isExactNumber, WrittenNumber } from '../../src/base/exact-number.ts';

test.each<[written: string, isExact: boolean]>([
  ['0', true],
  ['-0', true],
  ['0.0', true],
  ['0e999999', true],
  ['+7', true],
  ['.5', true],
  ['5.', true],
  ['1e3', true],
  ['1.5e1', true],
  ['0.1', true],
  ['1234567890.12345678901234567890', true],
  ['9007199254740991', true],
  ['-9007199254740991', true],
  ['9007199254740992', true],
  ['9007199254740993', false],
  ['-9007199254740993', false],
  ['9007199254740993.0', false],
  ['90071992547409930e-1', false],
  ['9007199254740994', true],
  ['9007199254740993.5', false],
  ['1234567890123456789', false],
  // The double is another one, although JavaScript prints it so.
  ['1234567890123456800', false],
  // It is a double, and JavaScript prints another one.
  ['1152921504606846976', false],
  ['1e20', true],
  ['100000000000000000000', true],
  ['1e22', true],
  ['1e23', false],
  ['1e400', false],
  ['-1e400', false],
  // A fraction that would become whole.
  ['1.00000000000000000001', false],
  ['1e-400', false],
  ['1e-9999999999', false],
  ['0x1F', true],
  ['0x20000000000001', false],
  ['.nan', true],
])('%s is kept as it is: %j', (written, isExact) => {
  expect(isExactNumber(written)).toBe(isExact);
});

test('what is kept is what was written, for every whole number', () => {
  const spellings = fc.tuple(
    fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }),
    fc.constantFrom('', '.0', 'e0', '0e-1', '.00e0'),
  );
  fc.assert(
    fc.property(spellings, ([whole, tail]) => {
      const written = `${whole}${tail}`;
      const kept = Number(written);
      if (isExactNumber(written))
        expect([BigInt(kept), BigInt(JSON.parse(JSON.stringify({ kept })).kept)]).toEqual([whole, whole]);
      else expect(Number.isSafeInteger(Number(whole))).toBe(false);
    }),
  );
});

test('long numbers take no more than their length', () => {
  expect(isExactNumber(`0.${'0'.repeat(1_000_000)}1`)).toBe(false);
  expect(isExactNumber(`${'0'.repeat(1_000_000)}1`)).toBe(true);
  expect(isExactNumber('9'.repeat(1_000_000))).toBe(false);
});

test.each([
  ['100000000000000000000000', 1e23],
  ['99999999999999991611392', undefined],
  ['1234567890123456800', 1234567890123456800],
  ['1234567890123456768', undefined],
  [`-17976931348623157${'0'.repeat(292)}`, -Number.MAX_VALUE],
  [`1${'0'.repeat(400)}`, undefined],
])('the double that is printed as %s', (text, double) => {
  expect(new WrittenNumber(text).printedDouble).toBe(double);
});
