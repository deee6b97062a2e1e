import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describeMachine } from '../describe-machine.ts';
import type { BenchOptions } from '../read-options.ts';
import { type Level, type Load, nameOf } from '../report.ts';
import { wantedLoads } from '../run-scenarios.ts';
import { allScenarios } from '../scenarios/all-scenarios.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { startPostgres } from '../start-postgres.ts';
import { ownCheckout } from '../start-server.ts';
import { checkOutRevision } from './check-out-revision.ts';
import { compareEngine } from './compare-engine.ts';
import { compareHttp } from './compare-http.ts';
import { fewestPairs } from './paired.ts';
import { type Comparison, printPairs } from './print-pairs.ts';

/** What is compared where nothing is chosen: what a page, a question and a list cost. */
const usual = ['engine/single/1', 'engine/page-50x10/1', 'engine/objects-20/1', 'http/single/1', 'http/page-50x10/1'];

/** Measures this checkout, as it is, against another revision, both by turns, and prints how many times as fast it is. */
export async function compareRevisions(
  revision: string,
  options: BenchOptions,
  say: (sentence: string) => void,
): Promise<void> {
  const { pairs, seconds, relationships, seed, requests } = options;
  if (pairs < fewestPairs) say(`Fewer than ${fewestPairs} pairs tell nothing apart.`);
  const only = options.only.length === 0 ? usual : options.only;
  const engineNames = wantedOn('engine', { ...options, only }).map((one) =>
    nameOf({ level: 'engine', scenario: one.scenario.name, ...one.load }),
  );
  const overHttp = wantedOn('http', { ...options, only });
  say(`Checking out "${revision}" …`);
  const checkout = await checkOutRevision(revision);
  const server = await startPostgres(process.env.DATABASE_URL).catch(async (error: unknown) => {
    await checkout.remove();
    throw error;
  });
  try {
    const machine = await describeMachine(server.url);
    const both = {
      before: checkout.folder,
      now: ownCheckout,
      databaseUrl: server.url,
      pairs,
      seconds,
      relationships,
      seed,
    };
    const compared = [
      ...(engineNames.length === 0 ? [] : await compareEngine({ ...both, names: engineNames }, say)),
      ...(overHttp.length === 0 ? [] : await compareHttp({ ...both, wanted: overHttp, requests }, say)),
    ];
    const comparison: Comparison = {
      kind: 'comparison',
      takenAt: new Date().toISOString(),
      machine,
      revision: checkout.title,
      relationships,
      seconds,
      compared,
    };
    await mkdir(dirname(options.json), { recursive: true });
    await writeFile(options.json, `${JSON.stringify(comparison, undefined, 2)}\n`);
    console.log(`\n${printPairs(comparison)}\n\nKept in "${options.json}".`);
  } finally {
    await server.stop();
    await checkout.remove();
  }
}

function wantedOn(level: Level, options: BenchOptions): readonly { scenario: Scenario; load: Load }[] {
  return allScenarios.flatMap((scenario) => wantedLoads(options, level, scenario).map((load) => ({ scenario, load })));
}
