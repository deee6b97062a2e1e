import { expect, test } from 'vitest';
import { quote, textProblem } from '../../src/base/text-problem.ts';

const malformed = 'is not well-formed Unicode';
const unseen = 'contains a space, control or invisible character';
const notNfc = 'is not in Unicode normalization form NFC';

test.each<[what: string, text: string, problem: string | undefined]>([
  ['a plain name', 'track', undefined],
  ['a number', '42', undefined],
  ['a UUID', '0b9c5a9e-8c1c-4b1e-9a3e-1f2d3c4b5a69', undefined],
  ['an address', 'ann@example.com', undefined],
  ['punctuation', '/a|b\\c=d&e?f!g%20', undefined],
  ['an accent in NFC', 'caf\u00e9', undefined],
  ['the same accent in NFD', 'cafe\u0301', notNfc],
  ['the Angstrom sign, which NFC replaces', '\u212b', notNfc],
  ['Hangul in single letters', '\u1112\u1161\u11ab', notNfc],
  ['Hangul as a syllable', '\ud55c', undefined],
  ['an emoji', '\u{1f3b5}', undefined],
  ['a ligature, which only NFKC would replace', '\ufb01le', undefined],
  ['nothing', '', 'is empty'],
  ['a high surrogate alone', 'a\ud800b', malformed],
  ['a low surrogate alone', 'a\udc00b', malformed],
  ['surrogates in the wrong order', '\udc00\ud800', malformed],
  ['the replacement character itself', 'a\ufffdb', undefined],
  ['NUL', 'a\u0000b', unseen],
  ['a line break', 'a\nb', unseen],
  ['a tab', 'a\tb', unseen],
  ['escape', 'a\u001b[2Jb', unseen],
  ['a C1 control', 'a\u009bb', unseen],
  ['delete', 'a\u007fb', unseen],
  ['a space', 'a b', unseen],
  ['a space at the end', 'a ', unseen],
  ['a no-break space', 'a\u00a0b', unseen],
  ['an ideographic space', 'a\u3000b', unseen],
  ['a line separator', 'a\u2028b', unseen],
  ['a zero-width space', 'a\u200bb', unseen],
  ['a zero-width joiner', 'a\u200db', unseen],
  ['a zero-width joiner at the end', '\u{1f469}\u200d', unseen],
  ['two of them', '\u{1f469}\u200d\u200d\u{1f469}', unseen],
  ['a family of emoji', '\u{1f469}\u200d\u2764\ufe0f\u200d\u{1f469}', undefined],
  ['an emoji with a tone and a profession', '\u{1f469}\u{1f3fd}\u200d\u{1f680}', undefined],
  ['a coloured emoji', '\u2764\ufe0f', undefined],
  ['Persian with a non-joiner that shows', '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645', undefined],
  ['Persian with one that nobody sees', '\u06a9\u0627\u0631\u200c\u0647\u0627', unseen],
  ['Hindi with a joiner that shows', '\u0915\u094d\u200d\u0937', undefined],
  ['Hindi with one that nobody sees', '\u0915\u200d\u0937', unseen],
  ['a word joiner', 'a\u2060b', unseen],
  ['a byte order mark', '\ufeffa', unseen],
  ['a soft hyphen', 'a\u00adb', unseen],
  ['a right-to-left override', 'a\u202eb', unseen],
  ['a right-to-left isolate', 'a\u2067b', unseen],
  ['a tag character', 'a\u{e0061}', unseen],
  ['a variation selector', 'a\ufe0f', unseen],
  ['a combining grapheme joiner', 'a\u034fb', unseen],
  ['a Hangul filler', '\u3164', unseen],
])('%s', (_what, text, problem) => {
  expect(textProblem(text, 256)).toBe(problem);
});

test.each<[text: string, bytes: number]>([
  ['a'.repeat(8), 8],
  ['\u00e9'.repeat(4), 8],
  ['\u20ac'.repeat(2), 6],
  ['\u{1f3b5}', 4],
])('the length of %j is counted in bytes', (text, bytes) => {
  expect(textProblem(text, bytes)).toBeUndefined();
  expect(textProblem(text, bytes - 1)).toBe(`is longer than ${bytes - 1} bytes`);
});

test.each<[what: string, text: string, quoted: string]>([
  ['a name', 'track:1', '"track:1"'],
  ['quotes', 'a"b', '"a\\"b"'],
  ['a line break', 'a\nb', '"a\\nb"'],
  ['an escape sequence', '\u001b[31m', '"\\u001b[31m"'],
  ['the same with a C1 control', '\u009b31m', '"\\u009b31m"'],
  ['delete', '\u007f', '"\\u007f"'],
  ['a right-to-left override', 'a\u202eb', '"a\\u202eb"'],
  ['a line separator', 'a\u2028b', '"a\\u2028b"'],
  ['a zero-width space', 'a\u200bb', '"a\\u200bb"'],
  ['a tag character', '\u{e0061}', '"\\u{e0061}"'],
  ['a lone surrogate', 'a\ud800b', '"a\ufffdb"'],
  ['80 characters', 'x'.repeat(80), `"${'x'.repeat(80)}"`],
  ['81 characters', 'x'.repeat(81), `"${'x'.repeat(80)}…"`],
  ['a pair of surrogates across the cut', `${'x'.repeat(79)}\u{1f3b5}`, `"${'x'.repeat(79)}\ufffd…"`],
])('a message quotes %s harmlessly', (_what, text, quoted) => {
  expect(quote(text)).toBe(quoted);
});

test('a list of names is quoted whole', () => {
  expect(['approver', 'owner'].map(quote)).toEqual(['"approver"', '"owner"']);
});
