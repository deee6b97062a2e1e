import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { run } from '../../../scripts/release/run.ts';
import type { Question } from './previous-release.ts';
import { startProgram } from './running-program.ts';

/** A server of another version, from the history of this repository, with the packages that are here. */
export interface PreviousServer extends AsyncDisposable {
  readonly commit: string;
  readonly folder: string;
  readonly url: string;
  /** Asks as one of the callers of the example. */
  ask(question: Question): Promise<unknown>;
}

export async function startPreviousServer(
  version: string,
  databaseUrl: string,
  options: readonly string[],
): Promise<PreviousServer> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-previous-'));
  const commit = run('git', ['rev-parse', '--short', version]).trim();
  run('sh', ['-c', `git archive ${commit} | tar -x -C "${folder}"`]);
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  makeTimeless(join(folder, 'examples/creators/store.fga.yaml'));
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, PORT: '0', POSTERN_LOG_LEVEL: 'warn', DATABASE_URL: databaseUrl };
  const program = startProgram(process.execPath, ['src/main.ts', 'serve', ...options], { cwd: folder, env });
  const [, url = ''] = await program.printed(/Postern is ready at (\S+)/);
  return {
    commit,
    folder,
    url,
    ask: async ({ as, query }) => {
      const [, token = ''] = await program.printed(new RegExp(`^ *${as} {2}(\\S+)$`, 'm'));
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
      return answer.json();
    },
    [Symbol.asyncDispose]: async () => {
      await program[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Nothing of the example may end between now and whenever the answers are looked at. */
function makeTimeless(file: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('2027-01-01', '2099-01-01'));
}
