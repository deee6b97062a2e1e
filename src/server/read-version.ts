import { readFileSync } from 'node:fs';

/** The version of Postern that this is, as its package says it. */
export function readVersion(): string {
  const { version }: { version?: unknown } = JSON.parse(readFileSync(packageFile, 'utf8'));
  if (typeof version !== 'string') throw new Error(`The file "${packageFile.pathname}" names no version.`);
  return version;
}

const packageFile = new URL('../../package.json', import.meta.url);
