import { readFile } from 'node:fs/promises';

const file = new URL('../../schema.graphql', import.meta.url);

/** The part of the schema that is written by hand. */
export function readStaticSchema(): Promise<string> {
  return readFile(file, 'utf8');
}
