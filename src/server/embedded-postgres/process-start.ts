import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * What tells a running process from a later one with the same id, or undefined when no such process runs.
 * A process that has ended but was not yet collected by its parent does not run.
 */
export function processStart(pid: number): string | undefined {
  try {
    return process.platform === 'linux' ? linuxStart(pid) : listedStart(pid);
  } catch {
    return undefined;
  }
}

function linuxStart(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is a name that may contain spaces and brackets; only the last bracket ends it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  // Start times are ticks since the machine started, so they may repeat after the next start of the machine.
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
  return `${boot}.${fields[19]}`;
}

function listedStart(pid: number): string | undefined {
  const line = execFileSync('/bin/ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { LC_ALL: 'C', TZ: 'UTC' },
  }).trim();
  const [state = 'Z', ...start] = line.split(/\s+/);
  return state.startsWith('Z') ? undefined : start.join('.').replaceAll(':', '.');
}
