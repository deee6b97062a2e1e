import { hash } from 'node:crypto';

/** Remembers for a short while what a token proved, so that a busy caller costs no signature check per request. */
export interface VerifiedTokenCache<Proved> {
  get(token: string): Proved | undefined;
  set(token: string, proved: Proved, expiresAtMs: number): void;
}

/** How long a token outlives the removal of its key, at most. */
const rememberedForMs = 60_000;

/** Holds digests, never tokens: a dump of the memory gives nobody a credential. */
export function createVerifiedTokenCache<Proved>(capacity: number, now: () => Date): VerifiedTokenCache<Proved> {
  const entries = new Map<string, { readonly proved: Proved; readonly fromMs: number; readonly untilMs: number }>();

  function get(token: string): Proved | undefined {
    const key = digest(token);
    const entry = entries.get(key);
    if (entry === undefined) return undefined;
    entries.delete(key);
    const nowMs = now().getTime();
    if (nowMs < entry.fromMs || nowMs >= entry.untilMs) return undefined;
    entries.set(key, entry);
    return entry.proved;
  }

  function set(token: string, proved: Proved, expiresAtMs: number): void {
    const fromMs = now().getTime();
    const key = digest(token);
    entries.delete(key);
    entries.set(key, { proved, fromMs, untilMs: Math.min(expiresAtMs, fromMs + rememberedForMs) });
    // A Map keeps the order of insertion, and every use inserts again: the first is the least recently used.
    const [oldest] = entries.keys();
    if (entries.size > capacity && oldest !== undefined) entries.delete(oldest);
  }

  return { get, set };
}

function digest(token: string): string {
  return hash('sha256', token, 'base64');
}
