import { isRecord } from '../base/canonical-json.ts';
import { didYouMean } from '../base/did-you-mean.ts';
import { invariant } from '../base/invariant.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import { limits } from '../model/limits.ts';
import { checkForAsker } from '../operations/access/check-for-asker.ts';
import type { Refusal } from '../operations/refusal.ts';
import { type Asking, type AuthzenDoor, malformed } from './authzen-door.ts';
import { evaluate } from './evaluate.ts';
import { answerOf, type EvaluationAnswer, unanswered } from './evaluation-answer.ts';
import { ContextReader } from './read-context.ts';
import { type Evaluation, readEvaluation } from './read-evaluation.ts';
import { readOptional, type Sent } from './read-members.ts';

export interface EvaluationsAnswer {
  readonly evaluations: readonly EvaluationAnswer[];
}

/** Answers many evaluations from one snapshot; one where there is no list, or nothing in it. All are answered, and then the answer is cut. */
export async function evaluateAll(
  door: AuthzenDoor,
  asking: Asking,
  sent: Sent,
): Promise<Result<EvaluationAnswer | EvaluationsAnswer, Refusal>> {
  const items = itemsOf(sent);
  if (!items.ok) return failed(malformed(items.problem));
  const semantic = semanticOf(sent);
  if (!semantic.ok) return failed(malformed(semantic.problem));
  if (items.value.length === 0) return evaluate(door, asking, sent);
  const defaults = defaultsOf(sent);
  if (!defaults.ok) return failed(malformed(defaults.problem));
  const contexts = new ContextReader();
  const read = items.value.map((item) => readItem(item, defaults.value, door, contexts));
  if (contexts.problem !== undefined) return failed(malformed(contexts.problem));
  const answered = await answerAll(door, asking, read);
  return answered.ok ? ok({ evaluations: cut(answered.value, semantic.value) }) : answered;
}

function itemsOf({ evaluations = [] }: Sent): Result<readonly unknown[], string> {
  if (!Array.isArray(evaluations)) return failed('"evaluations" is not a list.');
  const { most } = limits.checksPerField;
  if (evaluations.length <= most) return ok(evaluations);
  return failed(`There are at most ${most} evaluations in a request; there are ${evaluations.length}.`);
}

/** Where the answer ends: after all, or with the first that is so. */
type Semantic = { readonly endsWith: boolean | undefined };

const semantics: ReadonlyMap<string, Semantic> = new Map([
  ['execute_all', { endsWith: undefined }],
  ['deny_on_first_deny', { endsWith: false }],
  ['permit_on_first_permit', { endsWith: true }],
]);

function semanticOf(sent: Sent): Result<Semantic, string> {
  const options = readOptional(sent, 'options');
  if (!options.ok) return options;
  const { evaluations_semantic: name = 'execute_all' } = options.value ?? {};
  if (typeof name !== 'string') return failed('"options.evaluations_semantic" is not text.');
  const semantic = semantics.get(name);
  if (semantic !== undefined) return ok(semantic);
  const known = [...semantics.keys()];
  return failed(
    `"options.evaluations_semantic" ${quote(name)} is not one of ${known.join(', ')}.${didYouMean(name, known)}`,
  );
}

/** What an item takes whole where it does not say it itself. */
function defaultsOf(sent: Sent): Result<Sent, string> {
  for (const member of shared) {
    const value = readOptional(sent, member);
    if (!value.ok) return value;
  }
  return ok(sent);
}

const shared = ['subject', 'action', 'resource', 'context'] as const;

/** One that cannot be read leaves the others as they are. */
function readItem(
  item: unknown,
  defaults: Sent,
  { ids }: AuthzenDoor,
  contexts: ContextReader,
): Result<Evaluation, string> {
  if (!isRecord(item)) return failed('The evaluation is not an object.');
  const whole: Record<string, unknown> = {};
  for (const member of shared) whole[member] = (Object.hasOwn(item, member) ? item : defaults)[member];
  return readEvaluation(whole, ids, contexts);
}

async function answerAll(
  { wording }: AuthzenDoor,
  { postern, asker, consistency }: Asking,
  read: readonly Result<Evaluation, string>[],
): Promise<Result<readonly EvaluationAnswer[], Refusal>> {
  const checks = read.flatMap((one) => (one.ok && one.value.kind === 'check' ? [one.value.check] : []));
  const answered = await checkForAsker(postern, asker, { checks, consistency, wording });
  if (!answered.ok) return answered;
  const decisions = answered.value.values();
  const answers: EvaluationAnswer[] = [];
  for (const one of read) {
    if (!one.ok) answers.push(unanswered('BAD_USER_INPUT', one.problem));
    else if (one.value.kind === 'unnamable') answers.push(unanswered('BAD_USER_INPUT', one.value.message));
    else {
      const { value: decision } = decisions.next();
      invariant(decision !== undefined, 'each check is decided');
      const answer = answerOf(decision);
      if (!answer.ok) return answer;
      answers.push(answer.value);
    }
  }
  return ok(answers);
}

function cut(answers: readonly EvaluationAnswer[], { endsWith }: Semantic): readonly EvaluationAnswer[] {
  const last = answers.findIndex(({ decision }) => decision === endsWith);
  return last < 0 ? answers : answers.slice(0, last + 1);
}
