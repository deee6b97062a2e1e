import { quote } from '../../base/text-problem.ts';
import type { Postern } from '../../operations/postern.ts';
import type { AuthzenSuite } from './authzen-suite.ts';
import { findDoubtfulNames } from './doubtful-names.ts';
import { type MutationScore, percentOf, scoreModel } from './mutation-score.ts';
import { onScratch } from './on-scratch.ts';
import { playConditions } from './play-conditions.ts';
import { type CaseResult, playWorld } from './play-world.ts';
import { readAuthzenSuites } from './read-authzen-suites.ts';
import { readConditionTables } from './read-condition-table.ts';
import { readTestFiles } from './read-test-files.ts';
import type { ScratchDatabase } from './scratch-database.ts';
import type { TestWorld } from './test-world.ts';

/** What came out of playing test files, and what is doubtful about them. */
export interface PlayedTests {
  readonly results: readonly CaseResult[];
  readonly doubts: readonly string[];
}

export interface TestCommandOptions {
  readonly paths: readonly string[];
  readonly databaseUrl: string | undefined;
  /** Whether to score the tests by the mistakes that they notice, instead of playing them. */
  readonly mutationScore?: boolean;
  /** The least percentage of giving mistakes that must be noticed. */
  readonly minimumPercent?: number;
  readonly print: (line: string) => void;
}

/** Plays test files through the engine on a real, empty database. Returns the exit code: 1 if anything failed. */
export async function runTestCommand(options: TestCommandOptions): Promise<number> {
  const { paths, print } = options;
  if (options.mutationScore) return printScore(options);
  const { results, doubts } = await playTests(options);
  const failures = results.filter(({ passed }) => !passed);
  for (const { world, name, expected, actual } of failures) {
    print(`FAILED ${world} › ${name}\n       expected ${expected}\n       actual   ${actual}`);
  }
  for (const doubt of doubts) print(`NOTE   ${doubt}`);
  print(`${results.length - failures.length} passed, ${failures.length} failed`);
  // A run that asked nothing has shown nothing.
  if (results.length === 0) print(nothingAsked(paths));
  return failures.length > 0 || results.length === 0 ? 1 : 0;
}

/** Plays test files, tables of conditions and suites of AuthZEN. */
export async function playTests({ paths, databaseUrl, print }: TestCommandOptions): Promise<PlayedTests> {
  const worlds = await readTestFiles(paths);
  const conditions = await readConditionTables(paths);
  const suites = await readAuthzenSuites(paths);
  const count = worlds.reduce((total, { cases }) => total + cases.length, 0);
  if (worlds.length > 0 || conditions.length + suites.length === 0) {
    print(`Playing ${count} assertions of ${worlds.length} tests on an empty database.`);
  }
  if (conditions.length > 0) print(`Playing ${conditions.length} conditions.`);
  const played = worlds.length === 0 ? [] : await playWorlds(worlds, databaseUrl, print);
  for (const { path, cases } of suites)
    print(`Playing ${cases.length} cases of AuthZEN in ${quote(path)}, three times each.`);
  const suited = suites.length === 0 ? [] : await playSuites(suites, databaseUrl, print);
  const results = [...played, ...suited, ...(await playConditions(conditions))];
  return { results, doubts: findDoubtfulNames(worlds) };
}

function nothingAsked(paths: readonly string[]): string {
  const what = paths.map(quote).join(', ');
  return `Nothing is asked in ${what}. Next: write "check", "list_objects" or "list_users" into a "*.fga.yaml" file: docs/testing.md`;
}

/** Prints how many mistakes in the model the tests notice, and those that they do not. */
async function printScore(options: TestCommandOptions): Promise<number> {
  const { minimumPercent = 0, print } = options;
  const score = await scoreTests(options);
  for (const { name, gives } of score.survivors) print(`NOT NOTICED (gives ${gives}) ${name}`);
  const line = (what: string, count: { readonly killed: number; readonly total: number }) =>
    print(
      count.total === 0
        ? `${what}: the model has no place for one.`
        : `${what}: ${count.killed} of ${count.total} noticed, ${percentOf(count).toFixed(1)} %`,
    );
  line('Mistakes that give more', score.weakening);
  line('Mistakes that give less', score.strengthening);
  const isEnough = percentOf(score.weakening) >= minimumPercent;
  if (!isEnough) print(`At least ${minimumPercent} % of the mistakes that give more must be noticed.`);
  return isEnough ? 0 : 1;
}

/** How many mistakes in the model the tests notice. */
export async function scoreTests({ paths, databaseUrl, print }: TestCommandOptions): Promise<MutationScore> {
  const worlds = await readTestFiles(paths);
  print(`Making mistakes in the model, one at a time, and asking ${worlds.length} tests about each.`);
  return onScratch(databaseUrl, print, (postern, scratch) =>
    scoreModel(postern, scratch, worlds, (done, total) => {
      if (done % 50 === 0) print(`  ${done} of ${total} mistakes made`);
    }),
  );
}

/** Plays worlds one after the other, on a database that is gone afterwards. */
export async function playWorlds(
  worlds: readonly TestWorld[],
  databaseUrl: string | undefined,
  print: (line: string) => void,
): Promise<readonly CaseResult[]> {
  return onScratch(databaseUrl, print, (postern, scratch) => playEach(postern, scratch, worlds, print));
}

/** Plays worlds one after the other on a database that is open. */
export async function playEach(
  postern: Postern,
  scratch: ScratchDatabase,
  worlds: readonly TestWorld[],
  print: (line: string) => void,
): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  for (const [index, world] of worlds.entries()) {
    if (!world.continues) await scratch.empty();
    results.push(...(await playWorld(postern, world)));
    if ((index + 1) % 50 === 0) print(`  ${index + 1} of ${worlds.length} tests played`);
  }
  return results;
}

/** A whole server is loaded for them, and only for them. */
async function playSuites(
  suites: readonly AuthzenSuite[],
  databaseUrl: string | undefined,
  print: (line: string) => void,
): Promise<readonly CaseResult[]> {
  const { playAuthzenSuite } = await import('./play-authzen-suite.ts');
  return onScratch(databaseUrl, print, async (postern, scratch) => {
    const results: CaseResult[] = [];
    for (const suite of suites) {
      await scratch.empty();
      results.push(...(await playAuthzenSuite(postern, suite)));
    }
    return results;
  });
}
