import type { Decision } from './decision.ts';
import type { Guard } from './guard.ts';
import { decisionError } from './postern-error.ts';

/** What came of one guard of a field. */
export interface Verdict {
  readonly guard: Guard;
  readonly decision: Decision;
}

/** The decision of several that are all needed; of none, it is a "no": who names no object has named none to have a right on. */
export function combine(decisions: readonly Decision[]): Decision {
  return settling(decisions, (decision) => decision) ?? decisions[0] ?? { kind: 'denied' };
}

/** Whether the field may answer; null stands in for it where every guard that refuses says so. Throws what clients are told. */
export function judge(verdicts: readonly Verdict[]): 'answer' | 'null' {
  const told = settling(verdicts, ({ decision }) => decision);
  if (told === undefined || told.decision.kind === 'allowed') return 'answer';
  const refusals = verdicts.filter(({ decision }) => isRefusal(decision));
  if (refusals.length > 0 && refusals.every(({ guard }) => guard.onDeny === 'NULL')) return 'null';
  throw decisionError(told.decision, told.guard);
}

/**
 * What keeps all from being allowed, in the logic of three values: one "no" settles it, whatever the undecided ones would have
 * been, and whichever was written first. So nobody learns from the order what the others were, and nobody tries again in vain.
 */
function settling<Item>(items: readonly Item[], decisionOf: (item: Item) => Decision): Item | undefined {
  return (
    items.find((item) => decisionOf(item).kind === 'unauthenticated') ??
    items.find((item) => decisionOf(item).kind === 'denied') ??
    items.find((item) => decisionOf(item).kind !== 'allowed')
  );
}

/** A decision that says no. What is undecided says nothing, and so is never null. */
export function isRefusal({ kind }: Decision): boolean {
  return kind === 'denied' || kind === 'unauthenticated';
}
