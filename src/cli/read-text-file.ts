import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { nearestName } from '../base/did-you-mean.ts';
import { quote } from '../base/text-problem.ts';
import { OutsideFolder, readConfined } from './confinement.ts';

/** The text of a file in UTF-8, without its byte order mark; throws a sentence that names it and what is near. */
export async function readTextFile(path: string): Promise<string> {
  const bytes = await readBytes(path).catch(async (error: NodeJS.ErrnoException) => {
    if (error instanceof OutsideFolder) throw error;
    throw new Error(await sentenceOf(path, error), { cause: error });
  });
  try {
    // The decoder takes a byte order mark away.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`The file "${path}" is not text in UTF-8; save it in that encoding.`);
  }
}

async function readBytes(path: string): Promise<Buffer> {
  return (await readConfined(path)) ?? (await readFile(path));
}

/** That there is no such file, and what is near. */
export async function missingFile(path: string): Promise<string> {
  return `There is no file ${quote(path)}.${await nearestFile(path)}`;
}

async function sentenceOf(path: string, { code }: NodeJS.ErrnoException): Promise<string> {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return missingFile(path);
    case 'EISDIR':
      return `"${path}" is a folder; name a file in it.`;
    case 'EACCES':
    case 'EPERM':
      return `The file "${path}" may not be read by this user.`;
    default:
      return `The file "${path}" cannot be read. Next: look at it with another program.`;
  }
}

async function nearestFile(path: string): Promise<string> {
  const names = await readdir(dirname(path)).catch(() => undefined);
  if (names === undefined) return ` There is no folder ${quote(dirname(path))} either.`;
  const near = nearestFileName(basename(path), names);
  return near === undefined ? ' Next: name one that is there.' : ` Did you mean ${quote(join(dirname(path), near))}?`;
}

/** An ending that both have says nothing about how near they are. */
function nearestFileName(name: string, names: readonly string[]): string | undefined {
  const ending = /(?:\.(?:fga|invariants))?\.[^.]+$/.exec(name)?.[0] ?? extname(name);
  const stem = (one: string) => one.slice(0, one.length - ending.length);
  const alike = new Map(names.filter((one) => one.endsWith(ending)).map((one) => [stem(one), one]));
  const near = nearestName(stem(name), alike.keys());
  return near === undefined
    ? nearestName(
        name,
        names.filter((one) => !one.endsWith(ending)),
      )
    : alike.get(near);
}
