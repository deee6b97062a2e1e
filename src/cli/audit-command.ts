import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import { parseStoredModel } from '../model/parse-model.ts';
import { currentTimeParameter } from '../model/runtime-parameters.ts';
import { type Replay, replayAuditLog } from '../operations/audit/replay-audit-log.ts';
import { verifyAuditLog } from '../operations/audit/verify-audit-log.ts';
import type { AuditHead } from '../store/audit-event.ts';
import type { AuditLog } from '../store/audit-log.ts';
import type { Store } from '../store/store.ts';
import { commandLine } from './command-line.ts';

type Print = (line: string) => void;

/** What the commands end with: all is well, something is wrong with the log, or nobody can say. */
export type AuditExitCode = 0 | 1 | 2;

/** `postern audit head`: what to keep outside of the database. */
export async function printAuditHead(log: AuditLog, print: Print): Promise<AuditExitCode> {
  const { length, hash } = await log.head();
  print(`${hash}@${length}`);
  print(`The log has ${length} events. Keep the line above where nobody who can write the database can change it.`);
  print(`Later: ${commandLine(`audit verify --anchor ${hash}@${length}`)}`);
  return 0;
}

/** `postern audit verify`. */
export async function verifyAudit(log: AuditLog, anchorText: string | undefined, print: Print): Promise<AuditExitCode> {
  const anchor = anchorText === undefined ? ok(undefined) : parseAnchor(anchorText);
  if (!anchor.ok) {
    print(anchor.problem);
    return 2;
  }
  const onProgress = everySoOften((verified, length) => print(`${verified} of ${length} events verified.`));
  const verified = await verifyAuditLog(log, { anchor: anchor.value, onProgress });
  if (!verified.ok) {
    print(verified.problem.message);
    print('The audit log is not what was recorded. Next: keep the database as it is, and compare it with a backup.');
    return 1;
  }
  const { start, length, hash, removed, removal } = verified.value;
  print(`The audit log is sound: ${length - Math.max(start, removed.event)} events.`);
  if (removed.event > 0 && removal !== undefined) {
    print(
      `Events 1 to ${removed.event} were removed, as event ${removal.event} says; the others follow from what it says.`,
    );
  }
  if (start > removed.event)
    print(`Those up to event ${start} were written before the log was a chain; nothing proves them.`);
  if (anchor.value === undefined) {
    print('Without an anchor, a log that was cut off or written anew as a whole looks sound as well.');
  }
  print(`Next: keep ${hash}@${length} outside of the database, and give it to --anchor the next time.`);
  if (anchor.value === undefined || anchor.value.length >= removed.event) return 0;
  print(`The anchor is for event ${anchor.value.length}, which was removed: it proves nothing any more.`);
  print('Whether so much was to be removed is for you to know, and for an export of it to prove (docs/audit.md).');
  return 2;
}

/** `postern audit replay`. */
export async function replayAudit(
  log: AuditLog,
  print: Print,
  runtimeParameters: ReadonlySet<string> = new Set(),
): Promise<AuditExitCode> {
  const onProgress = everySoOften((replayed, length) => print(`${replayed} of ${length} events replayed.`));
  const replay = await replayAuditLog(log, { onProgress, runtimeParameters });
  printOverwriting(replay.overwriting, print);
  const { events, start, removedTo, relationships, unprovenRelationships, models, unprovenModels } = replay;
  const { differences, examples } = replay;
  if (removedTo > 0) {
    print(
      `Events 1 to ${removedTo} were removed; ${unprovenRelationships} relationships are as old, and nothing proves them.`,
    );
  }
  if (start > removedTo)
    print(`Events ${removedTo + 1} to ${start} were written before the log was a chain; nothing proves them.`);
  if (unprovenModels > 0) {
    print(`${unprovenModels} models were published before events kept what they say; nothing proves their texts.`);
    print('Next: activate the one that is active once more, and its event keeps it.');
  }
  if (differences === 0) {
    const what = `${relationships} relationships and ${models} models`;
    print(`What decides is what the log says: ${what} after ${events} events.`);
    return 0;
  }
  for (const example of examples) print(example);
  if (differences > examples.length) print(`… and ${differences - examples.length} more.`);
  print(`${differences} differences between the store and the log. Next: ${commandLine('audit verify')}`);
  return 1;
}

/** What only a request says, under the active model; the clock alone where that cannot be read any more. */
export async function runtimeParametersOf(store: Store): Promise<ReadonlySet<string>> {
  const stored = await store.readModel(undefined);
  const parsed = stored && parseStoredModel({ kind: 'dsl', dsl: stored.dsl });
  const declared = parsed?.ok ? parsed.value.model.runtimeParameters : [currentTimeParameter];
  return new Set([...declared, ...store.runtimeParameters]);
}

/** Values that an older version wrote, or somebody past it; they decide nothing. */
function printOverwriting({ count, examples }: Replay['overwriting'], print: Print): void {
  if (count === 0) return;
  print(`${count} relationships have a value for what only a request says, its clock or a claim. It is ignored:`);
  for (const example of examples) print(`  ${example}`);
  if (count > examples.length) print(`  … and ${count - examples.length} more.`);
  print('Next: give these grants their condition anew, without the value ("extendGrant").');
}

/** `HASH@LENGTH`, as `audit head` prints it. */
function parseAnchor(text: string): Result<AuditHead, string> {
  const match = /^([A-Za-z0-9_-]{43}|)@(\d{1,15})$/.exec(text);
  const [, hash, length] = match ?? [];
  if (hash !== undefined && length !== undefined) return ok({ hash, length: Number(length) });
  return failed(`The anchor ${quote(text)} is not of the form HASH@LENGTH, as "postern audit head" prints it.`);
}

const progressEveryMs = 5000;

function everySoOften(tell: (done: number, of: number) => void): (done: number, of: number) => void {
  let last = Date.now();
  return (done, of) => {
    if (Date.now() - last < progressEveryMs) return;
    last = Date.now();
    tell(done, of);
  };
}
