import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describeMachine } from './describe-machine.ts';
import { prepareDatabase } from './prepare-database.ts';
import { printComparison, printReport } from './print-report.ts';
import { type BenchOptions, readOptions, usage } from './read-options.ts';
import type { Report } from './report.ts';
import { runScenarios, wantedScenarios } from './run-scenarios.ts';

const options = readOptions(process.argv.slice(2), new Date());
if (options === undefined) console.log(usage);
else await bench(options);

async function bench(wanted: BenchOptions): Promise<void> {
  // Read first: a mistyped name should not cost the whole run.
  const earlier = wanted.compare === undefined ? undefined : await readReport(wanted.compare);
  const report = await run(wanted);
  await mkdir(dirname(wanted.json), { recursive: true });
  await writeFile(wanted.json, `${JSON.stringify(report, undefined, 2)}\n`);
  console.log(`\n${printReport(report)}\n`);
  if (earlier !== undefined) console.log(`${printComparison(earlier, report)}\n`);
  console.log(`Kept in "${wanted.json}".`);
}

async function run(wanted: BenchOptions): Promise<Report> {
  const startedAt = performance.now();
  const say = (sentence: string) => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.error(`${seconds.padStart(6)} s  ${sentence}`);
  };
  const { relationships, seed } = wanted;
  const more = wantedScenarios(wanted).flatMap(({ ownData }) => ownData?.(relationships) ?? []);
  const database = await prepareDatabase(process.env.DATABASE_URL, { relationships, seed, more }, say);
  try {
    const machine = await describeMachine(database.url);
    const measurements = await runScenarios(database, wanted, say);
    const parentShare = database.data.parentEdges / database.data.relationships.length;
    const data = { relationships, seed, parentShare, more: more.length };
    return { takenAt: new Date().toISOString(), machine, data, measurements };
  } finally {
    await database.drop();
  }
}

async function readReport(file: string): Promise<Report> {
  return JSON.parse(await readFile(file, 'utf8')) as Report;
}
