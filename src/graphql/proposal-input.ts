import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import type { ProposedModel } from '../operations/proposals/proposal-content.ts';
import type { Refusal } from '../operations/refusal.ts';
import type { ProposedModelInput } from './__generated__/resolver-types.ts';
import { checkedReason, checkedText } from './checked-arguments.ts';
import { badInput } from './errors.ts';
import { modelSourceOf } from './model-source.ts';

/** The number of a proposal. */
export function proposalIdOf(written: string): number {
  if (/^[1-9]\d{0,14}$/.test(written)) return Number(written);
  throw badInput(`${quote(written)} is not the number of a proposal; "proposals" lists them.`);
}

/** A reason that somebody has to give. */
export function requiredReason(reason: string): string {
  return checkedReason(reason) ?? '';
}

/** What a proposal rests on; how many lines it may be is the operation's to say. */
export function evidenceOf(lines: readonly string[] | null | undefined): readonly string[] {
  return (lines ?? []).map((line) => checkedReason(line) ?? '');
}

const mostTestCharacters = 100_000;

export function proposedModelOf(
  input: ProposedModelInput | null | undefined,
): Result<ProposedModel | undefined, Refusal> {
  if (input === null || input === undefined) return ok(undefined);
  const source = modelSourceOf(input, ['input', 'model']);
  if (!source.ok) return failed(source.problem);
  const tests = checkedText(input.tests, 'tests', mostTestCharacters) ?? null;
  return ok({ source: source.value, activate: input.activate ?? false, tests });
}
