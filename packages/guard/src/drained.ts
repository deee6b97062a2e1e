/** Node's way to run something after what is ready by now; other platforms have none. */
declare const setImmediate: ((callback: () => void) => unknown) | undefined;

const turn: (callback: () => void) => void =
  typeof setImmediate === 'function' ? setImmediate : (callback) => void setTimeout(callback, 0);

/** The most turns of the event loop that one batch waits for others: then it goes, whoever else may come. */
const maxTurns = 64;

/**
 * Runs `callback` once the event loop has made a whole turn in which `count` did not grow: so what is loaded at different times
 * still travels together, and nobody waits for what is not on its way.
 */
export function whenDrained(count: () => number, callback: () => void): void {
  const wait = (before: number, turns: number) => {
    const now = count();
    if (turns >= maxTurns || (turns > 0 && now === before)) callback();
    else turn(() => wait(now, turns + 1));
  };
  wait(count(), 0);
}
