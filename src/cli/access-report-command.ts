import { once as occurrenceOf } from 'node:events';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { quote } from '../base/text-problem.ts';
import { formatObjectRef, parseObjectRef } from '../model/object-ref.ts';
import { parseSubjectRef } from '../model/subject-ref.ts';
import type { Postern } from '../operations/postern.ts';
import type { Config } from '../server/config.ts';
import { writeProblem } from '../server/write-problem.ts';
import { type Report, type ReportQuestion, reportAccess } from './access-report.ts';
import { withStore } from './with-store.ts';

interface Options {
  readonly contained: boolean;
  readonly expiresBefore?: Date;
  readonly withoutEnd: boolean;
  readonly outsidersTo?: ReportQuestion['notHolding'];
  readonly output?: string;
}

/** `postern access-report OBJECT`: who has which role there, as CSV for people who review access. */
export function accessReportCommand(config: () => Config): Command {
  return new Command('access-report')
    .description('write who has which role on an object, since when, by whom, until when and how, as CSV')
    .argument('<object>', 'the object: organization:acme', parseObject)
    .option('--contained', 'everything that belongs to the object as well', false)
    .option('--expires-before <date>', 'only what ends before this date: 2027-01-31', parseDate)
    .option('--without-end', 'only what does not expire', false)
    .option('--outsiders-to <set>', 'only those who are not in this set: organization:acme#member', parseSet)
    .option('--output <file>', 'write to this file instead of the console')
    .action((object: ReportQuestion['object'], options: Options) =>
      withStore(config(), note, (postern) => runAccessReport({ ...postern, notice: once(note) }, object, options)),
    );
}

async function runAccessReport(postern: Postern, object: ReportQuestion['object'], options: Options): Promise<void> {
  const { contained, expiresBefore, withoutEnd, outsidersTo, output } = options;
  const question = { object, includeContained: contained, expiresBefore, withoutEnd, notHolding: outsidersTo };
  const run = (write: (text: string) => Promise<void>) => reportAccess(postern, question, write, progress);
  const report = await (output === undefined ? run(writeToConsole) : writeToFile(output, run));
  const where = output === undefined ? '' : ` to "${output}"`;
  note(
    `Wrote ${report.entries} entries about "${formatObjectRef(object)}"${where}; ${report.ineffective} have no effect now.`,
  );
  if (report.isComplete) return note(nextStep(options, report.entries));
  process.exitCode = 1;
  note('The report is NOT COMPLETE: too much belongs to the object, or conditions of that could not be evaluated.');
  note('Next: report on what belongs to it one by one.');
}

function nextStep({ contained, expiresBefore, withoutEnd, outsidersTo }: Options, entries: number): string {
  const isNarrow = expiresBefore !== undefined || withoutEnd || outsidersTo !== undefined;
  if (entries === 0 && !isNarrow) {
    return `Next: see whether the name is right${contained ? '' : ', or add --contained for what belongs to it'}.`;
  }
  return isNarrow
    ? 'Next: revoke or extend what should not stay like this; "explainPermission" says what each one would lose.'
    : 'Next: look for what ends soon with --expires-before, or for outsiders with --without-end --outsiders-to.';
}

/** Each page of a report finds the same again. */
function once(say: (line: string) => void): NonNullable<Postern['notice']> {
  const said = new Set<string>();
  return ({ message }) => {
    if (!said.has(message)) say(message);
    said.add(message);
  };
}

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

function progress(entries: number): void {
  if (entries > 0 && entries % 1000 === 0) note(`${entries} entries ...`);
}

async function writeToConsole(text: string): Promise<void> {
  if (!process.stdout.write(text)) await occurrenceOf(process.stdout, 'drain');
}

/** The file has its name only when it is whole: what was cut off never looks like a report. */
async function writeToFile(
  path: string,
  run: (write: (text: string) => Promise<void>) => Promise<Report>,
): Promise<Report> {
  const unfinished = `${path}.unfinished`;
  const file = await openNew(path, unfinished);
  try {
    const report = await run(async (text) => void (await file.write(text)));
    await file.close();
    await rename(unfinished, path);
    return report;
  } catch (error) {
    await file.close();
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Whether the file can be written is found out before anything is asked. */
async function openNew(path: string, unfinished: string): Promise<FileHandle> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) throw new Error(`${quote(path)} is a folder. Next: name a file in it.`);
  return open(unfinished, 'w').catch((error: unknown) => {
    throw new Error(writeProblem(path, error), { cause: error });
  });
}

function parseObject(text: string): ReportQuestion['object'] {
  const object = parseObjectRef(text);
  if (!object.ok) throw new InvalidArgumentError(object.problem);
  return object.value;
}

function parseSet(text: string): ReportQuestion['notHolding'] {
  const set = parseSubjectRef(text);
  if (!set.ok) throw new InvalidArgumentError(set.problem);
  if (set.value.kind !== 'set') throw new InvalidArgumentError(`${quote(text)} is not of the form "type:id#relation".`);
  return { object: set.value.object, relation: set.value.relation };
}

/** A date, which is its first instant in UTC, or an instant. */
function parseDate(text: string): Date {
  const isDate = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.test(text);
  const date = new Date(isDate ? text : Number.NaN);
  const isReal = !Number.isNaN(date.getTime()) && (text.length > 10 || date.toISOString().startsWith(text));
  if (!isReal) throw new InvalidArgumentError(`${quote(text)} is not a date like 2027-01-31 or 2027-01-31T12:00:00Z.`);
  return date;
}
