import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isRecord } from '../../base/canonical-json.ts';
import { quote } from '../../base/text-problem.ts';
import { readTextFile } from '../read-text-file.ts';
import { type AuthzenCase, type AuthzenSuite, readAuthzenCases } from './authzen-suite.ts';

/** The suites of AuthZEN (`*.json`) among the paths and in their folders; throws a sentence where one has no store file. */
export async function readAuthzenSuites(paths: readonly string[]): Promise<readonly AuthzenSuite[]> {
  const suites: AuthzenSuite[] = [];
  for (const path of paths) {
    for (const file of await filesAt(path)) {
      const json = await readJson(file);
      const cases = readAuthzenCases(json);
      if (cases === undefined) continue;
      suites.push({ path: file, storeFile: await storeFileOf(file, json), isFull: areFull(cases), cases });
    }
  }
  return suites;
}

export async function isAuthzenSuite(path: string): Promise<boolean> {
  return path.endsWith('.json') && readAuthzenCases(await readJson(path)) !== undefined;
}

async function filesAt(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => undefined);
  const names = found?.isDirectory() ? (await readdir(path, { recursive: true })).toSorted() : [];
  const files = found?.isDirectory() ? names.map((name) => join(path, name)) : [path];
  return files.filter((file) => file.endsWith('.json'));
}

/** Undefined for a file that is none: it is for another program. */
async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readTextFile(path));
  } catch {
    return undefined;
  }
}

/** How far above a suite its store file may be. */
const mostLevels = 3;

/** Named as the suite, as its folder, or as what is in it; beside it, or above it, or in a folder `fixtures` there. */
async function storeFileOf(path: string, json: unknown): Promise<string> {
  const contents = isRecord(json) ? Object.keys(json) : [];
  const names = [basename(path, '.json'), basename(dirname(path)), ...contents].map((name) => `${name}.fga.yaml`);
  let folder = dirname(path);
  for (let level = 0; level < mostLevels; level++) {
    for (const name of names) {
      for (const file of [join(folder, name), join(folder, 'fixtures', name)]) {
        if ((await stat(file).catch(() => undefined))?.isFile()) return file;
      }
    }
    folder = dirname(folder);
  }
  throw new Error(
    `The suite ${quote(path)} has no store file. Next: name one ${names.slice(0, 2).map(quote).join(' or ')}, beside it or in "fixtures".`,
  );
}

function areFull(cases: readonly AuthzenCase[]): boolean {
  return cases.some(({ body }) => /"action":\{"name":"can_/.test(body));
}
