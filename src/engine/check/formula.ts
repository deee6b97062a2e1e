import { assertNever } from '../../base/assert-never.ts';
import { allowed, type Decision, denied } from '../../model/decision.ts';
import type { Edge } from '../ports.ts';
import type { Goal } from './goal.ts';

/** A rewrite applied to the edges of one object: what a goal's decision is made of. */
export type Formula =
  | { readonly kind: 'decision'; readonly decision: Decision }
  | GoalFormula
  | ViaFormula
  | { readonly kind: 'union'; readonly operands: readonly Formula[] }
  | { readonly kind: 'intersection'; readonly operands: readonly Formula[] }
  | { readonly kind: 'exclusion'; readonly base: Formula; readonly subtracted: Formula };

/** Another goal, and whether it is one hop away or on the same object. */
export interface GoalFormula {
  readonly kind: 'goal';
  readonly goal: Goal;
  readonly hops: 0 | 1;
}

/** What follows from a relationship, its condition taken into account; keeps it for explanations. */
export interface ViaFormula {
  readonly kind: 'via';
  readonly edge: Edge;
  readonly formula: Formula;
}

/** What is known of a goal; undefined while it is open. */
export type Valuation = (goal: Goal) => Decision | undefined;

/**
 * The decision of a formula, or undefined while it depends on an open goal.
 *
 * Kleene's three values: an operand that decides alone decides, whatever the others are or will be; otherwise an open
 * operand leaves it open, and an undecided one leaves it undecided.
 *
 * | union | one allowed → allowed | intersection | one denied → denied |
 * | exclusion | base denied → denied, subtracted allowed → denied | | |
 *
 * `subtractedValue` values the goals behind an odd number of `but not`, which matters only inside a cycle.
 */
export function evaluate(formula: Formula, value: Valuation, subtractedValue = value): Decision | undefined {
  switch (formula.kind) {
    case 'decision':
      return formula.decision;
    case 'goal':
      return value(formula.goal);
    case 'via':
      return evaluate(formula.formula, value, subtractedValue);
    case 'union':
      return evaluateUnion(formula.operands, value, subtractedValue);
    case 'intersection':
      return evaluateIntersection(formula.operands, value, subtractedValue);
    case 'exclusion':
      return evaluateExclusion(formula.base, formula.subtracted, value, subtractedValue);
    default:
      return assertNever(formula);
  }
}

function evaluateUnion(operands: readonly Formula[], value: Valuation, subtracted: Valuation): Decision | undefined {
  let result: Decision | undefined = denied;
  for (const operand of operands) {
    const decision = evaluate(operand, value, subtracted);
    if (decision?.kind === 'allowed') return allowed;
    result = weaker(result, decision);
  }
  return result;
}

function evaluateIntersection(
  operands: readonly Formula[],
  value: Valuation,
  subtracted: Valuation,
): Decision | undefined {
  let result: Decision | undefined = allowed;
  for (const operand of operands) {
    const decision = evaluate(operand, value, subtracted);
    if (decision?.kind === 'denied') return denied;
    result = weaker(result, decision);
  }
  return operands.length === 0 ? denied : result;
}

function evaluateExclusion(
  base: Formula,
  subtracted: Formula,
  value: Valuation,
  subtractedValue: Valuation,
): Decision | undefined {
  const included = evaluate(base, value, subtractedValue);
  if (included?.kind === 'denied') return denied;
  // Behind `but not` the two valuations change places, and change back behind the next one.
  const excluded = evaluate(subtracted, subtractedValue, value);
  if (excluded?.kind === 'allowed') return denied;
  if (included === undefined || excluded === undefined) return undefined;
  if (included.kind === 'undecided') return included;
  return excluded.kind === 'undecided' ? excluded : allowed;
}

/** Open before undecided before anything else; the first undecided keeps its problem. */
function weaker(left: Decision | undefined, right: Decision | undefined): Decision | undefined {
  if (left === undefined || right === undefined) return undefined;
  return right.kind === 'undecided' && left.kind !== 'undecided' ? right : left;
}

/** Visits the goals that a formula names, as it names them; makes no lists, because this is asked of every open goal. */
export function visitGoals(formula: Formula, visit: (part: GoalFormula) => void): void {
  switch (formula.kind) {
    case 'decision':
      return;
    case 'goal':
      visit(formula);
      return;
    case 'via':
      visitGoals(formula.formula, visit);
      return;
    case 'union':
    case 'intersection':
      for (const operand of formula.operands) visitGoals(operand, visit);
      return;
    case 'exclusion':
      visitGoals(formula.base, visit);
      visitGoals(formula.subtracted, visit);
      return;
    default:
      assertNever(formula);
  }
}
