import { expect, test } from 'vitest';
import { measure } from '../../bench/measure.ts';

const loop = { warmUpMs: 0, durationMs: 100, maxRequests: 1000 };

test('an open loop begins as many requests as its rate says, and a time counts from the intended instant', async () => {
  const begun: number[] = [];
  let isFree = Promise.resolve();
  // One at a time and slower than they come: each waits for all before it.
  const ask = (index: number) => {
    begun.push(index);
    isFree = isFree.then(() => busyFor(20));
    return isFree;
  };
  const measured = await measure(ask, { ...loop, warmUpMs: 10, load: { perSecond: 100 } });
  expect(measured.requests).toBe(10);
  expect(begun).toEqual([0, ...Array.from({ length: 10 }, (_, index) => index)]);
  // Each takes 20 ms, begins 10 ms after the one before it and so waits 10 ms longer.
  expect(measured.p99Ms).toBeGreaterThan(100);
});

test('a closed loop has never more than its requests under way', async () => {
  let under = 0;
  let most = 0;
  const ask = async () => {
    under += 1;
    most = Math.max(most, under);
    await Promise.resolve();
    under -= 1;
  };
  const measured = await measure(ask, { ...loop, load: { inFlight: 4 } });
  expect(most).toBe(4);
  expect(measured.requests).toBeGreaterThanOrEqual(4);
});

test.each([{ inFlight: 2 }, { perSecond: 200 }])('a request that fails ends the measurement: %o', async (load) => {
  const ask = async () => {
    throw new Error('refused');
  };
  await expect(measure(ask, { ...loop, load })).rejects.toThrow();
});

test('processor time is that between the beginning and the end, for each request', async () => {
  let used = 0;
  const ask = async () => {
    used += 3;
  };
  const cpuUsed = async () => ({ serverMs: used, databaseMs: undefined });
  const { cpuMs, databaseCpuMs } = await measure(ask, { ...loop, warmUpMs: 10, load: { perSecond: 100 }, cpuUsed });
  expect(cpuMs).toBe(3);
  expect(databaseCpuMs).toBeUndefined();
});

async function busyFor(milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}
