import { Command, InvalidArgumentError, Option } from 'commander';
import { reportFormats } from './print-report.ts';
import { type LintOptions, runLint } from './run-lint.ts';

type Parts = Pick<LintOptions, 'config' | 'print'>;
type Options = Omit<LintOptions, 'sources' | keyof Parts>;

/** `postern lint`. It ends with 0 when nothing is wrong, with 1 for findings and with 2 when it cannot run. */
export function lintCommand({ config, print }: Parts): Command {
  return new Command('lint')
    .description('find what is wrong with @requiresPermission in the subgraphs, before it composes')
    .argument('<subgraphs...>', 'files, or URLs of running subgraphs; "music=file" names one')
    .option('--model <path>', 'a .fga file or the fga.mod of its modules; otherwise the active model of the database')
    .option('--supergraph <file>', 'the supergraph in use, to find guards that it lacks')
    .addOption(new Option('--format <format>', 'how to report').choices(reportFormats).default('text'))
    .option('--permissions', 'print what each permission guards, too', false)
    .addOption(
      new Option('--require-guards <what>', 'report what has no guard').choices(['mutations', 'inputs', 'all']),
    )
    .option('--not-javascript <names>', 'subgraphs whose servers cannot run guards, with commas between', parseNames)
    .option('--foreign <names>', 'subgraphs around which the coprocessor asks the guards', parseNames)
    .option('--router <file>', "Apollo Router's configuration, to find what it is not told")
    .option('--max-warnings <count>', 'end with 1 for more warnings than this', parseCount)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .action(async (sources: string[], options: Options) => {
      // Whatever keeps it from running must not look like a schema with findings, still less like one without.
      process.exitCode = 2;
      const ran = await runLint({ sources, ...options, config, print });
      if (!ran.ok) throw new Error(ran.problem);
      process.exitCode = ran.value;
    });
}

function parseCount(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError(`"${text}" is no whole number.`);
  return Number(text);
}

/** Given more than once, it names more. */
function parseNames(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(',').map((name) => name.trim())];
}
