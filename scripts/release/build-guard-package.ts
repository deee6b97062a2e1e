import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildGuard } from '../build-guard.mjs';
import { provenanceOf, readManifest } from './manifest.ts';

/** Makes the folder that is the guard's package. */
export function buildGuardPackage(folder: string, environment: NodeJS.ProcessEnv = process.env): string {
  if (buildGuard() !== 0) throw new Error('The package "packages/guard" cannot be built.');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ['dist', 'README.md']) {
    cpSync(join('packages/guard', name), join(folder, name), { recursive: true });
  }
  for (const name of ['LICENSE', 'CHANGELOG.md', 'SECURITY.md']) cpSync(name, join(folder, name));
  // Building is done here, and nothing of it is in the package.
  const { scripts: _, ...manifest } = { scripts: undefined, ...readManifest('packages/guard') };
  const released = { ...manifest, ...provenanceOf(environment, 'packages/guard') };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(released, null, 2)}\n`);
  return folder;
}
