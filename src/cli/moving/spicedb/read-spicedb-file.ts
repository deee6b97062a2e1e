import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { readTextFile } from '../../read-text-file.ts';
import { isBackup, readBackup } from './read-backup.ts';
import { readValidationFile, type SpicedbSource } from './read-validation-file.ts';

/** Reads a backup of zed, a validation file or a schema alone, by what is in it; throws a sentence. */
export async function readSpicedbFile(path: string, expected: number | undefined): Promise<SpicedbSource> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes !== undefined && isBackup(bytes)) return readBackup(path, bytes, expected);
  const text = await readTextFile(path);
  if (extname(path).toLowerCase() !== '.zed') return readValidationFile(path, text);
  return {
    schema: { text, before: 0 },
    relationships: [],
    assertions: [],
    notes: ['A schema alone has no relationships.'],
  };
}
