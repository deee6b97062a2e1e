import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess } from './end-process.ts';
import { processStart } from './process-start.ts';

/**
 * Stops the Postgres server that a killed process left behind on `data`. Call it only as the owner of the folder.
 *
 * A `postmaster.pid` whose process is dead is left to Postgres, which first makes sure that no worker of the old
 * server is alive. Where the id now belongs to another program Postgres would refuse to start, so it goes.
 */
export async function stopLeftBehind(data: string, report: (sentence: string) => void): Promise<void> {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  if (pid > 0 && isPostgresOf(data, pid)) {
    report(`Stopping the Postgres server (process ${pid}) that an earlier run left behind.`);
    await endProcess(pid);
  } else if (!(pid > 0) || processStart(pid) !== undefined) {
    rmSync(file, { force: true });
  }
}

function isPostgresOf(data: string, pid: number): boolean {
  try {
    if (process.platform !== 'linux') {
      const command = execFileSync('/bin/ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
      return command.includes(`-D ${data} `);
    }
    const isPostgres = readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres');
    // The working directory of every Postgres process is its data directory.
    return isPostgres && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
  } catch {
    return false;
  }
}
