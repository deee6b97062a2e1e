import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { didYouMean } from '../base/did-you-mean.ts';
import { quote } from '../base/text-problem.ts';

/** How to run another command of Postern from here, for sentences that say what comes next. */
export function commandLine(rest: string): string {
  return `npm run postern -- ${folder === undefined ? '' : `-C ${asArgument(folder)} `}${rest}`;
}

/** As a shell takes it for one argument. */
export function asArgument(text: string): string {
  return /^[\w./~@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Works in `path` from here on: its `.postern` holds the database and the key of development tokens. */
export function workIn(path: string): void {
  try {
    process.chdir(path);
  } catch (error) {
    throw new Error(noFolder(path), { cause: error });
  }
  folder = path;
}

function noFolder(path: string): string {
  if (existsSync(path)) return `${quote(path)} is no folder to work in. Next: name the folder that it is in.`;
  const near = didYouMean(basename(path), foldersBeside(path));
  const next = near === '' ? ` Next: make one with ${commandLine(`init ${asArgument(path)}`)}` : near;
  return `There is no folder ${quote(path)} to work in.${next}`;
}

function foldersBeside(path: string): readonly string[] {
  try {
    const entries = readdirSync(dirname(path), { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return [];
  }
}

let folder: string | undefined;
