import { Command, InvalidArgumentError } from 'commander';
import type { Config } from '../server/config.ts';
import { buildFromStore } from '../server/start-server.ts';
import { accessReportCommand } from './access-report-command.ts';
import { activatePublishedModel, importStoreFile, publishModelFile, showModel } from './model-command.ts';
import { serve } from './serve-command.ts';
import { runTestCommand } from './test/test-command.ts';
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
    .showSuggestionAfterError()
    .showHelpAfterError('Run "npm run postern -- --help" for all commands.');
  program
    .command('serve', { isDefault: true })
    .description('start the server')
    .option('--example <folder>', 'in development: fill an empty database with this example and say how to try it')
    .action((options: { example?: string }) => serve(config(), { example: options.example }, print));
  program
    .command('migrate')
    .description("bring the database's tables up to date, and end")
    .action(() => withStore(config(), print, async () => print('The database is up to date.')));
  program
    .command('test')
    .description('play store files (*.fga.yaml), suite files and *.invariants.yaml on an empty database of their own')
    .argument('<paths...>', 'files and folders')
    .option('--mutation-score', 'make mistakes in the model, and count those that the tests notice', false)
    .option('--minimum <percent>', 'with --mutation-score: fail below this share of giving mistakes', Number)
    .action(async (paths: string[], { mutationScore, minimum }: { mutationScore: boolean; minimum?: number }) => {
      const { database } = config();
      const databaseUrl = database.kind === 'address' ? database.url : undefined;
      const score = { mutationScore, ...(minimum !== undefined && { minimumPercent: minimum }) };
      process.exitCode = await runTestCommand({ paths, databaseUrl, print, ...score });
    });
  program
    .command('import')
    .description('publish and activate the model of a store file, and write its relationships')
    .argument('<file>', 'a *.fga.yaml file')
    .action((file: string) => withStore(config(), print, (postern) => importStoreFile(postern, file, print)));
  program
    .command('schema')
    .description('print the subgraph schema for the active model, to publish or to compose it')
    .action(() =>
      withStore(
        config(),
        () => {},
        async ({ store }) => print((await buildFromStore(store, config())).sdl),
      ),
    );
  program.addCommand(accessReportCommand(config));
  program.addCommand(modelCommands({ config, print }));
  return program;
}

function modelCommands({ config, print }: ProgramParts): Command {
  const model = new Command('model').description('publish, activate and show authorization models');
  model
    .command('publish')
    .description('publish a model: a .fga file, or the fga.mod of its modules')
    .argument('<path>')
    .option('--activate', 'let it decide at once', false)
    .option('--dry-run', 'check it only', false)
    .action((path: string, options: { activate: boolean; dryRun: boolean }) =>
      withStore(config(), print, (postern) => publishModelFile(postern, path, options, print)),
    );
  model
    .command('activate')
    .description('let a published model decide: forward, or back to an earlier one')
    .argument('<id>', 'its number', parseId)
    .action((id: number) => withStore(config(), print, (postern) => activatePublishedModel(postern, id, print)));
  model
    .command('show')
    .description('print a published model; the active one without a number')
    .argument('[id]', 'its number', parseId)
    .action((id: number | undefined) => withStore(config(), print, (postern) => showModel(postern, id, print)));
  return model;
}

function parseId(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError(`"${text}" is not the number of a model.`);
  return Number(text);
}
