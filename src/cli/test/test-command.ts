import { parseObjectRef } from '../../model/object-ref.ts';
import type { Postern } from '../../operations/postern.ts';
import { openStore } from '../../store/store.ts';
import { type CaseResult, playWorld } from './play-world.ts';
import { readTestFiles } from './read-test-files.ts';
import { createScratchDatabase } from './scratch-database.ts';
import type { TestWorld } from './test-world.ts';

export interface TestCommandOptions {
  readonly paths: readonly string[];
  readonly databaseUrl: string | undefined;
  readonly print: (line: string) => void;
}

/** Plays test files through the engine on a real, empty database. Returns the exit code: 1 if anything failed. */
export async function runTestCommand({ paths, databaseUrl, print }: TestCommandOptions): Promise<number> {
  const worlds = await readTestFiles(paths);
  const count = worlds.reduce((total, { cases }) => total + cases.length, 0);
  print(`Playing ${count} assertions of ${worlds.length} tests on an empty database.`);
  const results = await playAll(worlds, databaseUrl, print);
  const failures = results.filter(({ passed }) => !passed);
  for (const { world, name, expected, actual } of failures) {
    print(`FAILED ${world} › ${name}\n       expected ${expected}\n       actual   ${actual}`);
  }
  print(`${results.length - failures.length} passed, ${failures.length} failed`);
  // A run that asked nothing has shown nothing.
  return failures.length > 0 || results.length === 0 ? 1 : 0;
}

async function playAll(
  worlds: readonly TestWorld[],
  databaseUrl: string | undefined,
  print: (line: string) => void,
): Promise<readonly CaseResult[]> {
  const scratch = await createScratchDatabase(databaseUrl);
  const store = openStore(scratch.url, { connections: 2, statementTimeoutMs: 10_000 });
  const platform = parseObjectRef('platform:main');
  if (!platform.ok) throw new Error(platform.problem);
  const postern: Postern = { store, platform: platform.value, report: (message) => print(message) };
  const results: CaseResult[] = [];
  try {
    for (const [index, world] of worlds.entries()) {
      if (!world.continues) await scratch.empty();
      results.push(...(await playWorld(postern, world)));
      if ((index + 1) % 50 === 0) print(`  ${index + 1} of ${worlds.length} tests played`);
    }
  } finally {
    await store.close();
    await scratch.drop();
  }
  return results;
}
