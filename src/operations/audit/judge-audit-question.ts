import { didYouMean } from '../../base/did-you-mean.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { parseSubjectRef, type SubjectRef, subjectType } from '../../model/subject-ref.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { noticeUnnamed, objectIn } from '../notice-unnamed.ts';
import type { Postern } from '../postern.ts';
import { auditActions } from '../record-denied.ts';
import { inputErrorOf, invalid, type Refusal } from '../refusal.ts';
import { findStoredType } from '../stored-names.ts';
import type { AuditQuestion } from './audit-question.ts';

/** What no event can have: the list would be empty, which looks like a right answer. */
export function judgeAuditQuestion({ action, actions, actor, from, to }: AuditQuestion): Result<undefined, Refusal> {
  if (action !== undefined && !isAction(action)) return failed(unknownAction(action, 'action'));
  const unknown = actions?.find((one) => !isAction(one));
  if (unknown !== undefined) return failed(unknownAction(unknown, 'actions'));
  if (actions?.length === 0) {
    const message = '"actions" names none: no event is of no action. Next: name some, or leave it out.';
    return failed(invalid('INVALID_INPUT', message, ['filter', 'actions']));
  }
  if (actor !== undefined && actorIn(actor) === undefined && !actor.startsWith('console ')) {
    const message = `The actor ${quote(actor)} is neither a subject, as in "user:ann", nor somebody at the console, as in "console postern import".`;
    return failed(invalid('INVALID_INPUT', message, ['filter', 'actor']));
  }
  if (from === undefined || to === undefined || from < to) return ok(undefined);
  return failed(invalid('INVALID_INPUT', '"to" is not after "from": no event is between them.', ['filter', 'to']));
}

function isAction(name: string): boolean {
  return auditActions.some((known) => known === name);
}

function unknownAction(action: string, field: string): Refusal {
  const message = `Unknown action ${quote(action)}.${didYouMean(action, auditActions)} The actions are ${auditActions.join(', ')}.`;
  return invalid('INVALID_INPUT', message, ['filter', field]);
}

/**
 * Why nothing was found: a type that no model ever had, or, as a notice, an object that no relationship names. What was tried
 * without the right is in the log whatever its names were, so it is asked only then.
 */
export async function explainNoEvents(
  postern: Postern,
  snapshot: StoreSnapshot,
  audited: AuditedActor,
  { object, subject, actor, involving }: Partial<AuditQuestion>,
): Promise<Result<undefined, Refusal>> {
  const who = actor === undefined ? undefined : actorIn(actor);
  const types = [
    ['object', object?.type],
    ['subject', subject && subjectType(subject)],
    ['actor', who && subjectType(who)],
    ['involving', involving && subjectType(involving)],
  ] as const;
  const subjects = [subject, who, involving].map((one) => one && objectIn(one));
  const named = [object, ...subjects].filter((one) => one !== undefined);
  if (actor?.startsWith('console ')) noticeConsole(postern, actor);
  if (named.length === 0) return ok(undefined);
  for (const [field, type] of types) {
    const known = type === undefined ? ok(undefined) : findStoredType(snapshot, type);
    if (!known.ok) return failed({ kind: 'invalid', errors: [inputErrorOf(known.problem, ['filter', field])] });
  }
  await noticeUnnamed(postern, snapshot, audited, named);
  return ok(undefined);
}

/** Whatever is done at the console is done by one of its commands. */
function noticeConsole({ notice }: Pick<Postern, 'notice'>, actor: string): void {
  const known = consoleCommands.map((command) => `console postern ${command}`);
  if (known.includes(actor)) return;
  notice?.({ code: 'UNKNOWN_ACTOR', message: `No command is called ${quote(actor)}.${didYouMean(actor, known)}` });
}

const consoleCommands = ['import', 'access-report', 'serve --example', 'model publish', 'model activate', 'model diff'];

function actorIn(text: string): SubjectRef | undefined {
  const subject = parseSubjectRef(text);
  return subject.ok ? subject.value : undefined;
}
