import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatConsistencyToken, parseConsistencyToken, tokenOf } from '../../src/model/consistency-token.ts';

const identity = '0b9c5a9e-8c1c-4b1e-9a3e-1f2d3c4b5a69';
const token = formatConsistencyToken(tokenOf({ identity, revision: 17, mark: undefined }));

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

test('a token is read back', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.maxSafeNat(), (database, revision) => {
      const made = tokenOf({ identity: database, revision, mark: undefined });
      expect(parseConsistencyToken(formatConsistencyToken(made))).toEqual({ ok: true, value: made });
    }),
  );
});

test('a token that marks its history is read as it was made, and one that does not as well', () => {
  const marked = tokenOf({ identity, revision: 17, mark: { event: 23, hash: '0123456789abcdef' } });
  expect(formatConsistencyToken(marked)).toBe(encode(`p2.${identity}.17.23.0123456789abcdef`));
  expect(parseConsistencyToken(formatConsistencyToken(marked))).toEqual({ ok: true, value: marked });
  expect(parseConsistencyToken(encode(`p1.${identity}.17`))).toEqual({
    ok: true,
    value: tokenOf({ identity, revision: 17, mark: undefined }),
  });
});

test.each<[what: string, forged: string]>([
  ['nothing', ''],
  ['no token', 'hello'],
  ['padding', `${token}=`],
  ['a line break', `${token}\n`],
  ['a space', ` ${token}`],
  ['the alphabet of plain base64', `${token.slice(0, -1)}+`],
  ['bits that base64 ignores', `${encode(`p1.${identity}.1`).slice(0, -1)}F`],
  ['a cut', token.slice(0, -2)],
  ['another version', encode(`p3.${identity}.17`)],
  ['a mark that is missing', encode(`p2.${identity}.17`)],
  ['a mark without its event', encode(`p2.${identity}.17.0123456789abcdef`)],
  ['an event that is none', encode(`p2.${identity}.17.0.0123456789abcdef`)],
  ['a short mark', encode(`p2.${identity}.17.23.0123456789abcde`)],
  ['the version without a mark, with one', encode(`p1.${identity}.17.23.0123456789abcdef`)],
  ['no identity', encode('p1..17')],
  ['a short identity', encode(`p1.${identity.slice(1)}.17`)],
  ['an identity in capitals', encode(`p1.${identity.toUpperCase()}.17`)],
  ['no revision', encode(`p1.${identity}.`)],
  ['a negative revision', encode(`p1.${identity}.-1`)],
  ['a revision with a leading zero', encode(`p1.${identity}.017`)],
  ['a revision with a sign', encode(`p1.${identity}.+17`)],
  ['a fraction', encode(`p1.${identity}.1.5`)],
  ['an exponent', encode(`p1.${identity}.1e3`)],
  ['a revision that is too large for a number', encode(`p1.${identity}.9007199254740993`)],
  ['a revision of 17 digits', encode(`p1.${identity}.10000000000000000`)],
  ['another script’s digits', encode(`p1.${identity}.١٧`)],
  ['a second line', encode(`p1.${identity}.17\n`)],
  ['a NUL', encode(`p1.${identity}.17\u0000`)],
  ['SQL', encode(`p1.${identity}.17; drop table store`)],
  ['100,000 characters', 'A'.repeat(100_000)],
])('%s is no token', (_what, forged) => {
  const problem = expect.stringMatching(
    /^The consistency token ".*" is none\. Next: send one that an answer gave, or leave it out\.$/,
  );
  expect(parseConsistencyToken(forged)).toEqual({ ok: false, problem });
});
