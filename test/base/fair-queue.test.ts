import { describe, expect, test } from 'vitest';
import { FairQueue, TooMuchWaiting, WaitedTooLong } from '../../src/base/fair-queue.ts';
import { DeadlineExceeded } from '../../src/base/with-deadline.ts';

const share = { atOnce: 1, waiting: 100 };
const forever = 60_000;

/** Work that says when it begins, and ends when it is told to. */
function workshop() {
  const begun: string[] = [];
  const open: (() => void)[] = [];
  const work = (name: string) => () => {
    begun.push(name);
    return new Promise<string>((resolve) => open.push(() => resolve(name)));
  };
  const finishOne = async () => {
    open.shift()?.();
    await new Promise(setImmediate);
  };
  return { begun, work, finishOne };
}

describe('a fair queue', () => {
  test('serves callers in turns, however much one of them has waiting', async () => {
    const queue = new FairQueue(1, forever);
    const { begun, work, finishOne } = workshop();
    const all = ['a1', 'a2', 'a3', 'a4', 'b1', 'c1', 'b2'].map((name) => queue.run(name.charAt(0), share, work(name)));
    for (const _ of all) await finishOne();
    expect(begun).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
    expect(await Promise.all(all)).toEqual(['a1', 'a2', 'a3', 'a4', 'b1', 'c1', 'b2']);
  });

  test('keeps places free of a caller that has its share', async () => {
    const queue = new FairQueue(3, forever);
    const { begun, work, finishOne } = workshop();
    const all = ['a1', 'a2', 'a3', 'b1'].map((name) =>
      queue.run(name.charAt(0), { atOnce: 2, waiting: 9 }, work(name)),
    );
    expect(begun).toEqual(['a1', 'a2', 'b1']);
    for (const _ of all) await finishOne();
    expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
  });

  test('refuses a caller that has too much waiting, and nobody else', async () => {
    const queue = new FairQueue(1, forever);
    const { work, finishOne } = workshop();
    const few = { atOnce: 1, waiting: 2 };
    const all = ['a1', 'a2', 'a3', 'b1'].map((name) => queue.run(name.charAt(0), few, work(name)));
    await expect(queue.run('a', few, work('a4'))).rejects.toThrow(TooMuchWaiting);
    for (const _ of all) await finishOne();
    expect(await Promise.all(all)).toHaveLength(4);
  });

  test('refuses what waits too long: as too much where others were served meanwhile, as out of order where nobody was', async () => {
    const stuck = new FairQueue(1, 1);
    const { work } = workshop();
    void stuck.run('a', share, work('a1'));
    await expect(stuck.run('b', share, work('b1'))).rejects.toThrow(DeadlineExceeded);

    const busy = new FairQueue(2, 1);
    void busy.run('a', share, work('a1'));
    const waiting = busy.run('a', share, work('a2'));
    await busy.run('b', share, async () => 'done');
    await expect(waiting).rejects.toThrow(WaitedTooLong);
  });

  test('takes a place back from work that fails', async () => {
    const queue = new FairQueue(1, forever);
    const failing = queue.run('a', share, () => Promise.reject(new Error('no')));
    const next = queue.run('b', share, async () => 'yes');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});
