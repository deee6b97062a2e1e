import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import type { Model } from '../../model/model.ts';
import { type Context, emptyContext } from '../../model/relationship.ts';
import { currentTimeParameter } from '../../model/runtime-parameters.ts';
import { isSameSubject, type SubjectRef } from '../../model/subject-ref.ts';
import type { Actor } from '../actor.ts';
import type { InputError, Refusal } from '../refusal.ts';
import type { Wording } from './wording.ts';

/** What conditions are evaluated with, besides the clock and what is written with relationships. */
export interface QuestionContext {
  /** What the asker sent. */
  readonly context: Context;
  /** What verified tokens say, and what a token class lets its callers say of others. */
  readonly facts: Context;
}

/** Whether the actor asks about themselves. */
export function isAboutSelf(actor: Actor, subject: SubjectRef): boolean {
  return actor.kind === 'subject' && isSameSubject(actor.subject, subject);
}

/** Who sends a context, with which question about whom: a list of subjects is about nobody in particular. */
export interface SentContext {
  readonly model: Model;
  readonly actor: Actor;
  readonly subject: SubjectRef | undefined;
  readonly sent: Context;
  readonly wording?: Wording | undefined;
}

/**
 * Tells what is sent with a question from what only the request itself says.
 *
 * A runtime parameter is never taken from what is sent, but for those that the token class of the asker vouches for; claims
 * of the asker's own token count about nobody else, and win over everything that is sent. `field` is the path of the context
 * in the input.
 */
export function judgeSentContext(
  { model, actor, subject, sent, wording }: SentContext,
  field: readonly string[],
): Result<QuestionContext, readonly InputError[]> {
  const vouched = new Map<string, unknown>();
  const errors: InputError[] = [];
  for (const [name, value] of sent) {
    if (!model.runtimeParameters.has(name)) continue;
    if (actor.kind === 'subject' && actor.vouchesFor?.has(name)) vouched.set(name, value);
    // Evaluation takes none of them from what is sent.
    else if (wording?.leavesOut !== true)
      errors.push({ code: 'INVALID_CONTEXT', message: notSent(name), field: [...field, name] });
  }
  if (errors.length > 0) return failed(errors);
  const own =
    actor.kind === 'subject' && subject !== undefined && isAboutSelf(actor, subject) ? actor.context : undefined;
  return ok({
    context: sent,
    facts: vouched.size === 0 ? (own ?? emptyContext) : new Map([...vouched, ...(own ?? [])]),
  });
}

/** The same for a question with one context. */
export function judgeContextOf(
  sent: SentContext,
  field: readonly string[] = ['context'],
): Result<QuestionContext, Refusal> {
  const judged = judgeSentContext(sent, field);
  return judged.ok ? judged : failed({ kind: 'invalid', errors: judged.problem });
}

function notSent(name: string): string {
  if (name === currentTimeParameter)
    return `The parameter ${quote(name)} is always the database's clock: leave it out.`;
  return `The parameter ${quote(name)} is a claim of the verified token of whoever is asked about and cannot be sent: leave it out, or let the asker's token class vouch for it ("vouchesFor").`;
}
