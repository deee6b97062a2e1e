import { invariant } from '../../base/invariant.ts';
import { type Check, decideInSnapshot } from '../../engine/check/check.ts';
import type { ConditionTest } from '../../engine/check/depends-on.ts';
import type { ContextualRelationships } from '../../engine/ports.ts';
import type { Decision } from '../../model/decision.ts';
import { formatObjectRef } from '../../model/object-ref.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import { askAs } from '../ask-rights.ts';
import { noteOwnReads } from '../break-glass.ts';
import { type DecidedCheck, type ExplainedCheck, type Explaining, explainCheck } from './explain-check.ts';

export interface ExplainedQuestion extends ExplainedCheck {
  /** What has to be so together, where an agent asks about the one it acts for; nothing otherwise. */
  readonly parts: readonly ExplanationPart[];
}

/** One of the checks of `askAs`. */
export interface ExplanationPart extends ExplainedCheck {
  readonly kind: 'subject' | 'delegate' | 'acting';
  readonly check: Check;
  /** Whether the answer to the question follows from this part. */
  readonly isDeciding: boolean;
}

/** The answer to a question about somebody, and why; to an agent that asks about the one it acts for, in three parts. */
export async function explainQuestion(
  explaining: Explaining,
  question: Check,
  contextual: ContextualRelationships,
): Promise<ExplainedQuestion> {
  const { snapshot, audited } = explaining;
  const { checks, judge } = askAs(audited.actor, [question]);
  const decided: DecidedCheck[] = [];
  for (const check of checks)
    decided.push({ check, contextual, found: await decideInSnapshot(snapshot, check, contextual) });
  const dependingOn = (isMeant: ConditionTest) =>
    new Set(decided.flatMap(({ found }) => [...found.dependingOn(isMeant)]));
  noteOwnReads(audited, checks, dependingOn);
  const [decision] = judge({ decisions: decided.map(({ found }) => found.decision), dependingOn }).decisions;
  invariant(decision !== undefined, 'what was asked is decided');
  const parts: ExplanationPart[] = [];
  for (const [index, one] of toldOf(decided).entries()) {
    const explained = await explainCheck(explaining, one);
    const isDeciding = decision.kind !== 'allowed' && explained.decision.kind === decision.kind;
    parts.push({ ...explained, kind: kinds[index] ?? 'subject', check: one.check, isDeciding });
  }
  const [first, ...others] = parts;
  invariant(first !== undefined, 'what was asked is explained');
  if (checks.length === 1) return { ...first, parts: [] };
  // Who may act for whom is the same for every question.
  return together(sentenceOf(decision, checks), decision, [...others, first]);
}

/** Of the one that it may not act for, an agent is told nothing else. */
function toldOf(decided: readonly DecidedCheck[]): readonly DecidedCheck[] {
  const mayNotAct = decided.length > 1 && decided[0]?.found.decision.kind === 'denied';
  return mayNotAct ? decided.slice(0, 1) : decided;
}

/** In the order of `askAs`. */
const kinds = ['acting', 'subject', 'delegate'] as const;

function together(sentence: string, decision: Decision, parts: readonly ExplanationPart[]): ExplainedQuestion {
  const steps = parts.flatMap((part) => part.steps);
  const text = [sentence, ...parts.map((part) => part.text)].join('\n');
  // A role is enough for the one of whom a part is, and for nobody else.
  return { decision, steps, roles: [], text, parts };
}

function sentenceOf(decision: Decision, [, ofSubject, ofDelegate]: readonly Check[]): string {
  invariant(ofSubject !== undefined && ofDelegate !== undefined, 'it is about two');
  const { subject, relation, object } = ofSubject;
  const who = formatSubjectRef(ofDelegate.subject);
  const what = `${relation} on ${formatObjectRef(object)} for ${formatSubjectRef(subject)}`;
  if (decision.kind === 'allowed') return `${who} has ${what}, which takes three things:`;
  if (decision.kind === 'denied') return `${who} does not have ${what}, which takes three things:`;
  return `Whether ${who} has ${what} cannot be decided. ${decision.problem.message}`;
}
