import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeSealingKey, seal, unseal } from '../../src/store/seal.ts';

const key = makeSealingKey('a secret', 'test');
const question = ['list', 'user:ann', { b: 1, a: 2 }];
const texts = fc.string({ unit: 'binary', maxLength: 200 }).map((text) => text.replaceAll('\0', ''));

test('what is sealed is opened with the same key for the same value, and no part of it is readable', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const sealed = seal(key, question, text);
      expect(unseal(key, ['list', 'user:ann', { a: 2, b: 1 }], sealed)).toBe(text);
      if (text.length > 4) expect(Buffer.from(sealed, 'base64url').includes(text)).toBe(false);
    }),
  );
});

test('equal texts are sealed alike, and texts of one length class are of one length', () => {
  expect(seal(key, question, 'track:1')).toBe(seal(key, question, 'track:1'));
  expect(seal(key, question, '1')).toHaveLength(seal(key, question, 'a'.repeat(32)).length);
});

describe('is not opened', () => {
  const sealed = seal(key, question, 'track:42');

  test.each<[what: string, open: () => string | undefined]>([
    ['for another value', () => unseal(key, ['list', 'user:bob'], sealed)],
    ['with the key of another secret', () => unseal(makeSealingKey('another', 'test'), question, sealed)],
    ['with the key of another purpose', () => unseal(makeSealingKey('a secret', 'other'), question, sealed)],
    ['in another spelling', () => unseal(key, question, `${sealed}=`)],
    ['as nothing', () => unseal(key, question, '')],
    ['as a nonce alone', () => unseal(key, question, sealed.slice(0, 16))],
    ['as something else', () => unseal(key, question, 'ä %')],
  ])('%s', (_what, open) => {
    expect(open()).toBeUndefined();
  });

  test('with any bit changed', () => {
    const bytes = Buffer.from(sealed, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(unseal(key, question, changed.toString('base64url'))).toBeUndefined();
    }
  });
});
