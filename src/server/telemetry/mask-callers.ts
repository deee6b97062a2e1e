import { createHmac, randomBytes } from 'node:crypto';
import type { DecisionLogConfig } from '../config/decision-log-config.ts';

/** How many callers' masks are remembered: each takes some microseconds to make. */
const mostKnown = 1000;
const maskBytes = 16;

/** What stands for a caller: the same for the same one, and nobody knows whom without the key. Undefined where nothing is to. */
export function callerMask({ callers, key }: DecisionLogConfig): (caller: string) => string | undefined {
  if (callers === 'plain') return (caller) => caller;
  if (callers === 'none') return () => undefined;
  const secret = key ?? randomBytes(32);
  const known = new Map<string, string>();
  return (caller) => {
    const found = known.get(caller);
    if (found !== undefined) return found;
    if (known.size >= mostKnown) known.clear();
    const mask = createHmac('sha256', secret).update(caller).digest().subarray(0, maskBytes).toString('base64url');
    known.set(caller, mask);
    return mask;
  };
}
