import { Command, InvalidArgumentError } from 'commander';
import { didYouMean } from '../base/did-you-mean.ts';
import { quote } from '../base/text-problem.ts';
import type { Config } from '../server/config.ts';
import type { AuditLog } from '../store/audit-log.ts';
import type { Store } from '../store/store.ts';
import { accessReportCommand } from './access-report-command.ts';
import { type AuditExitCode, printAuditHead, replayAudit, runtimeParametersOf, verifyAudit } from './audit-command.ts';
import { commandLine, workIn } from './command-line.ts';
import { commandSentence } from './command-sentence.ts';
import { describeFailure } from './describe-failure.ts';
import { importStoreFile } from './import-command.ts';
import { initCommand } from './init-command.ts';
import { lintCommand } from './lint/lint-command.ts';
import {
  activatePublishedModel,
  diffModel,
  listPublishedModels,
  modelNumber,
  publishModelFile,
  showModel,
} from './model-command.ts';
import { printSchema } from './schema-command.ts';
import { serve } from './serve-command.ts';
import { runTestCommand } from './store-file/test-command.ts';
import { tokenCommand } from './token-command.ts';
import { withStore } from './with-store.ts';

export interface ProgramParts {
  /** Reads the configuration when a command needs it; throws a message that lists what is wrong. */
  readonly config: () => Config;
  readonly print: (line: string) => void;
}

/** The commands of `postern`. */
export function createProgram({ config, print }: ProgramParts): Command {
  const program = new Command('postern')
    .description('Authorization as one subgraph, on Postgres.')
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
      return serve(config(), { example: options.example }, print);
    });
  program
    .command('migrate')
    .description("bring the database's tables up to date, and end")
    .action(() => withStore(config(), print, async () => print('The database is up to date.')));
  program
    .command('test')
    .description('play store files (*.fga.yaml), suite files and *.invariants.yaml on an empty database of their own')
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
  program
    .command('import')
    .description(
      'publish and activate the model of a store file, and write its relationships; all of it is checked before',
    )
    .argument('<file>', 'a *.fga.yaml file')
    .option('--dry-run', 'check it only, and say what would be done', false)
    .action((file: string, options: { dryRun: boolean }) =>
      withStore(config(), print, (postern) => importStoreFile(postern, file, options, print)),
    );
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
  program.addCommand(modelCommands({ config, print }));
  program.addCommand(auditCommands({ config, print }));
  return helpful(program, '');
}

/** They end with 0 when all is well, with 1 when the log is not what it should be, and with 2 when nobody can say. */
function auditCommands({ config, print }: ProgramParts): Command {
  const audit = new Command('audit').description('prove the audit log: docs/audit.md');
  const run = async (command: (log: AuditLog, store: Store) => Promise<AuditExitCode>) => {
    try {
      // What they print is read by programs as well.
      process.exitCode = await withStore(
        config(),
        () => {},
        ({ store }) => command(store.audit, store),
      );
    } catch (error) {
      print(`The audit log could not be read. ${describeFailure(error)}`);
      process.exitCode = 2;
    }
  };
  audit
    .command('head')
    .description('print where the log ends, to be kept outside of the database')
    .action(() => run((log) => printAuditHead(log, print)));
  audit
    .command('verify')
    .description('find any event that was changed, removed, put in or moved')
    .option('--anchor <hash@length>', 'what "audit head" printed earlier: finds a log that was cut off or written anew')
    .action(({ anchor }: { anchor?: string }) => run((log) => verifyAudit(log, anchor, print)));
  audit
    .command('replay')
    .description('rebuild the relationships from the log alone, and compare them with the stored ones')
    .action(() => run(async (log, store) => replayAudit(log, print, await runtimeParametersOf(store))));
  return audit;
}

function modelCommands({ config, print }: ProgramParts): Command {
  const model = new Command('model').description('publish, activate and show authorization models');
  model
    .command('publish')
    .description('publish a model: a .fga file, or the fga.mod of its modules')
    .argument('<path>')
    .option('--activate', 'let it decide at once', false)
    .option('--dry-run', 'check it only, and print what would change and for whom', false)
    .action((path: string, options: { activate: boolean; dryRun: boolean }) =>
      withStore(config(), print, (postern) => publishModelFile(postern, path, options, print)),
    );
  model
    .command('activate')
    .description('let a published model decide: forward, or back to an earlier one')
    .argument('<id>', 'its number', parseId)
    .action((id: number) => withStore(config(), print, (postern) => activatePublishedModel(postern, id, print)));
  model
    .command('diff')
    .description('print what changes to a model, and for whom; from the active model, or from another')
    .argument('<from-or-to>', 'with one argument: the number or the file of the model to go to')
    .argument('[to]', 'the number or the file of the model to go to; then the first is the number to come from')
    .action((first: string, second: string | undefined) =>
      withStore(config(), print, (postern) =>
        second === undefined
          ? diffModel(postern, undefined, first, print)
          : diffModel(postern, parseId(first), second, print),
      ),
    );
  model
    .command('list')
    .description('print the published models, the newest first')
    .action(() => withStore(config(), print, (postern) => listPublishedModels(postern, print)));
  model
    .command('show')
    .description('print a published model; the active one without a number')
    .argument('[id]', 'its number', parseId)
    .action((id: number | undefined) => withStore(config(), print, (postern) => showModel(postern, id, print)));
  return model;
}

function parseId(text: string): number {
  const id = modelNumber(text);
  if (id !== undefined) return id;
  throw new InvalidArgumentError(`${quote(text)} is not the number of a model; "model list" prints them.`);
}

function parsePercent(text: string): number {
  const percent = /^\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (percent <= 100) return percent;
  throw new InvalidArgumentError(`${quote(text)} is not a number from 0 to 100.`);
}

const minimumOfNothing = 'The option --minimum is for --mutation-score only. Next: give both, or leave it out.';

/** Every command names the nearest right word after a wrong one, and what lists all of them. */
function helpful(command: Command, path: string): Command {
  command.showSuggestionAfterError();
  command.configureOutput({ outputError: (message, write) => write(`${commandSentence(message)}\n`) });
  command.showHelpAfterError(`Next: ${commandLine(`${path}--help`)}`);
  for (const inner of command.commands) helpful(inner, `${path}${inner.name()} `);
  if (command.commands.length > 0) command.helpCommand(false).addCommand(helpCommand(command, path));
  return command;
}

/** As commander's own, which says nothing about a name that it does not know. */
function helpCommand(parent: Command, path: string): Command {
  return new Command('help')
    .description('say what a command takes')
    .argument('[command...]', 'its name: model publish')
    .action((names: readonly string[]) => {
      let command = parent;
      for (const name of names) {
        const inner = command.commands.find((one) => one.name() === name);
        if (inner === undefined) throw new Error(unknownCommand(command, name, path));
        command = inner;
      }
      command.help();
    });
}

function unknownCommand({ commands }: Command, name: string, path: string): string {
  const near = didYouMean(
    name,
    commands.map((command) => command.name()),
  );
  return `There is no command ${quote(name)}.${near} Next: ${commandLine(`${path}--help`)}`;
}

function refuseOperands(program: Command, serve: Command): void {
  const [operand] = serve.args;
  if (operand === undefined) return;
  const [named] = program.args;
  if (named === serve.name()) throw new Error(`The command "serve" takes no ${quote(operand)}. Next: leave it out.`);
  throw new Error(unknownCommand(program, operand, ''));
}
