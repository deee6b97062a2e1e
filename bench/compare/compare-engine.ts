import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../report.ts';
import type { Compared } from './paired.ts';
import { runInCheckout } from './run-in-checkout.ts';
import { type Sampled, takeTurns } from './take-turns.ts';

export interface OwnBenches {
  /** Checkouts of the two revisions. */
  readonly before: string;
  readonly now: string;
  /** A PostgreSQL in which each run makes a database of its own. */
  readonly databaseUrl: string;
  /** Those that the earlier revision does not know are left out of the answer. */
  readonly names: readonly string[];
  readonly pairs: number;
  readonly seconds: number;
  readonly relationships: number;
  readonly seed: number;
}

/** Each revision is measured by its own bench, which knows its own functions; every bench knows these options. */
export function compareEngine(
  benches: OwnBenches,
  onProgress: (sentence: string) => void,
): Promise<readonly Compared[]> {
  const onPair = (pair: number) => onProgress(`Engine, pair ${pair} of ${benches.pairs} …`);
  return takeTurns(benches.pairs, (revision) => runBench(benches, benches[revision]), onPair);
}

async function runBench(
  { databaseUrl, names, seconds, relationships, seed }: OwnBenches,
  checkout: string,
): Promise<readonly Sampled[]> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-run-'));
  try {
    const json = join(folder, 'report.json');
    const only = names.flatMap((name) => ['--only', name]);
    const size = ['--relationships', `${relationships}`, '--seed', `${seed}`, '--seconds', `${seconds}`];
    await runInCheckout(checkout, databaseUrl, ['bench/main.ts', ...only, ...size, '--json', json]);
    const { measurements } = JSON.parse(await readFile(json, 'utf8')) as Report;
    return measurements.map((measured) => {
      const { level, scenario, p50Ms, requestsPerSecond, cpuMs } = measured;
      const load = 'inFlight' in measured ? { inFlight: measured.inFlight } : { perSecond: measured.perSecond };
      return { level, scenario, ...load, sample: { p50Ms, requestsPerSecond, cpuMs } };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
