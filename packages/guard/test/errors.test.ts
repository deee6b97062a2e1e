import { graphql } from 'graphql';
import { expect, test } from 'vitest';
import { isPosternError, PosternError } from '../src/index.ts';
import { catalog } from './support/catalog.ts';
import { guard } from './support/guarded-subgraph.ts';
import { recordingClient } from './support/recording-client.ts';

const permission = 'can_view_royalties';
const told = { permission, type: 'track' };

test.each([
  [false, 'FORBIDDEN', 'This needs the permission "can_view_royalties" on this track.'],
  [
    'unauthenticated',
    'UNAUTHENTICATED',
    'This needs the permission "can_view_royalties" on this track, and nobody is signed in.',
  ],
  [
    'undecided',
    'AUTHORIZATION_UNAVAILABLE',
    'This needs the permission "can_view_royalties" on this track, and it cannot be decided now who has it.',
  ],
] as const)('%s is %s', async (kind, code, message) => {
  const schema = guard(
    catalog(),
    recordingClient(() => kind),
  );
  const { errors = [] } = await graphql({
    schema,
    source: '{ track(id: 3) { royalties } }',
    contextValue: { token: 'x' },
  });
  expect(JSON.parse(JSON.stringify(errors))).toEqual([
    { message, path: ['track', 'royalties'], locations: [{ line: 1, column: 18 }], extensions: { code, ...told } },
  ]);
  expect(errors.map(isPosternError)).toEqual([true]);
});

test('the reason is for logs only', async () => {
  const schema = guard(
    catalog(),
    recordingClient(() => 'undecided'),
  );
  const { errors = [] } = await graphql({
    schema,
    source: '{ track(id: 3) { royalties } }',
    contextValue: { token: 'x' },
  });
  const original = errors[0]?.originalError;
  expect(original instanceof PosternError && original.reason).toBe('was told to');
  expect(JSON.stringify([errors, original, { ...original }])).not.toContain('was told to');
});

test('other errors are none of ours', () => {
  for (const error of [new Error('x'), { code: 'FORBIDDEN' }, null, undefined, 'FORBIDDEN']) {
    expect(isPosternError(error)).toBe(false);
  }
  expect(isPosternError({ [Symbol.for('@postern/guard/error')]: true })).toBe(true);
});

/** Decisions of `can_view_contract` and of `can_audit`, the second guard, and what comes of both. */
const pairs = [
  [true, true, undefined],
  [true, false, 'FORBIDDEN'],
  [false, true, 'FORBIDDEN'],
  [true, 'undecided', 'AUTHORIZATION_UNAVAILABLE'],
  ['undecided', true, 'AUTHORIZATION_UNAVAILABLE'],
  [false, 'undecided', 'FORBIDDEN'],
  ['undecided', false, 'FORBIDDEN'],
  ['unauthenticated', 'undecided', 'UNAUTHENTICATED'],
  ['undecided', 'unauthenticated', 'UNAUTHENTICATED'],
  [false, 'unauthenticated', 'UNAUTHENTICATED'],
] as const;

test.each(pairs)('%s and %s', async (first, second, code) => {
  const schema = guard(
    catalog(),
    recordingClient((check) => (check.endsWith('#can_audit') ? second : first)),
  );
  const { errors = [] } = await graphql({
    schema,
    source: '{ track(id: 1) { contract } }',
    contextValue: { token: 'x' },
  });
  expect(errors[0]?.extensions.code).toBe(code);
});
