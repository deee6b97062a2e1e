import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processStart } from './process-start.ts';

/**
 * Makes this process the only owner of `folder`, until the returned function is called or the process ends.
 *
 * A claim is an empty file whose name says which process made it: its id and its start time. A dead process
 * never lives again, so anyone may remove its claim at any time. Two that claim at once see each other,
 * both step back, and try again after different pauses.
 */
export async function claimFolder(folder: string): Promise<() => void> {
  const mine = `owner-${process.pid}-${processStart(process.pid)}-${randomBytes(4).toString('hex')}`;
  const release = (): void => rmSync(join(folder, mine), { force: true });
  for (let attempt = 1; ; attempt++) {
    writeFileSync(join(folder, mine), '', { flag: 'wx', mode: 0o600 });
    const other = otherOwner(folder, mine);
    if (other === undefined) return release;
    release();
    if (attempt === attempts) {
      throw new Error(
        `Another Postern server (process ${other}) uses the data directory ${JSON.stringify(folder)}. ` +
          'Stop it first, or start this one with another data directory.',
      );
    }
    await sleep(20 + Math.random() * 80);
  }
}

const attempts = 5;

/** The id of the living process that claims `folder` besides us. Claims of dead processes are removed. */
function otherOwner(folder: string, mine: string): number | undefined {
  let living: number | undefined;
  for (const name of readdirSync(folder)) {
    const [, pid, start] = /^owner-(\d+)-(.+)-[0-9a-f]{8}$/.exec(name) ?? [];
    if (pid === undefined || name === mine) continue;
    if (processStart(Number(pid)) === start) living = Number(pid);
    else rmSync(join(folder, name), { force: true });
  }
  return living;
}
