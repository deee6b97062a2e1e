export interface BreakerOptions {
  /** After so many calls in a row without an answer, and if it does not answer nobody's question either, Postern is left alone for a while; 5 by default. */
  readonly failures?: number;
  /** For how long, in milliseconds; then one call tries; 1,000 by default. */
  readonly coolDownMs?: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
}

/** Keeps callers from waiting, each for the whole timeout, for somebody who does not answer. */
export interface CircuitBreaker {
  /** Whether to call now. Whoever is told so has to report what came of it. */
  mayCall(): boolean;
  succeeded(): void;
  failed(): void;
}

/**
 * What a caller sends can be why there was no answer: a token whose issuer is away, a question that takes too long. So before
 * everybody is refused, `isAlive` asks without any of it.
 */
export function createCircuitBreaker(isAlive: () => Promise<boolean>, options: BreakerOptions = {}): CircuitBreaker {
  const { failures = 5, coolDownMs = 1000, now = () => performance.now() } = options;
  let inARow = 0;
  let isOpen = false;
  let openUntil = 0;
  let isProbing = false;
  const close = () => {
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
  return {
    mayCall: () => {
      if (!isOpen) return true;
      if (isProbing || now() < openUntil) return false;
      void probe();
      return true;
    },
    succeeded: close,
    failed: () => {
      inARow += 1;
      if (inARow >= failures && !isOpen && !isProbing) void probe();
    },
  };
}
