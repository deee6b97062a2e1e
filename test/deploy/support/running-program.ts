import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program that was started as a person would, in a process group of its own. */
export interface RunningProgram extends AsyncDisposable {
  /** The first match in what it prints; rejects when it ends without one. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Tells it to end; returns how it ended, and all that it said. */
  end(): Promise<{ readonly code: number | null; readonly said: string }>;
}

export function startProgram(
  program: string,
  args: readonly string[],
  options: Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'>,
): RunningProgram {
  const child = spawn(program, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      child.emit('printed');
    });
  }
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, said }));
  const signal = (name: NodeJS.Signals) => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, name);
  };
  return {
    printed: async (pattern) => {
      for (;;) {
        const match = pattern.exec(said);
        if (match !== null) return match;
        if (child.exitCode !== null) throw new Error(`It ended with code ${child.exitCode}.\n${said}`);
        await Promise.race([once(child, 'printed'), ended]);
      }
    },
    end: async () => {
      signal('SIGTERM');
      return { ...(await ended), said };
    },
    [Symbol.asyncDispose]: async () => {
      signal('SIGKILL');
      await ended;
    },
  };
}
