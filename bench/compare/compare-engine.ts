import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameOf, type Report } from '../report.ts';
import type { Compared, Pair, Sample } from './paired.ts';

export interface EngineComparison {
  /** Checkouts of the two revisions. */
  readonly before: string;
  readonly now: string;
  /** A PostgreSQL in which each run makes a database of its own. */
  readonly databaseUrl: string;
  /** Full names; those that the earlier revision does not know are left out of the answer. */
  readonly names: readonly string[];
  readonly pairs: number;
  readonly seconds: number;
  readonly relationships: number;
  readonly seed: number;
}

/** Each revision is measured by its own bench, which knows its own functions; every bench knows these options. */
export async function compareEngine(
  comparison: EngineComparison,
  onProgress: (sentence: string) => void,
): Promise<readonly Compared[]> {
  const found = new Map<string, Compared & { pairs: Pair[] }>();
  for (let pair = 0; pair < comparison.pairs; pair += 1) {
    onProgress(`Engine, pair ${pair + 1} of ${comparison.pairs} …`);
    const { before, now } = comparison;
    // Whoever comes first meets another machine than whoever comes second, so they take turns in that as well.
    const isNowFirst = pair % 2 === 1;
    const first = await runBench(comparison, isNowFirst ? now : before);
    const second = await runBench(comparison, isNowFirst ? before : now);
    const [earlier, later] = isNowFirst ? [second, first] : [first, second];
    const known = new Map(earlier.measurements.map((one) => [nameOf(one), one]));
    for (const measured of later.measurements) {
      const other = known.get(nameOf(measured));
      if (other === undefined) continue;
      const { level, scenario } = measured;
      const load = 'inFlight' in measured ? { inFlight: measured.inFlight } : { perSecond: measured.perSecond };
      const compared = found.get(nameOf(measured)) ?? { level, scenario, ...load, pairs: [] };
      compared.pairs.push({ before: sampleOf(other), now: sampleOf(measured) });
      found.set(nameOf(measured), compared);
    }
  }
  return [...found.values()];
}

function sampleOf({ p50Ms, requestsPerSecond, cpuMs }: Sample): Sample {
  return { p50Ms, requestsPerSecond, cpuMs };
}

async function runBench(
  { databaseUrl, names, seconds, relationships, seed }: EngineComparison,
  checkout: string,
): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-run-'));
  const json = join(folder, 'report.json');
  const only = names.flatMap((name) => ['--only', name]);
  const size = ['--relationships', `${relationships}`, '--seed', `${seed}`, '--seconds', `${seconds}`];
  const child = spawn(process.execPath, ['bench/main.ts', ...only, ...size, '--json', json], {
    cwd: checkout,
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (piece: Buffer) => {
    said = (said + piece.toString()).slice(-5000);
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The bench of ${checkout} ended with ${code}:\n${said}`);
  const report = JSON.parse(await readFile(json, 'utf8')) as Report;
  await rm(folder, { recursive: true, force: true });
  return report;
}
