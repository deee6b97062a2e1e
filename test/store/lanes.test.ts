import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Caller, type Lane, openLanes, poolSizesOf } from '../../src/store/lanes.ts';
import { lockTimeoutMs } from '../../src/store/postgres/write-group.ts';

/** With the times of a server that nobody has set any of. A replica may have waited for a third of that of a read before. */
const readMs = 3000;
const writeMs = readMs + lockTimeoutMs;
const lanes = Object.entries(openLanes(poolSizesOf(10), { readMs, writeMs }));

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** As sessions are that say nothing any more: given up in the end, those of writes sooner than others. */
const silentMs = (name: string) => (name.endsWith('rites') ? writeMs : 2 * readMs + 1000);

function askInVain(name: string, lane: Lane, caller: Caller): Promise<number> {
  const cameAt = performance.now();
  const work = () => new Promise((_, reject) => setTimeout(() => reject(new Error('lost')), silentMs(name)));
  return lane
    .seatOf(caller)
    .turn(work, 'Work')
    .then(
      () => Number.NaN,
      () => performance.now() - cameAt,
    );
}

const callers: readonly Caller[] = [
  { name: 'user:ann', kind: 'usual' },
  { name: 'user:ben', kind: 'usual' },
  { name: 'service:ops', kind: 'service' },
];

test.each(lanes)(
  'while the database is silent, everybody who comes to %s is refused within five seconds',
  async (name, lane) => {
    const asked: Promise<number>[] = [];
    for (let second = 0; second < 20; second++) {
      for (const caller of callers) for (let count = 0; count < 10; count++) asked.push(askInVain(name, lane, caller));
      await vi.advanceTimersByTimeAsync(1000);
    }
    await vi.advanceTimersByTimeAsync(20_000);
    // Timers go by whole milliseconds.
    expect(Math.max(...(await Promise.all(asked)))).toBeLessThan(5010 - readMs / 3);
  },
);
