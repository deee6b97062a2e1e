import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Turns } from '../../src/base/turns.ts';

/** Works for so many parts, each as long as a turn. */
async function work(turns: Turns, name: string, parts: number, done: string[]): Promise<void> {
  for (let part = 0; part < parts; part++) {
    done.push(name);
    await turns.pause();
  }
}

test('of those that rest one goes on, in their order, and whatever else has come is looked after in between', async () => {
  const turns = new Turns(0);
  const done: string[] = [];
  const working = [work(turns, 'a', 3, done), work(turns, 'b', 3, done), work(turns, 'c', 2, done)];
  expect(done).toEqual(['a', 'b', 'c']);
  for (const next of ['a', 'b', 'c', 'a', 'b']) {
    await nextTurn();
    expect(done.splice(3)).toEqual([next]);
  }
  await Promise.all(working);
});

test('nobody rests before the turn is over', async () => {
  const turns = new Turns(60_000);
  expect([turns.pause(), turns.pause(), turns.pause()]).toEqual([undefined, undefined, undefined]);
});
