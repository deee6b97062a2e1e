import type { Measurement } from './report.ts';

export interface MeasureOptions {
  readonly inFlight: number;
  readonly warmUpMs: number;
  readonly durationMs: number;
  /** An end also for a machine that is much faster than this one. */
  readonly maxRequests: number;
  /** Milliseconds of processor time that the answering process has used so far. */
  readonly cpuUsed: () => Promise<number>;
}

type Measured = Pick<Measurement, 'requests' | 'p50Ms' | 'p99Ms' | 'cpuMs' | 'requestsPerSecond'>;

/** A closed loop: each of `inFlight` callers sends its next request when it has the answer to the one before. */
export async function measure(ask: (index: number) => Promise<void>, options: MeasureOptions): Promise<Measured> {
  await run(ask, options.inFlight, options.warmUpMs, options.maxRequests);
  const cpuBefore = await options.cpuUsed();
  const startedAt = performance.now();
  const times = await run(ask, options.inFlight, options.durationMs, options.maxRequests);
  const elapsedMs = performance.now() - startedAt;
  const cpuMs = ((await options.cpuUsed()) - cpuBefore) / times.length;
  const sorted = Float64Array.from(times).sort();
  return {
    requests: times.length,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    cpuMs,
    requestsPerSecond: (times.length / elapsedMs) * 1000,
  };
}

async function run(
  ask: (index: number) => Promise<void>,
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

function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
