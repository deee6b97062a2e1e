import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { didYouMean } from '../base/did-you-mean.ts';

/** The text of a file in UTF-8, without its byte order mark; throws a sentence that names it and what is near. */
export async function readTextFile(path: string): Promise<string> {
  const bytes = await readFile(path).catch(async (error: NodeJS.ErrnoException) => {
    throw new Error(await sentenceOf(path, error), { cause: error });
  });
  try {
    // The decoder takes a byte order mark away.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`The file "${path}" is not text in UTF-8; save it in that encoding.`);
  }
}

async function sentenceOf(path: string, { code = 'unknown' }: NodeJS.ErrnoException): Promise<string> {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `There is no file "${path}".${await nearestFile(path)}`;
    case 'EISDIR':
      return `"${path}" is a folder; name a file in it.`;
    case 'EACCES':
    case 'EPERM':
      return `The file "${path}" may not be read by this user.`;
    default:
      return `The file "${path}" cannot be read (${code}).`;
  }
}

async function nearestFile(path: string): Promise<string> {
  const names = await readdir(dirname(path)).catch(() => undefined);
  if (names === undefined) return ` There is no folder "${dirname(path)}" either.`;
  return didYouMean(basename(path), names);
}
