import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mostUntrustedCharacters, untrustedText } from '../../src/mcp/untrusted-text.ts';

test.each([
  ['what is plain', 'Ann leaves on Friday; see ticket 4711 (HR).', 'Ann leaves on Friday; see ticket 4711 (HR).'],
  ['names of permissions', 'needs can_edit, can_view_all', 'needs can_edit, can_view_all'],
  ['letters of other scripts', 'Größe – 日本語 – עברית', 'Größe – 日本語 – עברית'],
  ['lines', 'one\r\n\r\n## two\tthree', 'one two three'],
  ['an address', 'send it to https://evil.example/?q=1 now', 'send it to (address) now'],
  ['an address of another width', 'ｈｔｔｐｓ：／／ｅｖｉｌ．ｅｘａｍｐｌｅ／ｘ now', '(address) now'],
  ['an address with what is not seen in it', 'ht\u200btps:\u00ad//ev\u2060il.exam\ufeffple', '(address)'],
  ['an address that only a name gives away', 'see evil.example/path or 10.0.0.1:8080/x', 'see (address) or (address)'],
  ['an address without its protocol', 'open //evil/x or www.evil', 'open (address) or (address)'],
  ['what is left of an address', '<b>：／／](x', '(address) (x'],
  ['mail', 'write "eve"@evil.example or a.b+c@evil', 'write (address) or (address)'],
  ['other protocols', 'javascript:alert(1) data:text/html;base64,AA mailto:a', '(address) (address) (address)'],
  ['markdown', '![x](https://evil.example) **bold** _it_ `code` [a][b]', '! x ((address) bold it code a b'],
  ['tags', '<img src=x onerror=y>hi<!-- hidden -->&lt;b&gt;</b>', 'hi b'],
  ['a turned line', 'a\u202Egnp.exe\u2066b\u2069', '(address)'],
  ['letters of tags', 'ok\u{e0041}\u{e0042}', 'ok'],
  ['half a character', 'a\ud800b', 'a\ufffdb'],
  ['nothing', ' \n ', ''],
])('%s', (_what, text, shown) => {
  expect(untrustedText(text)).toBe(shown);
});

/** A letter that is written as six when it is written plainly, and what makes a search begin again at each letter. */
test.each(['\u3316', '\u3316-', 'ﷺ', 'a', 'a.1.', '_a', 'a+', '1.'])(
  'however much of %j there is, it takes no time',
  (piece) => {
    const text = piece.repeat(1000);
    untrustedText(text);
    const startedAt = performance.now();
    untrustedText(text);
    expect(performance.now() - startedAt).toBeLessThan(100);
  },
);

/** Pieces of what somebody hostile would write, put together at random. */
const pieces = [
  ...[
    'https://',
    'evil',
    '.example',
    '/x',
    '@',
    'mailto:',
    'www.',
    '<',
    '>',
    '<b>',
    '![',
    '](',
    ')',
    '`',
    '**',
    '_',
    '__',
  ],
  ...[
    '\u200b',
    '\u202e',
    '\u2066',
    '\ufeff',
    '\u00ad',
    '\u0000',
    '\u001b[31m',
    '\n',
    '\r\n',
    '\u2028',
    '\u{e0041}',
    '\ud800',
  ],
  ...[
    'ｈ',
    '：',
    '／',
    '．',
    '＜',
    '&lt;',
    '&#60;',
    'ﷺ',
    'e',
    '\u0301',
    '#',
    '|',
    '~',
    '\\',
    '{',
    '}',
    ' ',
    '1.2.3.4',
    ':80',
  ],
];
const hostile = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((all) => all.join('')),
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
);
const numRuns = Number(process.env.RUNS ?? 1000);

describe('whatever is written', () => {
  test.each<readonly [string, (shown: string) => boolean]>([
    ['is short', ({ length }) => length <= mostUntrustedCharacters],
    ['is well-formed', (shown) => shown.isWellFormed()],
    ['is in NFC', (shown) => shown === shown.normalize('NFC')],
    [
      'is one line, and all of it is seen',
      (shown) => !/(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u.test(shown),
    ],
    ['has no tag, quote of code, link or heading', (shown) => !/[<>[\]`*#~|\\]/.test(shown)],
    ['has no address', (shown) => !/:\/\/|\/\/\S|@\S|www\.\S|\bmailto:\S|\w\.[a-z]{2}|\d+\.\d+\.\d+\.\d+/i.test(shown)],
    ['is what it is when it is shown again', (shown) => untrustedText(shown) === shown],
  ])('%s', (_what, holds) => {
    fc.assert(
      fc.property(hostile, (text) => holds(untrustedText(text))),
      { numRuns },
    );
  });
});
