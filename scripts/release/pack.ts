import { dirname, resolve } from 'node:path';
import { run } from './run.ts';

export interface PackedPackage {
  readonly name: string;
  /** The path of the archive. */
  readonly file: string;
  readonly files: number;
  readonly bytes: number;
  readonly integrity: string;
}

interface NpmPacked {
  readonly name: string;
  readonly filename: string;
  readonly entryCount: number;
  readonly size: number;
  readonly integrity: string;
}

/** Makes the archive of a folder that is a package, as npm publishes it, beside that folder. */
export function pack(folder: string): PackedPackage {
  const place = dirname(folder);
  const answer = run('npm', ['pack', resolve(folder), '--json', '--ignore-scripts', '--pack-destination', place]);
  const packed: readonly NpmPacked[] = JSON.parse(answer);
  const [one] = packed;
  if (one === undefined) throw new Error(`npm made no archive of "${folder}".`);
  const { name, filename, entryCount, size, integrity } = one;
  return { name, file: `${place}/${filename}`, files: entryCount, bytes: size, integrity };
}
