import { describeFailure } from '../../src/cli/describe-failure.ts';
import { createProgram } from '../../src/cli/program.ts';
import { readConfig } from '../../src/server/config.ts';
import type { EndedMain, RunMainOptions } from './run-main.ts';

/** The end of a process that is none. */
class Exit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`It ends with ${code}.`);
    this.code = code;
  }
}

/**
 * A command of `src/main.ts` in this process, one at a time: what it says of what it is given costs no start of its own. What is about a
 * process, such as its signals, is for `runMain`, which also shows once in a file that the command is one.
 */
export async function runProgram(args: readonly string[], options: RunMainOptions = {}): Promise<EndedMain> {
  let [output, errors] = ['', ''];
  const restore = [
    replaced(process, 'exitCode', undefined),
    replaced(process, 'exit', (code) => {
      throw new Exit(Number(code ?? process.exitCode ?? 0));
    }),
    replaced(process.stdout, 'write', (text) => {
      output += String(text);
      return true;
    }),
    replaced(process.stderr, 'write', (text) => {
      errors += String(text);
      return true;
    }),
  ];
  const place = process.cwd();
  try {
    const code = await endOf(args, options);
    return { code, output, errors };
  } finally {
    process.chdir(place);
    for (const restoreOne of restore) restoreOne();
  }
}

/** As `src/main.ts` does it. */
async function endOf(
  args: readonly string[],
  { environment = {}, folder = '.' }: RunMainOptions,
): Promise<EndedMain['code']> {
  const config = () => {
    const read = readConfig({ POSTERN_LOG_LEVEL: 'silent', PORT: '0', ...environment });
    if (read.ok) return read.value;
    throw new Error(`The configuration is not valid.\n${read.problem.map((problem) => `- ${problem}`).join('\n')}`);
  };
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  process.chdir(folder);
  try {
    const isProduction = environment.NODE_ENV === 'production';
    const againstToken = environment.POSTERN_AGAINST_TOKEN;
    await createProgram({ config, print, isProduction, againstToken }).parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof Exit) return error.code;
    process.stderr.write(`${describeFailure(error)}\n`);
    return Number(process.exitCode) || 1;
  }
}

function replaced<Owner extends object, Name extends keyof Owner>(
  owner: Owner,
  name: Name,
  value: Owner[Name],
): () => void {
  const original = owner[name];
  owner[name] = value;
  return () => {
    owner[name] = original;
  };
}
