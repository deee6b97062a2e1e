#!/usr/bin/env node
import { describeFailure } from './cli/describe-failure.ts';
import { createProgram } from './cli/program.ts';
import { type Config, readConfig } from './server/config.ts';

function config(): Config {
  const read = readConfig(process.env);
  if (read.ok) return read.value;
  throw new Error(`The configuration is not valid.\n${read.problem.map((problem) => `- ${problem}`).join('\n')}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

// Whoever reads what is printed may stop reading: `postern model list | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  const { NODE_ENV, POSTERN_AGAINST_TOKEN: againstToken } = process.env;
  await createProgram({ config, print, isProduction: NODE_ENV === 'production', againstToken }).parseAsync();
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`);
  // A command may have said already what its failure is.
  process.exitCode ||= 1;
}
