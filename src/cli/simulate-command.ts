import { Command, InvalidArgumentError } from 'commander';
import { quote } from '../base/text-problem.ts';
import type { RelationName } from '../model/names.ts';
import { type ObjectRef, parseObjectRef } from '../model/object-ref.ts';
import type { Relationship } from '../model/relationship.ts';
import { parseSubjectRef } from '../model/subject-ref.ts';
import type { Actor } from '../operations/actor.ts';
import { simulateChange } from '../operations/findings/simulate-change.ts';
import type { Postern } from '../operations/postern.ts';
import { describeRefusal } from '../operations/refusal.ts';
import type { ProgramParts } from './program-parts.ts';
import { withStore } from './with-store.ts';

const actor: Actor = { kind: 'console', command: 'postern simulate' };

interface Options {
  readonly write: readonly Relationship[];
  readonly delete: readonly Relationship[];
  readonly within?: ObjectRef;
}

/** `postern simulate`: what a change would mean, before anybody makes it. */
export function simulateCommand({ config, print }: ProgramParts): Command {
  return new Command('simulate')
    .description('say what writing and deleting relationships would mean, and for whom; nothing is written')
    .option('--write <relationship>', 'what would be there, once for each: doc:1#viewer@user:ann', collect, [])
    .option('--delete <relationship>', 'what would be there no longer, once for each', collect, [])
    .option(
      '--within <object>',
      'look at everything that belongs to this object as well: organization:acme',
      parseObject,
    )
    .action((options: Options) =>
      withStore(config(), note, (postern) =>
        runSimulation({ ...postern, notice: ({ message }) => note(message) }, options, print),
      ),
    );
}

/** Fails where something would refuse the change, or was not examined: a program must not take that for a yes. */
async function runSimulation(
  postern: Postern,
  { write: writes, delete: deletes, within }: Options,
  print: (line: string) => void,
): Promise<void> {
  const simulated = await simulateChange(postern, actor, { change: { writes, deletes }, within });
  if (!simulated.ok) throw new Error(describeRefusal(simulated.problem));
  const { text, problems, notExamined } = simulated.value;
  print(text);
  if (problems.length + notExamined.length > 0) process.exitCode = 1;
}

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

function collect(text: string, before: readonly Relationship[]): readonly Relationship[] {
  return [...before, parseRelationship(text)];
}

function parseRelationship(text: string): Relationship {
  const [, on = '', relation = '', by = ''] = /^([^#@]*)#([^#@]*)@(.*)$/.exec(text) ?? [];
  if (on === '' || relation === '' || by === '') {
    throw new InvalidArgumentError(`${quote(text)} is not of the form "type:id#relation@subject".`);
  }
  const subject = parseSubjectRef(by);
  if (!subject.ok) throw new InvalidArgumentError(subject.problem);
  const plain = { condition: undefined, startsAt: undefined, expiresAt: undefined };
  return { object: parseObject(on), relation: relation as RelationName, subject: subject.value, ...plain };
}

function parseObject(text: string): ObjectRef {
  const object = parseObjectRef(text);
  if (!object.ok) throw new InvalidArgumentError(object.problem);
  return object.value;
}
