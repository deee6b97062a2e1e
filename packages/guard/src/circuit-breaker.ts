import { FailuresOfCallers } from './failures-of-callers.ts';

export interface BreakerOptions {
  /**
   * After so many calls of one caller in a row without an answer, this caller is not asked about for a while; and if the last calls of
   * all were as many, and Postern does not answer nobody's question either, nobody is; 5 by default.
   */
  readonly failures?: number;
  /** For how long, in milliseconds; then one call tries; 1,000 by default. */
  readonly coolDownMs?: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
}

/** Keeps callers from waiting, each for the whole timeout, for somebody who does not answer. */
export interface CircuitBreaker {
  /** Whether to call now in this caller's name. Whoever is told so has to report what came of it. */
  mayCall(caller: string): boolean;
  succeeded(caller: string): void;
  failed(caller: string): void;
}

/**
 * What a caller sends can be why there was no answer: a token whose issuer is away, a question that takes too long. That is held
 * against this caller alone. Before everybody is refused, `isAlive` asks without any of it.
 */
export function createCircuitBreaker(isAlive: () => Promise<boolean>, options: BreakerOptions = {}): CircuitBreaker {
  const { failures = 5, coolDownMs = 1000, now = () => performance.now() } = options;
  const ofCallers = new FailuresOfCallers({ failures, coolDownMs, now });
  let inARow = 0;
  let isOpen = false;
  let openUntil = 0;
  let isProbing = false;
  const close = () => {
    // What nobody was answered was nobody's own trouble.
    if (isOpen) ofCallers.forgetAll();
    inARow = 0;
    isOpen = false;
  };
  const probe = async () => {
    isProbing = true;
    const alive = await isAlive();
    isProbing = false;
    if (alive) return close();
    isOpen = true;
    openUntil = now() + coolDownMs;
  };
  const mayCallAtAll = () => {
    if (!isOpen) return true;
    if (isProbing || now() < openUntil) return false;
    void probe();
    return true;
  };
  return {
    // The one that tries for all must be one who may.
    mayCall: (caller) => ofCallers.mayCall(caller) && mayCallAtAll(),
    succeeded: (caller) => {
      close();
      ofCallers.forget(caller);
    },
    failed: (caller) => {
      inARow += 1;
      if (inARow >= failures && !isOpen && !isProbing) void probe();
      ofCallers.add(caller);
    },
  };
}
