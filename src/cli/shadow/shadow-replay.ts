import { zip } from '../../base/zip.ts';
import type { Check } from '../../engine/check/check.ts';
import type { Decision } from '../../model/decision.ts';
import { limits } from '../../model/limits.ts';
import { parseObjectRef } from '../../model/object-ref.ts';
import { parseSubjectRef } from '../../model/subject-ref.ts';
import { checkPermissions } from '../../operations/access/check-permissions.ts';
import type { Actor } from '../../operations/actor.ts';
import type { Postern } from '../../operations/postern.ts';
import { describeRefusal } from '../../operations/refusal.ts';
import type { ShadowLine } from './read-shadow-lines.ts';

const actor: Actor = { kind: 'console', command: 'postern shadow replay' };

export interface ShadowReplay {
  /** Each question on which both differ now, or that Postern cannot decide. */
  readonly lines: readonly string[];
  readonly summary: string;
  /** Whether everything was asked, and Postern allows nothing that the old system denied. */
  readonly isClean: boolean;
}

type Outcome = 'same' | 'old_allow' | 'old_deny' | 'undecided' | 'not asked';

interface Asked {
  readonly line: ShadowLine;
  readonly outcome: Outcome;
}

/** Asks Postern again what the old system answered; of a question that was recorded more than once, its last answer counts. */
export async function replayShadow(postern: Postern, comparisons: readonly ShadowLine[]): Promise<ShadowReplay> {
  const questions = lastOfEach(comparisons.filter(({ old }) => old !== undefined));
  const asked: Asked[] = [];
  for (let at = 0; at < questions.length; at += limits.checksPerField.most) {
    asked.push(...(await askAgain(postern, questions.slice(at, at + limits.checksPerField.most))));
  }
  const count = (outcome: Outcome) => asked.filter((one) => one.outcome === outcome).length;
  const counts = (['same', 'old_allow', 'old_deny', 'undecided'] as const).map((one) => `${one} ${count(one)}`);
  const notAsked = count('not asked');
  const rest = notAsked === 0 ? '' : ` ${notAsked} could not be asked: no subject, or none that can be read.`;
  return {
    lines: asked.filter(({ outcome }) => outcome !== 'same').map(textOf),
    summary: `${questions.length} questions: ${counts.join(', ')}.${rest}`,
    isClean: questions.length > 0 && count('old_deny') + count('undecided') + notAsked === 0,
  };
}

function lastOfEach(lines: readonly ShadowLine[]): readonly ShadowLine[] {
  const inTime = lines.toSorted((one, other) => one.at.getTime() - other.at.getTime());
  return [
    ...new Map(inTime.map((line) => [JSON.stringify([line.subject, line.permission, line.object]), line])).values(),
  ];
}

async function askAgain(postern: Postern, lines: readonly ShadowLine[]): Promise<readonly Asked[]> {
  const checks = new Map<ShadowLine, Check>();
  for (const line of lines) {
    const check = checkOf(line);
    if (check !== undefined) checks.set(line, check);
  }
  const input = { checks: [...checks.values()], contextual: [], modelId: undefined };
  const answered = checks.size === 0 ? undefined : await checkPermissions(postern, actor, input);
  if (answered !== undefined && !answered.ok) throw new Error(describeRefusal(answered.problem));
  const decisions = new Map(zip([...checks.keys()], answered?.value.decisions ?? []));
  return lines.map((line) => ({ line, outcome: outcomeOf(line, decisions.get(line)) }));
}

function checkOf({ subject: who, object: what, permission: relation }: ShadowLine): Check | undefined {
  const subject = parseSubjectRef(who ?? '');
  const object = parseObjectRef(what);
  if (!subject.ok || !object.ok) return undefined;
  return { subject: subject.value, relation, object: object.value, context: new Map() };
}

function outcomeOf({ old }: ShadowLine, decision: Decision | undefined): Outcome {
  if (decision === undefined) return 'not asked';
  if (decision.kind === 'undecided') return 'undecided';
  if (decision.kind === old) return 'same';
  return decision.kind === 'allowed' ? 'old_deny' : 'old_allow';
}

function textOf({ line: { at, subject = 'nobody', permission, object, old }, outcome }: Asked): string {
  return `${outcome}  ${subject} ${permission} ${object}  (${old} by the old system at ${at.toISOString()})`;
}
