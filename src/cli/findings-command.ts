import { Command, InvalidArgumentError } from 'commander';
import { didYouMean } from '../base/did-you-mean.ts';
import { quote } from '../base/text-problem.ts';
import { formatObjectRef, type ObjectRef, parseObjectRef } from '../model/object-ref.ts';
import { formatRelationship } from '../model/relationship.ts';
import { parseSubjectRef } from '../model/subject-ref.ts';
import type { Actor } from '../operations/actor.ts';
import {
  type AccessFinding,
  type FindingKind,
  findingKinds,
  usualKinds,
} from '../operations/findings/access-finding.ts';
import type { Insiders } from '../operations/findings/find-outsiders.ts';
import { mostSteps, usualSteps } from '../operations/findings/findings-question.ts';
import { listFindings } from '../operations/findings/list-findings.ts';
import { mostDays, usualDays } from '../operations/findings/use-window.ts';
import type { Postern } from '../operations/postern.ts';
import { describeRefusal } from '../operations/refusal.ts';
import { asArgument, commandLine } from './command-line.ts';
import type { ProgramParts } from './program-parts.ts';
import { withStore } from './with-store.ts';

const actor: Actor = { kind: 'console', command: 'postern findings' };

interface Options {
  readonly contained: boolean;
  readonly kind: readonly FindingKind[];
  readonly insiders?: Insiders;
  readonly steps: number;
  readonly days: number;
  readonly first: number;
}

/** `postern findings OBJECT`: what somebody should look at of the access to it. */
export function findingsCommand({ config, print }: ProgramParts): Command {
  return new Command('findings')
    .description(
      'say what somebody should look at of the access to an object and to what belongs to it, the heaviest first',
    )
    .argument('<object>', 'the object: organization:acme', parseObject)
    .option('--no-contained', 'leave out what belongs to the object')
    .option('--kind <kind>', `only this kind, once for each: ${findingKinds.join(', ')}`, collect, [])
    .option(
      '--insiders <set>',
      'who is no outsider; "member" of the object, where it has one: organization:acme#member',
      parseSet,
    )
    .option('--steps <count>', 'most steps of an escalation', parseCount(1, mostSteps), usualSteps)
    .option('--days <count>', 'for how long something is unused that is told of', parseCount(1, mostDays), usualDays)
    .option('--first <count>', 'print no more than this', parseCount(1, 100_000), 100)
    .action((object: ObjectRef, options: Options) =>
      withStore(config(), note, (postern) =>
        printFindings({ ...postern, notice: ({ message }) => note(message) }, object, options, print),
      ),
    );
}

/** Fails where something was not examined: what is not found then may still be there. */
async function printFindings(
  postern: Postern,
  object: ObjectRef,
  { contained, kind, insiders, steps, days, first }: Options,
  print: (line: string) => void,
): Promise<void> {
  const asked = {
    object,
    includeContained: contained,
    kinds: kind.length > 0 ? kind : usualKinds,
    insiders,
    steps,
    days,
  };
  let after: string | undefined;
  let left = first;
  for (;;) {
    const page = await listFindings(postern, actor, { ...asked, first: Math.min(left, 100), after });
    if (!page.ok) throw new Error(describeRefusal(page.problem));
    const { findings, hasMore, cursorOf, notExamined } = page.value;
    for (const finding of findings) print(describe(finding, object));
    left -= findings.length;
    const last = findings.at(-1);
    if (hasMore && left > 0 && last !== undefined) {
      after = cursorOf(last);
      continue;
    }
    if (hasMore) note(`There are more than ${first}. Next: ask for more with --first, or for one --kind.`);
    if (notExamined.length > 0) process.exitCode = 1;
    for (const line of notExamined) note(line);
    return;
  }
}

function describe({ id, kind, rank, text, change }: AccessFinding, within: ObjectRef): string {
  const options = [
    ...change.writes.map((one) => `--write ${asArgument(formatRelationship(one))}`),
    ...change.deletes.map((one) => `--delete ${asArgument(formatRelationship(one))}`),
  ];
  const around = `--within ${asArgument(formatObjectRef(within))}`;
  const next = options.length === 0 ? '' : `\n  Next: ${commandLine(`simulate ${options.join(' ')} ${around}`)}`;
  return `${rank} ${kind} ${id}: ${text}${next}`;
}

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

function collect(text: string, before: readonly FindingKind[]): readonly FindingKind[] {
  const kind = findingKinds.find((known) => known === text);
  if (kind === undefined)
    throw new InvalidArgumentError(`${quote(text)} is no kind of finding.${didYouMean(text, findingKinds)}`);
  return [...before, kind];
}

function parseObject(text: string): ObjectRef {
  const object = parseObjectRef(text);
  if (!object.ok) throw new InvalidArgumentError(object.problem);
  return object.value;
}

function parseSet(text: string): Insiders {
  const set = parseSubjectRef(text);
  if (!set.ok) throw new InvalidArgumentError(set.problem);
  if (set.value.kind !== 'set') throw new InvalidArgumentError(`${quote(text)} is not of the form "type:id#relation".`);
  return { object: set.value.object, relation: set.value.relation };
}

function parseCount(least: number, most: number): (text: string) => number {
  return (text) => {
    const count = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
    if (count >= least && count <= most) return count;
    throw new InvalidArgumentError(`${quote(text)} is not a whole number between ${least} and ${most}.`);
  };
}
