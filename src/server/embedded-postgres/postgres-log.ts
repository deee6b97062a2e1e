import { openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What Postgres says during one run: it goes to a file, because a pipe would break when this process is killed. */
export function postgresLog(folder: string): string {
  return join(folder, 'postgres.log');
}

/** A new log, open for writing. The old one goes first: it may belong to root, who ran Postern here once. */
export function openLog(folder: string): number {
  rmSync(postgresLog(folder), { force: true });
  return openSync(postgresLog(folder), 'wx', 0o600);
}

/** The last lines of the log, for a message about a failure. */
export function endOfLog(folder: string): string {
  const lines = readFileSync(postgresLog(folder), 'utf8').trim();
  return lines === '' ? 'It gave no reason.' : lines.split('\n').slice(-10).join('\n');
}
