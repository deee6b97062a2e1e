/** The time, and what is done later. */
export interface ShadowClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs something after so many milliseconds, unless what it returns is called before. */
  after(ms: number, run: () => void): () => void;
}

/** The platform's; what waits in it keeps no process running. */
export const timers: ShadowClock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer: unknown = setTimeout(run, ms);
    if (typeof timer === 'object' && timer !== null) {
      const unref: unknown = Reflect.get(timer, 'unref');
      if (typeof unref === 'function') unref.call(timer);
    }
    return () => clearTimeout(timer as Parameters<typeof clearTimeout>[0]);
  },
};
