import { Command, InvalidArgumentError } from 'commander';
import { quote } from '../base/text-problem.ts';
import { type GradeOptions, gradeDraft } from './grade/grade-draft.ts';
import {
  activatePublishedModel,
  diffModel,
  listPublishedModels,
  modelNumber,
  publishModelFile,
  showModel,
} from './model-command.ts';
import { parsePercent } from './parse-percent.ts';
import type { ProgramParts } from './program-parts.ts';
import { onScratch } from './store-file/on-scratch.ts';
import { withStore } from './with-store.ts';

export function modelCommands({ config, print }: ProgramParts): Command {
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
  model
    .command('grade')
    .description('print as JSON whether a draft of a model may be looked at by a person, or why it is refused')
    .argument('<old>', 'the file of the model that decides now')
    .argument('<new>', 'the file of the draft')
    .argument('<tests...>', 'store files and invariants; whatever model they name, they are asked of the draft')
    .option(
      '--minimum <percent>',
      'the least share of mistakes that give more that the tests must notice',
      parsePercent,
      85,
    )
    .action(async (old: string, draft: string, tests: string[], { minimum: minimumPercent }: { minimum: number }) => {
      const { database } = config();
      const databaseUrl = database.kind === 'address' ? database.url : undefined;
      const onDatabase: GradeOptions['onDatabase'] = (run) => onScratch(databaseUrl, () => {}, run);
      const grade = await gradeDraft({ old, draft, tests, minimumPercent, onDatabase });
      print(JSON.stringify(grade, undefined, 2));
      process.exitCode = grade.verdict === 'accepted' ? 0 : 1;
    });
  return model;
}

function parseId(text: string): number {
  const id = modelNumber(text);
  if (id !== undefined) return id;
  throw new InvalidArgumentError(`${quote(text)} is not the number of a model; "model list" prints them.`);
}
