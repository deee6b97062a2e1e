import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Pieces } from '../../src/base/pieces.ts';

test('a short list is there at once', () => {
  expect(new Pieces().of([1, 2, 3])).toEqual([1, 2, 3]);
});

test('two long lists are handed out in their order, with turns for others between any two pieces', async () => {
  const pieces = new Pieces();
  const seen: number[] = [];
  const numbers = Array.from({ length: 1000 }, (_, index) => index);
  const lists = [pieces.of(numbers.slice(0, 150)), pieces.of(numbers.slice(150))];
  const done = Promise.all(lists.flat().map(async (item) => void seen.push(await item)));
  const counts: number[] = [];
  while (seen.length < numbers.length) {
    const before = seen.length;
    await nextTurn();
    counts.push(seen.length - before);
  }
  await done;
  expect(seen).toEqual(numbers);
  expect(Math.max(...counts)).toBeLessThanOrEqual(200);
});
