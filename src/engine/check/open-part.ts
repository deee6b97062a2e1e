import { assertNever } from '../../base/assert-never.ts';
import { allowed, type Decision, denied } from '../../model/decision.ts';
import { evaluate, exclude } from './formula.ts';
import type { Formula, Goal, OpenPart, PartKind } from './goal.ts';

/** A part of a goal's formula that waits, before it was told of anything. */
export function openPart(
  kind: PartKind,
  formula: Formula,
  goal: Goal,
  parent: OpenPart | undefined,
  isSubtracted: boolean,
): OpenPart {
  return {
    kind,
    formula,
    goal,
    parent,
    isSubtracted,
    isBehindNot: parent === undefined ? false : parent.isBehindNot !== isSubtracted,
    isSettled: false,
    open: 0,
    isDoubtful: false,
    base: undefined,
    subtracted: undefined,
  };
}

/** Tells a part of the decision of an operand; returns the part's own if that settles it. */
export function tellPart(part: OpenPart, decision: Decision, isSubtracted: boolean): Decision | undefined {
  switch (part.kind) {
    case 'same':
      return decision;
    case 'union':
      return decision.kind === 'allowed' ? allowed : countDown(part, decision, denied);
    case 'intersection':
      return decision.kind === 'denied' ? denied : countDown(part, decision, allowed);
    case 'exclusion':
      if (isSubtracted) part.subtracted = decision;
      else part.base = decision;
      return exclude(part.base, part.subtracted);
    default:
      return assertNever(part.kind);
  }
}

function countDown(part: OpenPart, decision: Decision, otherwise: Decision): Decision | undefined {
  part.open -= 1;
  if (decision.kind === 'undecided') part.isDoubtful = true;
  if (part.open > 0) return undefined;
  // Which of several problems is told depends on their order in the formula, and not on that of their discovery.
  return part.isDoubtful ? evaluate(part.formula) : otherwise;
}
