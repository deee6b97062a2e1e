import { spawnSync } from 'node:child_process';

/** What a program prints; throws with what it said of itself when it fails. */
export function run(program: string, args: readonly string[], folder = '.'): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  if (status === 0) return stdout;
  throw new Error(`"${[program, ...args].join(' ')}" failed.\n${error?.message ?? ''}${stdout}${stderr}`);
}
