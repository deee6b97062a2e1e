import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { quote } from '../base/text-problem.ts';
import { writeProblem } from './write-problem.ts';

/**
 * Makes a folder and those that it is in, one by one; throws a sentence. Where the first of them cannot be, Node.js may try
 * for ever to make all of them at once.
 */
export function makeFolder(path: string, mode = 0o777): void {
  const folder = resolve(path);
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found !== undefined) throw new Error(`${quote(path)} is not a folder. Next: name another one.`);
  try {
    makeFolder(dirname(folder), mode);
    mkdirSync(folder, { mode });
  } catch (error) {
    throw isSaid(error) ? error : new Error(writeProblem(path, error), { cause: error });
  }
}

function isSaid(error: unknown): boolean {
  return error instanceof Error && !('code' in error);
}
