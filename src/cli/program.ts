import { Command } from 'commander';
import { quote } from '../base/text-problem.ts';
import { readVersion } from '../server/read-version.ts';
import { accessReportCommand } from './access-report-command.ts';
import { auditCommands } from './audit-commands.ts';
import { mcpCommand } from './author-tools/mcp-command.ts';
import { workIn } from './command-line.ts';
import { findingsCommand } from './findings-command.ts';
import { helpful, unknownCommand } from './helpful.ts';
import { importCommands } from './import-commands.ts';
import { initCommand } from './init-command.ts';
import { lintCommand } from './lint/lint-command.ts';
import { modelCommands } from './model-commands.ts';
import { parsePercent } from './parse-percent.ts';
import type { ProgramParts } from './program-parts.ts';
import { printSchema } from './schema-command.ts';
import { serve, serveLogged } from './serve-command.ts';
import { shadowCommands } from './shadow/shadow-commands.ts';
import { simulateCommand } from './simulate-command.ts';
import { runTestCommand } from './store-file/test-command.ts';
import { tokenCommand } from './token-command.ts';
import { printUpkeep } from './upkeep-command.ts';
import { migrateDatabase, withStore } from './with-store.ts';

export interface RootParts extends ProgramParts {
  /** Whether `NODE_ENV` says so, whatever else is wrong with the configuration. */
  readonly isProduction?: boolean;
}

/** The commands of `postern`. */
export function createProgram({ config, print, isProduction = false, againstToken }: RootParts): Command {
  const program = new Command('postern')
    .description('Authorization as one subgraph, on Postgres.')
    .version(readVersion(), '--version', 'say which version this is')
    .option('-C <folder>', 'work in this folder: its .postern holds the database, and paths start there')
    .hook('preAction', (root) => {
      const { C: folder } = root.opts<{ C?: string }>();
      if (folder !== undefined) workIn(folder);
    });
  program
    .command('serve', { isDefault: true })
    .description('start the server')
    .option('--example <folder>', 'in development: fill an empty database with this example and say how to try it')
    // Whatever is no command comes here, as the one that is taken without a name.
    .allowExcessArguments()
    .action((options: { example?: string }, command: Command) => {
      refuseOperands(program, command);
      if (isProduction) return serveLogged(config);
      return serve(config(), { example: options.example }, print);
    });
  program
    .command('migrate')
    .description("bring the database's tables up to date, and end")
    .option(
      '--share-out',
      'with Citus: share the tables out among its servers as well, while no server of Postern runs',
      false,
    )
    .action((options: { shareOut: boolean }) => migrateDatabase(config(), print, options));
  program
    .command('upkeep')
    .description('remove what is not needed any more, once through the store; servers do it by themselves')
    .action(() => withStore(config(), print, (postern, upkeep) => printUpkeep(postern, upkeep, config(), print)));
  program.addCommand(testCommand({ config, print }));
  program.addCommand(importCommands({ config, print }));
  program
    .command('schema')
    .description('print the subgraph schema for the active model, to publish or to compose it')
    .action(() =>
      withStore(
        config(),
        () => {},
        (postern) => printSchema(postern, config(), print),
      ),
    );
  program.addCommand(initCommand(print));
  program.addCommand(tokenCommand({ config, print }));
  program.addCommand(lintCommand({ config, print }));
  program.addCommand(accessReportCommand(config));
  program.addCommand(findingsCommand({ config, print }));
  program.addCommand(simulateCommand({ config, print }));
  program.addCommand(shadowCommands({ config, print }));
  program.addCommand(modelCommands({ config, print, againstToken }));
  program.addCommand(mcpCommand({ config }));
  program.addCommand(auditCommands({ config, print }));
  return helpful(program, '');
}

function testCommand({ config, print }: ProgramParts): Command {
  return new Command('test')
    .description(
      'play store files (*.fga.yaml), suite files, *.invariants.yaml and suites of AuthZEN on an empty database of their own',
    )
    .argument('<paths...>', 'files and folders')
    .option('--mutation-score', 'make mistakes in the model, and count those that the tests notice', false)
    .option('--minimum <percent>', 'with --mutation-score: fail below this share of giving mistakes', parsePercent)
    .action(async (paths: string[], { mutationScore, minimum }: { mutationScore: boolean; minimum?: number }) => {
      if (minimum !== undefined && !mutationScore) throw new Error(minimumOfNothing);
      const { database } = config();
      const databaseUrl = database.kind === 'address' ? database.url : undefined;
      const score = { mutationScore, ...(minimum !== undefined && { minimumPercent: minimum }) };
      process.exitCode = await runTestCommand({ paths, databaseUrl, print, ...score });
    });
}

const minimumOfNothing = 'The option --minimum is for --mutation-score only. Next: give both, or leave it out.';

function refuseOperands(program: Command, serve: Command): void {
  const [operand] = serve.args;
  if (operand === undefined) return;
  const [named] = program.args;
  if (named === serve.name()) throw new Error(`The command "serve" takes no ${quote(operand)}. Next: leave it out.`);
  throw new Error(unknownCommand(program, operand, ''));
}
