import { afterEach, describe, expect, test, vi } from 'vitest';
import { FairQueue, TooMuchWaiting, WaitedTooLong } from '../../src/base/fair-queue.ts';
import type { FaultPort } from '../../src/base/fault-port.ts';
import { DeadlineExceeded } from '../../src/base/with-deadline.ts';

const share = { atOnce: 1, waiting: 100 };
const forever = { forOthersMs: 60_000, answerMs: 60_000, inVainMs: 60_000, forOwnMs: 60_000 };
const atOnce = { ...forever, forOthersMs: 1 };
const what = 'Work';

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

afterEach(() => {
  vi.useRealTimers();
});

describe('a fair queue', () => {
  test('serves callers in turns, however much one of them has waiting', async () => {
    const queue = new FairQueue(1, forever);
    const { begun, work, finishOne } = workshop();
    const all = ['a1', 'a2', 'a3', 'a4', 'b1', 'c1', 'b2'].map((name) =>
      queue.run(name.charAt(0), share, work(name), what),
    );
    for (const _ of all) await finishOne();
    expect(begun).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
    expect(await Promise.all(all)).toEqual(['a1', 'a2', 'a3', 'a4', 'b1', 'c1', 'b2']);
  });

  test('keeps places free of a caller that has its share', async () => {
    const queue = new FairQueue(3, forever);
    const { begun, work, finishOne } = workshop();
    const all = ['a1', 'a2', 'a3', 'b1'].map((name) =>
      queue.run(name.charAt(0), { atOnce: 2, waiting: 9 }, work(name), what),
    );
    expect(begun).toEqual(['a1', 'a2', 'b1']);
    for (const _ of all) await finishOne();
    expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
  });

  test('refuses a caller that has too much waiting, and nobody else', async () => {
    const queue = new FairQueue(1, forever);
    const { work, finishOne } = workshop();
    const few = { atOnce: 1, waiting: 2 };
    const all = ['a1', 'a2', 'a3', 'b1'].map((name) => queue.run(name.charAt(0), few, work(name), what));
    await expect(queue.run('a', few, work('a4'), what)).rejects.toThrow(TooMuchWaiting);
    for (const _ of all) await finishOne();
    expect(await Promise.all(all)).toHaveLength(4);
  });

  test('refuses what waits too long: as too much where others were served meanwhile, as out of order where nobody was', async () => {
    const stuck = new FairQueue(1, atOnce);
    const { work } = workshop();
    void stuck.run('a', share, work('a1'), what);
    await expect(stuck.run('b', share, work('b1'), what)).rejects.toThrow(DeadlineExceeded);

    const busy = new FairQueue(1, atOnce);
    void busy.run('b', share, async () => 'done', what);
    void busy.run('c', share, work('c1'), what);
    await expect(busy.run('a', share, work('a1'), what)).rejects.toThrow(WaitedTooLong);
  });

  test("what waits for its own caller's work is not late for that, and its time begins with its turn", async () => {
    vi.useFakeTimers();
    const queue = new FairQueue(2, { forOthersMs: 10, answerMs: 30, inVainMs: 45, forOwnMs: 1000 });
    const take20 = () => new Promise((resolve) => setTimeout(resolve, 20));
    const all = Promise.all([1, 2, 3, 4, 5, 6].map(() => queue.run('a', share, take20, what)));
    await vi.advanceTimersByTimeAsync(120);
    expect(await all).toHaveLength(6);
  });

  test.each([
    [
      'for work of its own that does not end',
      { forOthersMs: 10, answerMs: 30, inVainMs: 45, forOwnMs: 1000 },
      DeadlineExceeded,
    ],
    [
      'for more of its own than there is time for',
      { forOthersMs: 10, answerMs: 30, inVainMs: 45, forOwnMs: 20 },
      TooMuchWaiting,
    ],
  ])('what waits %s is refused, and leaves others alone', async (_what, times, expected) => {
    vi.useFakeTimers();
    const queue = new FairQueue(2, times);
    const { work } = workshop();
    const stuck = queue.run('a', share, work('a1'), what);
    const refused = [stuck, queue.run('a', share, work('a2'), what), queue.run('a', share, work('a3'), what)];
    const settled = Promise.allSettled(refused);
    await vi.advanceTimersByTimeAsync(31);
    expect((await settled).map((one) => one.status === 'rejected' && one.reason.constructor)).toEqual([
      DeadlineExceeded,
      expected,
      expected,
    ]);
    expect(await queue.run('b', share, async () => 'yes', what)).toBe('yes');
  });

  test('nobody waits in vain twice: neither who has a turn after what did not work, nor who never has one', async () => {
    vi.useFakeTimers();
    const queue = new FairQueue(1, { forOthersMs: 10, answerMs: 30, inVainMs: 45, forOwnMs: 1000 });
    const startedAt = performance.now();
    // As a connection that says nothing, and is given up in the end.
    const inVain = () => new Promise((_, reject) => setTimeout(() => reject(new Error('lost')), 20));
    const refusedAt = async () =>
      queue.run('a', share, inVain, what).then(
        () => undefined,
        () => performance.now() - startedAt,
      );
    const refused = Promise.all([refusedAt(), refusedAt(), refusedAt(), refusedAt()]);
    await vi.advanceTimersByTimeAsync(200);
    expect(await refused).toEqual([20, 40, 45, 45]);
  });

  test('what waited while others were served has all of its time', async () => {
    vi.useFakeTimers();
    const queue = new FairQueue(1, { forOthersMs: 1000, answerMs: 30, inVainMs: 30, forOwnMs: 1000 });
    const take = (ms: number) => () => new Promise((resolve) => setTimeout(() => resolve(ms), ms));
    const all = Promise.all([25, 26, 27].map((ms) => queue.run('a', share, take(ms), what)));
    await vi.advanceTimersByTimeAsync(100);
    expect(await all).toEqual([25, 26, 27]);
  });

  test('takes a place back from work that fails', async () => {
    const queue = new FairQueue(1, forever);
    const failing = queue.run('a', share, () => Promise.reject(new Error('no')), what);
    const next = queue.run('b', share, async () => 'yes', what);
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });

  test('keeps no place for what fails after its turn has come and before its work has begun', async () => {
    const failsAfterwards: FaultPort = {
      around: async (_point, wait) => {
        await wait();
        throw new Error('broken');
      },
    };
    const { work, finishOne } = workshop();
    const queue = new FairQueue(1, forever, failsAfterwards);
    const first = queue.run('a', share, work('first'), what);
    const second = expect(queue.run('b', share, work('second'), what)).rejects.toThrow('broken');
    await finishOne();
    await second;
    expect(await first).toBe('first');
    expect(await queue.run('c', share, async () => 'third', what)).toBe('third');
  });
});
