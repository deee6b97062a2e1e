import { expect, test } from 'vitest';
import { endOfGlass } from '../../console/src/ask/break-glass.ts';

const [may, june] = ['2030-05-01T00:00:00Z', '2030-06-01T00:00:00+02:00'];

test.each<readonly [string, string | null, Readonly<Record<string, unknown>>, string | undefined]>([
  ['itself', may, {}, may],
  ['the end that is written', null, { expires_at: june }, june],
  ['an end that is called otherwise', null, { started_at: june, until: may }, may],
  ['whichever comes first', june, { end: may }, may],
  ['whichever comes first, the other way round', may, { end: june }, may],
  ['nothing: the only time is when it was opened', null, { opened_at: may, lasts: '87600h' }, undefined],
  ['nothing: of two ends nobody knows which', null, { end_of_day: may, expires_at: june }, undefined],
  ['nothing: an end that is no time', null, { expires_in: '4h', expired: false }, undefined],
  ['nothing at all', null, {}, undefined],
])('break-glass ends by %s', (_what, expiresAt, context, end) => {
  expect(endOfGlass({ expiresAt, condition: { name: 'break_glass_day', context } })).toBe(end);
});
