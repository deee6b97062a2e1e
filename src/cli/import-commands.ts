import { Command, Option } from 'commander';
import { quote } from '../base/text-problem.ts';
import { importStoreFile } from './import-command.ts';
import { type FollowOptions, follow } from './moving/follow/follow.ts';
import { type MovingOptions, moveIn } from './moving/move-in.ts';
import { refusalKinds } from './moving/translate/construct.ts';
import type { ProgramParts } from './program-parts.ts';
import { withStore } from './with-store.ts';

/** `postern import FILE`, and moving in from another system: a plan first, then the plan is applied. */
export function importCommands(parts: ProgramParts): Command {
  const { config, print } = parts;
  const command = new Command('import')
    .description(
      'publish and activate the model of a store file, and write its relationships; or move in from another system: docs/moving-in.md',
    )
    .argument('[file]', 'a *.fga.yaml file')
    .option('--dry-run', 'check it only, and say what would be done', false)
    .addOption(new Option('--from <system>', 'move in from this system').choices(['openfga', 'spicedb', 'keto']))
    .option('--in <file>', 'with --from: what the system gave out')
    .option(
      '--model <file>',
      'with --from openfga: its model, where the file of --in has none; with --from keto: a model for its permissions',
    )
    .option('--url <address>', 'with --from openfga: the address of a server that runs')
    .option('--store <id>', 'with --url: its store')
    .option('--token-file <file>', 'with --url: the file that holds its token')
    .option('--names <file>', 'with --from: names of relations, permissions and caveats, by those of the source')
    .option(
      '--types <file>',
      'with --from: names of types, by those of the source; with --from keto: the types of its subject ids, too',
    )
    .option('--expect <count>', 'with --from spicedb: how many relationships a backup must hold', wholeNumber)
    .option('--plan <folder>', 'with --from: write there what moving in means')
    .addOption(
      new Option('--allow-refused <kinds...>', 'with --from: leave this out, and plan the rest').choices(
        Object.keys(refusalKinds),
      ),
    )
    .option('--apply <folder>', 'do what the plan in this folder says; again, after it was stopped')
    .option(
      '--replace-model',
      'with --apply: though the active model has types or relations that the model of the plan lacks',
    )
    .action((file: string | undefined, options: MovingOptions & { readonly dryRun: boolean }) => {
      if (options.from !== undefined || options.apply !== undefined) return moveIn(file, options, parts);
      if (file !== undefined)
        return withStore(config(), print, (postern) => importStoreFile(postern, file, options, print));
      throw new Error(
        'There is nothing to import. Next: name a "*.fga.yaml" file, or move in with --from and --apply: docs/moving-in.md',
      );
    });
  return command.addCommand(followCommand(parts));
}

function followCommand({ config, print }: ProgramParts): Command {
  return new Command('follow')
    .description('do here what is written at the OpenFGA that a plan was read from, until it is stopped')
    .argument('<folder>', 'of a plan that was applied')
    .option('--once', 'end as soon as nothing is waiting', false)
    .option('--token-file <file>', 'the file that holds the token of the server')
    .action((folder: string, options: FollowOptions) =>
      withStore(config(), print, (postern) => follow(postern, folder, options, print)),
    );
}

function wholeNumber(text: string): number {
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw new Error(`${quote(text)} is not a whole number.`);
}
