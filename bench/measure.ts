import type { Load, Measured } from './report.ts';

/** Processor time that was used so far; undefined where nobody can tell. */
export interface CpuUse {
  readonly serverMs: number | undefined;
  readonly databaseMs: number | undefined;
}

export interface MeasureOptions {
  readonly load: Load;
  readonly warmUpMs: number;
  readonly durationMs: number;
  /** An end also for a machine that is much faster than this one. */
  readonly maxRequests: number;
  readonly cpuUsed?: () => Promise<CpuUse>;
}

type Ask = (index: number) => Promise<void>;

/** Asks over and over, under a load, and says how long that took. */
export async function measure(ask: Ask, options: MeasureOptions): Promise<Measured> {
  const { cpuUsed = async () => ({ serverMs: undefined, databaseMs: undefined }) } = options;
  await run(ask, options, options.warmUpMs);
  const before = await cpuUsed();
  const startedAt = performance.now();
  const times = await run(ask, options, options.durationMs);
  const elapsedMs = performance.now() - startedAt;
  const after = await cpuUsed();
  const sorted = Float64Array.from(times).sort();
  return {
    requests: times.length,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    requestsPerSecond: (times.length / elapsedMs) * 1000,
    cpuMs: perRequest(before.serverMs, after.serverMs, times.length),
    databaseCpuMs: perRequest(before.databaseMs, after.databaseMs, times.length),
  };
}

function perRequest(before: number | undefined, after: number | undefined, requests: number): number | undefined {
  return before === undefined || after === undefined ? undefined : (after - before) / requests;
}

function run(ask: Ask, { load, maxRequests }: MeasureOptions, durationMs: number): Promise<readonly number[]> {
  if ('inFlight' in load) return runClosed(ask, load.inFlight, durationMs, maxRequests);
  return runOpen(ask, Math.min(maxRequests, Math.ceil((load.perSecond * durationMs) / 1000)), load.perSecond);
}

/** Each of `inFlight` callers sends its next request when it has the answer to the one before. */
async function runClosed(
  ask: Ask,
  inFlight: number,
  durationMs: number,
  maxRequests: number,
): Promise<readonly number[]> {
  const times: number[] = [];
  const end = performance.now() + durationMs;
  let next = 0;
  const caller = async () => {
    do {
      const index = next++;
      const startedAt = performance.now();
      await ask(index);
      times.push(performance.now() - startedAt);
    } while (performance.now() < end && next < maxRequests);
  };
  await Promise.all(Array.from({ length: inFlight }, caller));
  return times;
}

/**
 * Requests begin at fixed instants, whether those before them are answered or not, as those of many people do. A time counts from
 * the instant at which its request was to begin: what had to wait because the machine was behind has waited.
 */
async function runOpen(ask: Ask, requests: number, perSecond: number): Promise<readonly number[]> {
  const startedAt = performance.now();
  const under: Promise<number | Error>[] = [];
  for (let index = 0; index < requests; index += 1) {
    const intendedAt = startedAt + (index * 1000) / perSecond;
    await until(intendedAt);
    under.push(
      ask(index).then(
        () => performance.now() - intendedAt,
        (error: unknown) => new Error('A request failed.', { cause: error }),
      ),
    );
  }
  return (await Promise.all(under)).map((time) => {
    if (time instanceof Error) throw time;
    return time;
  });
}

async function until(instant: number): Promise<void> {
  // A timer is late by up to a millisecond: the last one is waited for turn by turn, so that others have theirs.
  const waitMs = instant - performance.now() - 1;
  if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  while (performance.now() < instant) await new Promise((resolve) => setImmediate(resolve));
}

export function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
