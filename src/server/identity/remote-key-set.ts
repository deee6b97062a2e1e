import { createRemoteJWKSet } from 'jose';
import { at, type FaultPort } from '../../base/fault-port.ts';
import { quote } from '../../base/text-problem.ts';
import { createLocalKeySet, type KeyLookup, type KeySet, type WantedKey } from './key-set.ts';

export interface RemoteKeySetOptions {
  readonly now: () => Date;
  /** How long one fetch may take; below the time-out of a request, which waits for it. */
  readonly fetchTimeoutMs: number;
  /** Told about every fetch that failed, while older keys may still hide it from the callers. */
  readonly onProblem: (problem: string) => void;
  readonly faults?: FaultPort | undefined;
}

/** With the minute for which a verified token is remembered, a removed key is refused after 5 minutes. */
const freshForMs = 4 * 60_000;
/** How long an issuer may be out of reach before its keys are no longer believed. */
const usableForMs = 60 * 60_000;
/** Tokens with made-up key ids cause one fetch in this time, however many they are. */
const cooldownMs = 30_000;
/** Without any key nobody gets in, so the next try comes sooner. */
const emptyCooldownMs = 1000;

/**
 * The keys that an issuer publishes. jose fetches them; when to fetch is decided here, because jose forgets its
 * keys when a fetch fails after their time, takes an empty set for an answer, and fetches for each unknown key
 * id while fetches fail.
 */
export class RemoteKeySet implements KeySet {
  readonly #url: URL;
  readonly #options: RemoteKeySetOptions;
  #keys: KeySet | undefined;
  #loadedAtMs = Number.NEGATIVE_INFINITY;
  #failedAtMs = Number.NEGATIVE_INFINITY;
  #soughtAtMs = Number.NEGATIVE_INFINITY;
  #lastProblem: string | undefined;
  #loading: Promise<void> | undefined;

  constructor(url: URL, options: RemoteKeySetOptions) {
    this.#url = url;
    this.#options = options;
  }

  async find(wanted: WantedKey): Promise<KeyLookup> {
    if (this.#since(this.#loadedAtMs) > freshForMs) await this.#refresh();
    const found = await this.#lookUp(wanted);
    if (found.kind !== 'unknown') return found;
    await this.#refreshForUnknownKey();
    const again = await this.#lookUp(wanted);
    // The key may be a new one that the last fetch should have brought.
    return again.kind === 'unknown' && this.#lastProblem !== undefined ? this.#unavailable() : again;
  }

  async isThere(): Promise<boolean> {
    if (!this.#areUsable()) await this.#refresh();
    return this.#areUsable();
  }

  #areUsable(): boolean {
    return this.#keys !== undefined && this.#since(this.#loadedAtMs) <= usableForMs;
  }

  async #lookUp(wanted: WantedKey): Promise<KeyLookup> {
    if (this.#keys === undefined || !this.#areUsable()) return this.#unavailable();
    return await this.#keys.find(wanted);
  }

  #unavailable(): KeyLookup {
    return { kind: 'unavailable', reason: this.#lastProblem ?? 'The keys of the issuer are not there yet.' };
  }

  async #refresh(): Promise<void> {
    const pauseMs = this.#keys === undefined ? emptyCooldownMs : cooldownMs;
    if (this.#since(this.#failedAtMs) >= pauseMs) await this.#load();
  }

  /** The cooldown counts from the last fetch of this sort: the very first unknown key after a load is looked for. */
  async #refreshForUnknownKey(): Promise<void> {
    if (this.#loading === undefined) {
      if (this.#since(this.#soughtAtMs) < cooldownMs) return;
      this.#soughtAtMs = this.#nowMs();
    }
    await this.#load();
  }

  /** One fetch at a time; whoever comes meanwhile waits for the same one. */
  #load(): Promise<void> {
    this.#loading ??= this.#fetch().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #fetch(): Promise<void> {
    try {
      const { fetchTimeoutMs, faults } = this.#options;
      this.#keys = await at(faults, 'fetchKeys', () => fetchKeys(this.#url, fetchTimeoutMs));
      this.#loadedAtMs = this.#nowMs();
      this.#lastProblem = undefined;
    } catch (error) {
      this.#failedAtMs = this.#nowMs();
      this.#lastProblem = `The keys at ${quote(this.#url.href)} cannot be fetched: ${detail(error)}.`;
      this.#options.onProblem(this.#lastProblem);
    }
  }

  /** Absolute, so that a clock that is set back does not stretch a pause. */
  #since(timeMs: number): number {
    return Math.abs(this.#nowMs() - timeMs);
  }

  #nowMs(): number {
    return this.#options.now().getTime();
  }
}

async function fetchKeys(url: URL, timeoutMs: number): Promise<KeySet> {
  const remote = createRemoteJWKSet(url, { timeoutDuration: timeoutMs });
  await remote.reload();
  const jwks = remote.jwks();
  if (jwks === undefined || jwks.keys.length === 0) throw new Error('the key set is empty');
  return createLocalKeySet(jwks);
}

function detail(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const cause = error.cause instanceof Error && 'code' in error.cause ? ` (${String(error.cause.code)})` : '';
  return error.message + cause;
}
