import { Command, InvalidArgumentError } from 'commander';
import { quote } from '../../base/text-problem.ts';
import { describeFailure } from '../describe-failure.ts';
import { readLintModel } from '../lint/read-lint-model.ts';
import type { ProgramParts } from '../program-parts.ts';
import { withStore } from '../with-store.ts';
import { readShadowLines, type ShadowLine } from './read-shadow-lines.ts';
import { replayShadow } from './shadow-replay.ts';
import { reportShadow, strangerAmong } from './shadow-report.ts';

interface ReportOptions {
  readonly since?: Date;
  readonly minimum: number;
  readonly neverAsked: readonly string[];
  readonly model?: string;
}

/** They end with 0 when Postern may decide alone, with 1 when it may not yet, and with 2 when nobody can say. */
export function shadowCommands(parts: ProgramParts): Command {
  const shadow = new Command('shadow').description('compare with the system that decides until now: docs/shadow.md');
  shadow
    .command('report')
    .description('say whether the old system can go: the exit criterion, on the lines of the guard package')
    .argument('<logs...>', 'files of JSON lines')
    .option('--since <time>', 'where the window begins: 2026-03-01T00:00:00Z', parseTime)
    .option('--minimum <count>', 'how often each permission has to be compared', parseCount, 100)
    .option('--never-asked <type#permission>', 'what nobody asks for, once for each', collect, [])
    .option('--model <path>', 'a .fga file or the fga.mod of its modules; otherwise the active model of the database')
    .action((logs: string[], options: ReportOptions) => endWith(parts, () => report(parts, logs, options)));
  shadow
    .command('replay')
    .description('ask Postern again what was recorded, and compare with what the old system answered')
    .argument('<logs...>', 'files of JSON lines')
    .action((logs: string[]) => endWith(parts, () => replay(parts, logs)));
  return shadow;
}

async function endWith({ print }: ProgramParts, run: () => Promise<boolean>): Promise<void> {
  // What keeps it from running must not look like a difference, still less like none.
  process.exitCode = 2;
  try {
    process.exitCode = (await run()) ? 0 : 1;
  } catch (error) {
    print(`The comparisons could not be judged. ${describeFailure(error)}`);
  }
}

async function report({ config, print }: ProgramParts, logs: readonly string[], options: ReportOptions) {
  const comparisons = await read(logs);
  const model = await readLintModel(options.model, config);
  if (!model.ok) throw new Error(model.problem);
  const criterion = { ...options, model: model.value.model };
  const stranger = strangerAmong(criterion);
  if (stranger !== undefined) throw new Error(stranger);
  const { since } = options;
  const inWindow = comparisons.filter(({ at }) => since === undefined || at >= since);
  const { lines, problems } = reportShadow(inWindow, criterion);
  for (const line of lines) print(line);
  const times = inWindow.map(({ at }) => at.getTime()).toSorted((one, other) => one - other);
  const [first] = times;
  const last = times.at(-1);
  const from = first === undefined || last === undefined ? '' : `, from ${timeOf(first)} to ${timeOf(last)}`;
  const what = `${inWindow.length} comparisons with ${model.value.origin}${from}`;
  if (problems.length === 0) print(`The exit criterion is met: ${what}.`);
  else for (const problem of [`The exit criterion is not met: ${what}.`, ...problems]) print(problem);
  return problems.length === 0;
}

async function replay({ config, print }: ProgramParts, logs: readonly string[]) {
  const comparisons = await read(logs);
  const { lines, summary, isClean } = await withStore(config(), note, (postern) => replayShadow(postern, comparisons));
  for (const line of [...lines, summary]) print(line);
  return isClean;
}

async function read(logs: readonly string[]): Promise<readonly ShadowLine[]> {
  const lines = await readShadowLines(logs);
  if (!lines.ok) throw new Error(lines.problem);
  return lines.value;
}

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

function collect(name: string, before: readonly string[]): readonly string[] {
  return [...before, name];
}

function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError(`${quote(text)} is no whole number.`);
  return Number(text);
}

function parseTime(text: string): Date {
  const time = new Date(text);
  if (/^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(time.getTime())) return time;
  throw new InvalidArgumentError(`${quote(text)} is no time such as "2026-03-01T00:00:00Z".`);
}
