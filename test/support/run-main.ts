import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

/** How a command ended, and everything that it said. */
export interface EndedMain {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** `node src/main.ts`, as a process of its own. */
export interface RunningMain extends AsyncDisposable {
  /** The first match of a pattern in what it prints, from the start on; rejects when it ends without one. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  signal(name: NodeJS.Signals): void;
  readonly end: Promise<EndedMain>;
}

export interface RunMainOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Where relative paths start, and where `.postern` is made. */
  readonly folder?: string;
}

export function runMain(args: readonly string[], { environment = {}, folder = '.' }: RunMainOptions = {}): RunningMain {
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [resolve('src/main.ts'), ...args], {
    cwd: folder,
    env: {
      ...{ PATH, HOME, POSTERN_LOG_LEVEL: 'silent', PORT: '0' },
      ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    child.emit('printed');
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const end = once(child, 'close').then(([code]) => ({ code: code as number | null, output, errors }));
  return {
    end,
    signal: (name) => void child.kill(name),
    printed: async (pattern) => {
      for (;;) {
        const match = pattern.exec(output);
        if (match !== null) return match;
        if (child.exitCode !== null) throw new Error(`It ended with code ${child.exitCode}.\n${output}${errors}`);
        await Promise.race([once(child, 'printed'), end]);
      }
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await end;
    },
  };
}
