import { readTextFile } from '../../read-text-file.ts';

/** The token of a server, from a file: on a command line everybody could read it. */
export async function readToken(path: string | undefined): Promise<string | undefined> {
  return path === undefined ? undefined : (await readTextFile(path)).trim();
}
