import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { quote } from '../../base/text-problem.ts';
import type { ModelSource } from '../../model/model-source.ts';
import { missingFile, readTextFile } from '../read-text-file.ts';
import { WrongFile } from '../read-yaml-file.ts';
import { isAuthzenSuite } from './read-authzen-suites.ts';
import { isConditionTable } from './read-condition-table.ts';
import { readInvariantFile } from './read-invariant-file.ts';
import { readStoreFile } from './read-store-file.ts';
import { readSuiteFile } from './read-suite-file.ts';
import type { TestWorld } from './test-world.ts';

/**
 * All worlds of the given files, and of the test files in the given folders; throws a sentence for what is not one. Tables of
 * conditions and suites of AuthZEN have no worlds: see `readConditionTables` and `readAuthzenSuites`. With a model, they are
 * about that one instead of theirs.
 */
export async function readTestFiles(paths: readonly string[], model?: ModelSource): Promise<readonly TestWorld[]> {
  const worlds: TestWorld[] = [];
  for (const path of paths) {
    for (const file of await testFilesAt(path)) worlds.push(...(await readTestFile(file, model)));
  }
  return worlds;
}

async function testFilesAt(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new Error(await missingFile(path));
  if (!found.isDirectory()) {
    if ((await isConditionTable(path)) || (await isAuthzenSuite(path))) return [];
    refuseOtherFile(path);
    return [path];
  }
  const names = (await readdir(path, { recursive: true })).filter((name) => /\.ya?ml$/.test(name)).toSorted();
  const files = names.map((name) => join(path, name));
  const texts = await Promise.all(files.map((file) => readTextFile(file)));
  // Other YAML may lie beside the tests: relationships, and settings of other tools.
  return files.filter((file, index) => isStoreFile(file) || isInvariantFile(file) || isSuite(texts[index] ?? ''));
}

/** Read as YAML, it would be a mistake in its syntax. */
function refuseOtherFile(path: string): void {
  if (/\.ya?ml$/.test(path)) return;
  const isModel = /\.(?:fga|mod)$/.test(path);
  const what = isModel ? 'holds a model, and no tests' : 'is no test file';
  throw new Error(
    `${quote(path)} ${what}. Next: name a "*.fga.yaml" or "*.invariants.yaml" file, or a folder of them.`,
  );
}

async function readTestFile(path: string, model: ModelSource | undefined): Promise<readonly TestWorld[]> {
  const text = await readTextFile(path);
  try {
    if (isInvariantFile(path)) return await readInvariantFile(path, text, model);
    if (!isSuite(text)) return await readStoreFile(path, text, model);
    if (model !== undefined)
      throw new WrongFile(`${quote(path)} brings models of its own. Next: name a "*.fga.yaml" file.`);
    return readSuiteFile(path, text);
  } catch (error) {
    if (error instanceof WrongFile) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The test file "${path}" cannot be read: ${reason}`, { cause: error });
  }
}

export function isInvariantFile(path: string): boolean {
  return /\.invariants\.ya?ml$/.test(path);
}

function isStoreFile(path: string): boolean {
  return /\.fga\.ya?ml$/.test(path);
}

function isSuite(text: string): boolean {
  return /^tests:/m.test(text) && /^\s+-?\s*stages:/m.test(text);
}
