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
import { type Checkout, checkOutRevision } from './check-out-revision.ts';
import { compareAdministration } from './compare-administration.ts';
import { compareEngine } from './compare-engine.ts';
import { compareHttp } from './compare-http.ts';
import { comparedName, fewestPairs } from './paired.ts';
import { type Comparison, printPairs } from './print-pairs.ts';

type Say = (sentence: string) => void;

/** What is compared where nothing is chosen: what a page, a question and a list cost. */
const usual = ['engine/single/1', 'engine/page-50x10/1', 'engine/objects-20/1', 'http/single/1', 'http/page-50x10/1'];

/** Measures this checkout, as it is, against another revision, both by turns, and prints how many times as fast it is. */
export async function compareRevisions(revision: string, options: BenchOptions, say: Say): Promise<void> {
  if (options.pairs < fewestPairs) say(`Fewer than ${fewestPairs} pairs tell nothing apart.`);
  const chosen = { ...options, only: options.only.length === 0 ? usual : options.only };
  say(`Checking out "${revision}" …`);
  const checkout = await checkOutRevision(revision);
  try {
    const comparison = await compareWith(checkout, chosen, say);
    await mkdir(dirname(options.json), { recursive: true });
    await writeFile(options.json, `${JSON.stringify(comparison, undefined, 2)}\n`);
    console.log(`\n${printPairs(comparison)}\n\nKept in "${options.json}".`);
  } finally {
    await checkout.remove();
  }
}

async function compareWith({ folder, title }: Checkout, options: BenchOptions, say: Say): Promise<Comparison> {
  const { pairs, seconds, relationships, seed, requests } = options;
  const engine = (['engine', 'replica'] as const).flatMap((level) =>
    wantedOn(level, options).map(({ scenario, load }) => nameOf({ level, scenario: scenario.name, ...load })),
  );
  const administration = onlyAdministration(options.only);
  const wanted = wantedOn('http', options);
  const server = await startPostgres(process.env.DATABASE_URL);
  try {
    const machine = await describeMachine(server.url);
    const where = { before: folder, now: ownCheckout, databaseUrl: server.url };
    const both = { ...where, pairs, seconds, relationships, seed };
    const compared = [
      ...(engine.length === 0 ? [] : await compareEngine({ ...both, names: engine }, say)),
      ...(administration.length === 0 ? [] : await compareAdministration({ ...both, names: administration }, say)),
      ...(wanted.length === 0 ? [] : await compareHttp({ ...both, wanted, requests }, say)),
    ];
    const known = new Set(compared.map(comparedName));
    const unknown = engine.filter((name) => !known.has(name));
    const what = { revision: title, relationships, seconds, compared, unknown };
    return { kind: 'comparison', takenAt: new Date().toISOString(), machine, ...what };
  } finally {
    await server.stop();
  }
}

/** `--only administration/grant-and-revoke`, with each load that the bench of administration has. */
function onlyAdministration(only: readonly string[]): readonly string[] {
  return only.flatMap((part) => /^administration\/([\w-]+)/.exec(part)?.[1] ?? []);
}

function wantedOn(level: Level, options: BenchOptions): readonly { scenario: Scenario; load: Load }[] {
  return allScenarios.flatMap((scenario) => wantedLoads(options, level, scenario).map((load) => ({ scenario, load })));
}
