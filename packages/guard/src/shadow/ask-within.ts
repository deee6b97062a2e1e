import type { ShadowClock } from './shadow-clock.ts';

export const failed = Symbol('failed');

/**
 * What comes of asking somebody who may throw, reject, answer twice, or never: the first thing that `read` can make of an answer
 * within the time, and `failed` for all else. Never rejects; what comes later goes nowhere.
 */
export function askWithin<Answer>(
  clock: ShadowClock,
  ms: number,
  ask: (signal: AbortSignal) => unknown,
  read: (answer: unknown) => Answer | typeof failed,
): Promise<Answer | typeof failed> {
  return new Promise((resolve) => {
    const controller = new AbortController();
    const cancel = clock.after(ms, () => {
      resolve(failed);
      controller.abort();
    });
    const settle = (answer: Answer | typeof failed) => {
      cancel();
      resolve(answer);
    };
    Promise.resolve(controller.signal)
      .then(ask)
      .then(read)
      .then(settle, () => settle(failed));
  });
}
