import { expect, test } from 'vitest';
import { didYouMean } from '../../src/base/did-you-mean.ts';

const known = ['viewer', 'editor', 'owner', 'can_edit', 'can_view_royalties', 'ok'];

test.each<[name: string, nearest: string | undefined]>([
  ['viewr', 'viewer'],
  ['viewwer', 'viewer'],
  ['veiwer', 'viewer'],
  ['Viewer', 'viewer'],
  ['viewer', 'viewer'],
  ['edito', 'editor'],
  ['can_edti', 'can_edit'],
  ['onwer', 'owner'],
  ['ko', 'ok'],
  ['can_view_royalty', 'can_view_royalties'],
  ['can_vew_roylties', 'can_view_royalties'],
  ['oh', 'ok'],
  ['no', undefined],
  ['reader', undefined],
  ['', undefined],
  ['k', 'ok'],
  ['toString', undefined],
])('%j is near %j', (name, nearest) => {
  expect(didYouMean(name, known)).toBe(nearest === undefined ? '' : ` Did you mean "${nearest}"?`);
});

test('of two names that are as near, the first is taken', () => {
  expect(didYouMean('owler', ['owner', 'fowler'])).toBe(' Did you mean "owner"?');
});

test('nothing is near when nothing is known', () => {
  expect(didYouMean('viewer', [])).toBe('');
});

test('a name that is far too long is answered at once', () => {
  const started = performance.now();
  expect(didYouMean('v'.repeat(1_000_000), known)).toBe('');
  expect(performance.now() - started).toBeLessThan(1000);
});
