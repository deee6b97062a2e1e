export interface BreakerOptions {
  /** After so many calls in a row without an answer, Postern is left alone for a while; 5 by default. */
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

export function createCircuitBreaker(options: BreakerOptions = {}): CircuitBreaker {
  const { failures = 5, coolDownMs = 1000, now = () => performance.now() } = options;
  let inARow = 0;
  let closedUntil = 0;
  let probing = false;
  return {
    mayCall: () => {
      if (inARow < failures) return true;
      if (probing || now() < closedUntil) return false;
      probing = true;
      return true;
    },
    succeeded: () => {
      inARow = 0;
      probing = false;
    },
    failed: () => {
      inARow += 1;
      probing = false;
      if (inARow >= failures) closedUntil = now() + coolDownMs;
    },
  };
}
