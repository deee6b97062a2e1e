import type { OwnBenches } from './compare-engine.ts';
import type { Compared } from './paired.ts';
import { runInCheckout } from './run-in-checkout.ts';
import { type Sampled, takeTurns } from './take-turns.ts';

/** Each revision is measured by its own bench of administration, whose table is read. */
export function compareAdministration(
  benches: OwnBenches,
  onProgress: (sentence: string) => void,
): Promise<readonly Compared[]> {
  const onPair = (pair: number) => onProgress(`Administration, pair ${pair} of ${benches.pairs} …`);
  return takeTurns(benches.pairs, (revision) => runBench(benches, benches[revision]), onPair);
}

async function runBench(
  { databaseUrl, names, seconds, relationships, seed }: OwnBenches,
  checkout: string,
): Promise<readonly Sampled[]> {
  const only = names.flatMap((name) => ['--only', name]);
  const size = ['--relationships', `${relationships}`, '--seed', `${seed}`, '--seconds', `${seconds}`];
  // Quick, as far as nothing else is said: with a short audit log.
  const script = ['bench/administration.ts', '--quick', ...only, ...size];
  const printed = await runInCheckout(checkout, databaseUrl, script);
  return readTable(printed).filter(({ scenario }) => names.includes(scenario));
}

/** Rows as `grant-and-revoke/8  12.34  56.78  90  34`: the times in milliseconds, how many a second, and statements. */
export function readTable(printed: string): readonly Sampled[] {
  const rows = printed.matchAll(/^([\w-]+)\/(\d+) +([\d.]+) +[\d.]+ +([\d.]+)/gm);
  return Array.from(rows, ([, scenario = '', inFlight, p50, perSecond]) => ({
    ...{ level: 'administration', scenario, inFlight: Number(inFlight) },
    sample: { p50Ms: Number(p50), requestsPerSecond: Number(perSecond), cpuMs: undefined },
  }));
}
