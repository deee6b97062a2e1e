import { describe, expect, test } from 'vitest';
import { AskError } from '../../console/src/ask/ask-error.ts';
import { type Following, follow, type LiveState } from '../../console/src/ask/follow.ts';

/** What a server does with one attempt to listen: what it tells, and why it ends. */
interface Attempt {
  readonly tells?: readonly string[];
  readonly ends?: string;
  /** Whether the page is left then. */
  readonly isLast?: boolean;
}

/** Follows a server that does this, one attempt after the other. */
async function followed(attempts: readonly Attempt[], mayGoOn: () => Promise<boolean> = async () => true) {
  const leaving = new AbortController();
  const log: string[] = [];
  const pauses: number[] = [];
  const waiting = [...attempts];
  const following: Following = {
    after: 'read',
    listen: async (after, { onConnected, onEvent }) => {
      log.push(`after ${after}`);
      const { tells, ends, isLast = false } = waiting.shift() ?? { isLast: true };
      if (tells !== undefined) onConnected();
      for (const place of tells ?? []) onEvent(place);
      if (isLast) leaving.abort();
      if (ends !== undefined) throw new AskError(ends, 'for a test');
    },
    onState: (state: LiveState) => log.push(state),
    onEvent: (place) => log.push(`! ${place}`),
    mayGoOn: async () => {
      const may = await mayGoOn();
      log.push(may ? 'may' : 'who knows');
      return may;
    },
    pause: async (ms) => void pauses.push(ms),
  };
  await follow(following, leaving.signal);
  return { log, pauses };
}

describe('what happens is followed', () => {
  test('from the place that was read, and after an interruption from the last event', async () => {
    const { log } = await followed([
      { tells: ['one', 'two'], ends: 'AUTHORIZATION_UNAVAILABLE' },
      { ends: 'UNREACHABLE' },
      { tells: ['three'], isLast: true },
    ]);
    expect(log).toEqual([
      ...['connecting', 'after read', 'live', '! one', '! two'],
      ...['reconnecting', 'may', 'after two'],
      ...['reconnecting', 'may', 'after two', 'live', '! three'],
    ]);
  });

  test('also when a stream ends in silence, or with a session that was renewed', async () => {
    const { log } = await followed([{ tells: [] }, { tells: [], ends: 'UNAUTHENTICATED' }, { isLast: true }]);
    expect(log.filter((one) => one === 'after read')).toHaveLength(3);
  });

  test.each(['FORBIDDEN', 'HISTORY_DIVERGED', 'BAD_USER_INPUT', 'UNKNOWN_TYPE'])(
    'not after %s: the same would be answered, and a refusal recorded',
    async (code) => {
      const { log } = await followed([{ tells: [], ends: code }, { tells: ['never'] }]);
      // What one may do is read once more, so that the page says it.
      expect(log).toEqual(['connecting', 'after read', 'live', 'ended', 'may']);
    },
  );

  test('not before it is known who asks, and what they may', async () => {
    const answers = [false, false, true];
    const { log } = await followed([{ ends: 'UNREACHABLE' }, { isLast: true }], async () => answers.shift() ?? true);
    expect(log).toEqual([
      ...['connecting', 'after read', 'reconnecting'],
      ...['who knows', 'who knows', 'may', 'after read'],
    ]);
  });

  test('ever more patiently, half a minute at most, and at once again after an event', async () => {
    const down = Array.from({ length: 12 }, (): Attempt => ({ ends: 'UNREACHABLE' }));
    const { pauses } = await followed([...down, { tells: ['one'], ends: 'UNREACHABLE' }]);
    const expected = [500, 1000, 2000, 4000, 8000, 16_000, ...Array(6).fill(30_000), 500];
    expect(pauses).toHaveLength(expected.length);
    for (const [index, most] of expected.entries()) {
      expect(pauses[index]).toBeGreaterThanOrEqual(most / 2);
      expect(pauses[index]).toBeLessThanOrEqual(most * 1.5);
    }
  });

  test('until the page is left', async () => {
    expect((await followed([{ tells: ['one'], isLast: true, ends: 'UNREACHABLE' }])).log).toEqual([
      ...['connecting', 'after read', 'live', '! one'],
    ]);
  });
});
