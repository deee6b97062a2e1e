import { Command, InvalidArgumentError } from 'commander';
import { quote } from '../base/text-problem.ts';
import { type AgainstOptions, diffAgainst } from './against/diff-against.ts';
import { describeFailure } from './describe-failure.ts';
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

export function modelCommands(parts: ProgramParts): Command {
  const { config, print } = parts;
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
  model.addCommand(diffCommand(parts));
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

type DiffOptions = Partial<AgainstOptions>;

function diffCommand(parts: ProgramParts): Command {
  return new Command('diff')
    .description(
      'print what changes to a model, and for whom; from the active model, from another, or from that of a server',
    )
    .argument('[from-or-to]', 'with one argument: the number or the file of the model to go to')
    .argument('[to]', 'the number or the file of the model to go to; then the first is the number to come from')
    .option(
      '--against <url>',
      'come from the active model of the Postern whose GraphQL API this is; without a model, go to the active one of here',
    )
    .option('--token-file <path>', `with --against: a file with a token for it; otherwise POSTERN_AGAINST_TOKEN has it`)
    .option('--data <path>', 'with --against: a store file, to say who would gain and lose what with its relationships')
    .action(async (first: string | undefined, second: string | undefined, options: DiffOptions) => {
      const { against } = options;
      if (against !== undefined) return endAgainst(parts, [first, second], { ...options, against });
      await diffHere(parts, [first, second], options);
    });
}

function diffHere(
  { config, print }: ProgramParts,
  [first, second]: readonly (string | undefined)[],
  { tokenFile, data }: DiffOptions,
): Promise<void> {
  if (tokenFile !== undefined || data !== undefined)
    throw new Error('The options --token-file and --data are for --against only. Next: give that as well.');
  if (first === undefined) throw new Error('No model is named. Next: name its file or its number.');
  return withStore(config(), print, (postern) =>
    second === undefined
      ? diffModel(postern, undefined, first, print)
      : diffModel(postern, parseId(first), second, print),
  );
}

/** Ends with 0 where nothing would change, with 1 where something would, and with 2 where nobody can say. */
async function endAgainst(
  parts: ProgramParts,
  [to, second]: readonly (string | undefined)[],
  options: AgainstOptions,
): Promise<void> {
  // What keeps it from comparing must not look like a difference, still less like none.
  process.exitCode = 2;
  try {
    if (second !== undefined) throw new Error(`With --against, ${quote(second)} is one model too many.`);
    const id = to === undefined ? undefined : modelNumber(to);
    process.exitCode = (await diffAgainst(parts, { to, id, options })) ? 0 : 1;
  } catch (error) {
    parts.print(`The models could not be compared. ${describeFailure(error)}`);
  }
}

function parseId(text: string): number {
  const id = modelNumber(text);
  if (id !== undefined) return id;
  throw new InvalidArgumentError(`${quote(text)} is not the number of a model; "model list" prints them.`);
}
