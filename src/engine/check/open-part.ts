import { assertNever } from '../../base/assert-never.ts';
import { allowed, type Decision, denied } from '../../model/decision.ts';
import { evaluate, type Formula } from './formula.ts';
import type { Goal } from './goal.ts';

/** What takes in decisions one by one; `same` passes on the one that it gets. */
export type PartKind = 'union' | 'intersection' | 'exclusion' | 'same';

/**
 * A part of the formula of an open goal that waits for open goals.
 *
 * It is told once of each of its operands when that is decided, and counts them: nothing is looked at twice, however many
 * operands there are.
 */
export class OpenPart {
  readonly kind: PartKind;
  readonly formula: Formula;
  readonly goal: Goal;
  /** The part that this one is an operand of; undefined for the goal's whole formula. */
  readonly parent: OpenPart | undefined;
  /** Whether it is what its parent subtracts. */
  readonly isSubtracted: boolean;
  /** Whether it stands behind an odd number of `but not`. */
  readonly isBehindNot: boolean;
  isSettled = false;
  /** Operands that are not decided. */
  open = 0;
  /** Whether an operand is undecided for good. */
  isDoubtful = false;
  /** The sides of an exclusion, as soon as they are decided. */
  base: Decision | undefined = undefined;
  subtracted: Decision | undefined = undefined;

  constructor(kind: PartKind, formula: Formula, goal: Goal, parent: OpenPart | undefined, isSubtracted: boolean) {
    this.kind = kind;
    this.formula = formula;
    this.goal = goal;
    this.parent = parent;
    this.isSubtracted = isSubtracted;
    this.isBehindNot = parent === undefined ? false : parent.isBehindNot !== isSubtracted;
  }

  /** Takes in the decision of an operand; returns the part's own if that settles it. */
  take(decision: Decision, isSubtracted: boolean): Decision | undefined {
    switch (this.kind) {
      case 'same':
        return decision;
      case 'union':
        return decision.kind === 'allowed' ? allowed : this.#count(decision, denied);
      case 'intersection':
        return decision.kind === 'denied' ? denied : this.#count(decision, allowed);
      case 'exclusion':
        return this.takeSide(decision, isSubtracted);
      default:
        return assertNever(this.kind);
    }
  }

  takeSide(decision: Decision, isSubtracted: boolean): Decision | undefined {
    if (isSubtracted) this.subtracted = decision;
    else this.base = decision;
    return exclude(this.base, this.subtracted);
  }

  #count(decision: Decision, otherwise: Decision): Decision | undefined {
    this.open -= 1;
    if (decision.kind === 'undecided') this.isDoubtful = true;
    if (this.open > 0) return undefined;
    // Which of several problems is told depends on their order in the formula, and not on that of their discovery.
    return this.isDoubtful ? evaluate(this.formula, ({ decision: known }) => known) : otherwise;
  }
}

/** The decision of `base but not subtracted`, as far as it is known. */
export function exclude(base: Decision | undefined, subtracted: Decision | undefined): Decision | undefined {
  if (base?.kind === 'denied' || subtracted?.kind === 'allowed') return denied;
  if (base === undefined || subtracted === undefined) return undefined;
  if (base.kind === 'undecided') return base;
  return subtracted.kind === 'undecided' ? subtracted : allowed;
}
