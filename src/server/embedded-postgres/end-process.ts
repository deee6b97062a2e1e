import { setTimeout as sleep } from 'node:timers/promises';
import { processStart } from './process-start.ts';

/**
 * Ends a Postgres server and waits for it: first with a fast shutdown, which disconnects everybody and writes a
 * checkpoint, then with an immediate one, which recovers at the next start, then by force.
 */
export async function endProcess(pid: number): Promise<void> {
  for (const [signal, patience] of escalation) {
    if (!signalProcess(pid, signal) || (await hasEnded(pid, patience))) return;
  }
  throw new Error(`The Postgres server with the process id ${pid} does not stop.`);
}

const escalation = [
  ['SIGINT', 6_000],
  ['SIGQUIT', 2_000],
  ['SIGKILL', 2_000],
] as const;

/** False when there is no such process any more. */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

async function hasEnded(pid: number, patience: number): Promise<boolean> {
  const deadline = performance.now() + patience;
  while (processStart(pid) !== undefined) {
    if (performance.now() > deadline) return false;
    await sleep(10);
  }
  return true;
}
