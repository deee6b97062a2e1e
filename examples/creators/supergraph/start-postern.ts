import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { RunningService } from './running-service.ts';
import { type PosternProcess, waitUntilReady } from './wait-until-ready.ts';

export interface StartPosternOptions {
  /** What follows `node`, from the root of the project: the server's entry and its arguments. */
  readonly command: readonly string[];
  /** Set on top of this process's own environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly readyWithinMs: number;
}

/** A Postern of this machine's own, with tokens to try it. */
export interface RunningPostern extends RunningService {
  /** By subject: `user:eve`. */
  readonly tokens: ReadonlyMap<string, string>;
}

/** Starts Postern as a process of its own and waits until it is ready; rejects with what it said when it never is. */
export async function startPostern(options: StartPosternOptions): Promise<RunningPostern> {
  const postern = spawn(process.execPath, options.command, {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    // A database of its own, so that the demo runs beside a server that was started in the same folder.
    env: { POSTERN_DATA_DIRECTORY: '.postern/demo', ...process.env, PORT: '0', ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = () => stopProcess(postern);
  try {
    return { ...(await waitUntilReady(postern, options.readyWithinMs)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const patienceMs = 10_000;

async function stopProcess(postern: PosternProcess): Promise<void> {
  if (postern.exitCode !== null || postern.signalCode !== null) return;
  const ended = once(postern, 'exit');
  postern.kill('SIGTERM');
  const impatience = setTimeout(() => postern.kill('SIGKILL'), patienceMs);
  await ended;
  clearTimeout(impatience);
}
