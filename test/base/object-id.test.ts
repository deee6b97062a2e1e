import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isObjectId } from '#guard/object-id';
import { makeObjectRef } from '../../src/model/object-ref.ts';

/** Letters, signs that are seen, and signs that are not, of which the rules of ids are made. */
const sign = fc.constantFrom(
  ...['a', '1', '*', ':', '#', ' ', '\n', '\u00e9', 'e\u0301', '\u200c', '\u200d', '\ufe0f', '\u{1f469}', '\u{1f3fd}'],
  ...['\u2764', '\u0645', '\u06cc', '\u0631', '\u0915', '\u094d', '\u202e', '\u00ad', '\ud800', '\u{e0061}', '\u3164'],
);

test('an id is one for the guard if and only if it is one for Postern', () => {
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 8 }), (signs) => {
      const text = signs.join('');
      expect([text, isObjectId(text)]).toEqual([text, makeObjectRef('doc', text).ok]);
    }),
    { numRuns: 20_000 },
  );
});
