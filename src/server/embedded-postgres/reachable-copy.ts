import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Whether everybody may walk to `path` and run it. */
export function isReachable(path: string): boolean {
  const open = (statSync(path).mode & 0o001) !== 0;
  return open && (dirname(path) === path || isReachable(dirname(path)));
}

/**
 * A copy of the programs in the temporary directory, for an account that cannot walk to the project.
 * It is made once per version and shared by all projects of this machine.
 */
export function reachableCopy(native: string, version: string, report: (sentence: string) => void): string {
  const temporary = existsSync(tmpdir()) && isReachable(tmpdir()) ? tmpdir() : '/tmp';
  const copy = join(temporary, `postern-postgres-${version}`);
  if (isComplete(native, copy)) return copy;
  report(`Copying the Postgres programs to ${JSON.stringify(copy)}, because only root can read the project.`);
  const fresh = mkdtempSync(`${copy}-`);
  cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
  openToAll(fresh);
  rmSync(copy, { recursive: true, force: true });
  try {
    renameSync(fresh, copy);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    // Another process that starts at the same moment may have been first.
    if (!isComplete(native, copy)) throw error;
  }
  return copy;
}

/** Cleaners of temporary directories remove single files, so the existence of the directory says too little. */
function isComplete(native: string, copy: string): boolean {
  const found = lstatSync(copy, { throwIfNoEntry: false });
  if (found === undefined) return false;
  if (!found.isDirectory() || found.uid !== 0 || (found.mode & 0o022) !== 0) {
    throw new Error(
      `${JSON.stringify(copy)} was not made by root, so it is not safe to run programs from it. ` +
        'Remove it and start again, or set DATABASE_URL.',
    );
  }
  return readdirSync(native, { recursive: true, encoding: 'utf8' }).every((name) => existsSync(join(copy, name)));
}

function openToAll(path: string): void {
  const { mode } = lstatSync(path);
  const entries = readdirSync(path, { withFileTypes: true });
  chmodSync(path, mode | 0o755);
  for (const entry of entries) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) openToAll(child);
    else if (entry.isFile()) chmodSync(child, (statSync(child).mode & 0o111) === 0 ? 0o644 : 0o755);
  }
}
