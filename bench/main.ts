import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { measureBeside } from './beside/measure-beside.ts';
import { openOthers } from './beside/open-others.ts';
import { printBeside } from './beside/print-beside.ts';
import { compareRevisions } from './compare/compare-revisions.ts';
import { describeMachine } from './describe-machine.ts';
import { writeDocs } from './docs/write-docs.ts';
import { measureFigures } from './figures/measure-figures.ts';
import { printFigures } from './figures/print-figures.ts';
import { prepareDatabase } from './prepare-database.ts';
import { printComparison, printReport } from './print-report.ts';
import { type BenchOptions, readOptions, usage } from './read-options.ts';
import type { Report } from './report.ts';
import { runScenarios, wantedScenarios } from './run-scenarios.ts';

const options = readOptions(process.argv.slice(2), new Date());
if (options === undefined) console.log(usage);
else await bench(options);

async function bench(wanted: BenchOptions): Promise<void> {
  const { compare } = wanted;
  if (wanted.writeDocs !== undefined) return writeDocs(wanted.writeDocs, console.log);
  const say = progress();
  if (compare?.kind === 'revision') return compareRevisions(compare.revision, wanted, say);
  if (wanted.targets) return printTargets(wanted, say);
  if (wanted.beside.length > 0) return printOthers(wanted, say);
  // Read first: a mistyped name should not cost the whole run.
  const earlier = compare === undefined ? undefined : await readReport(compare.file);
  const report = await run(wanted, say);
  console.log(`\n${printReport(report)}\n`);
  if (earlier !== undefined) console.log(`${printComparison(earlier, report)}\n`);
  await keep(wanted, report);
}

async function printTargets(wanted: BenchOptions, say: (sentence: string) => void): Promise<void> {
  const report = await measureFigures(wanted, say);
  console.log(`\n${printFigures(report)}\n`);
  await keep(wanted, report);
}

async function printOthers(wanted: BenchOptions, say: (sentence: string) => void): Promise<void> {
  const others = await openOthers(wanted.beside);
  try {
    const report = await measureBeside(others, wanted, say);
    console.log(`\n${printBeside(report)}\n`);
    await keep(wanted, report);
  } finally {
    for (const other of others) await other.close();
  }
}

async function keep({ json }: BenchOptions, kept: unknown): Promise<void> {
  await mkdir(dirname(json), { recursive: true });
  await writeFile(json, `${JSON.stringify(kept, undefined, 2)}\n`);
  console.log(`Kept in "${json}".`);
}

/** Says what is done, and how long the bench has been at it. */
function progress(): (sentence: string) => void {
  const startedAt = performance.now();
  return (sentence) => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.error(`${seconds.padStart(6)} s  ${sentence}`);
  };
}

async function run(wanted: BenchOptions, say: (sentence: string) => void): Promise<Report> {
  const { relationships, seed } = wanted;
  const more = wantedScenarios(wanted).flatMap(({ ownData }) => ownData?.(relationships) ?? []);
  const database = await prepareDatabase(process.env.DATABASE_URL, { relationships, seed, more }, say);
  try {
    const machine = await describeMachine(database.url);
    const measurements = await runScenarios(database, wanted, say);
    const parentShare = database.data.parentEdges / database.data.relationships.length;
    const data = { relationships, seed, parentShare, more: more.length };
    return { kind: 'report', takenAt: new Date().toISOString(), machine, data, measurements };
  } finally {
    await database.drop();
  }
}

async function readReport(file: string): Promise<Report> {
  return JSON.parse(await readFile(file, 'utf8')) as Report;
}
