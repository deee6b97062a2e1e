import { assertNever } from '../../base/assert-never.ts';
import { allowed, type Decision, denied } from '../../model/decision.ts';
import type { DecisionFormula, ExclusionFormula, Formula, GoalFormula, ViaFormula } from './goal.ts';

/** What is made of a formula of each kind, with what is handed down to its parts. */
export interface FormulaVisitor<Handed, Made> {
  decision(formula: DecisionFormula, handed: Handed): Made;
  goal(formula: GoalFormula, handed: Handed): Made;
  via(formula: ViaFormula, handed: Handed): Made;
  union(operands: readonly Formula[], handed: Handed): Made;
  intersection(operands: readonly Formula[], handed: Handed): Made;
  exclusion(formula: ExclusionFormula, handed: Handed): Made;
}

/**
 * Formulas are taken apart here. A visitor goes on by itself to the parts that matter to it: most need not look at all of them.
 *
 * Only the wiring in `settling.ts` has a switch of its own: it hands down three things, for each operand of every goal, and makes
 * nothing for what is decided as it stands.
 */
export function visitFormula<Handed, Made>(
  formula: Formula,
  visitor: FormulaVisitor<Handed, Made>,
  handed: Handed,
): Made {
  switch (formula.kind) {
    case 'decision':
      return visitor.decision(formula, handed);
    case 'goal':
      return visitor.goal(formula, handed);
    case 'via':
      return visitor.via(formula, handed);
    case 'union':
      return visitor.union(formula.operands, handed);
    case 'intersection':
      return visitor.intersection(formula.operands, handed);
    case 'exclusion':
      return visitor.exclusion(formula, handed);
    default:
      return assertNever(formula);
  }
}

/** Visits the goals that a formula names, as it names them; makes no lists, because this is asked of every open goal. */
export function visitGoals(formula: Formula, visit: (part: GoalFormula) => void): void {
  visitFormula(formula, goalVisitor, visit);
}

const goalVisitor: FormulaVisitor<(part: GoalFormula) => void, void> = {
  decision: () => {},
  goal: (formula, visit) => visit(formula),
  via: ({ formula }, visit) => visitGoals(formula, visit),
  union: (operands, visit) => {
    for (const operand of operands) visitGoals(operand, visit);
  },
  intersection: (operands, visit) => {
    for (const operand of operands) visitGoals(operand, visit);
  },
  exclusion: ({ base, subtracted }, visit) => {
    visitGoals(base, visit);
    visitGoals(subtracted, visit);
  },
};

/** What a union or an intersection is made of; nothing for other formulas. */
export function operandsOf(formula: Formula): readonly Formula[] {
  return 'operands' in formula ? formula.operands : [];
}

/** What a formula says by itself; undefined where it is made of anything else. */
export function plainDecision(formula: Formula): Decision | undefined {
  return formula.kind === 'decision' ? formula.decision : undefined;
}

/**
 * The decision of a formula, or undefined while it depends on an open goal.
 *
 * Kleene's three values: an operand that decides alone decides, whatever the others are or will be; otherwise an open
 * operand leaves it open, and an undecided one leaves it undecided.
 *
 * | union | one allowed → allowed | intersection | one denied → denied |
 * | exclusion | base denied → denied, subtracted allowed → denied | | |
 */
export function evaluate(formula: Formula): Decision | undefined {
  return visitFormula(formula, evaluation, undefined);
}

const evaluation: FormulaVisitor<undefined, Decision | undefined> = {
  decision: ({ decision }) => decision,
  goal: ({ goal }) => goal.decision,
  via: ({ formula }) => evaluate(formula),
  union: (operands) => evaluateOperands(operands, allowed, denied),
  intersection: (operands) => (operands.length === 0 ? denied : evaluateOperands(operands, denied, allowed)),
  exclusion: ({ base, subtracted }) => exclude(evaluate(base), evaluate(subtracted)),
};

function evaluateOperands(operands: readonly Formula[], decides: Decision, otherwise: Decision): Decision | undefined {
  let result: Decision | undefined = otherwise;
  for (const operand of operands) {
    const decision = evaluate(operand);
    if (decision?.kind === decides.kind) return decides;
    result = weaker(result, decision);
  }
  return result;
}

/** Open before undecided before anything else; the first undecided keeps its problem. */
function weaker(left: Decision | undefined, right: Decision | undefined): Decision | undefined {
  if (left === undefined || right === undefined) return undefined;
  return right.kind === 'undecided' && left.kind !== 'undecided' ? right : left;
}

/** The decision of `base but not subtracted`, as far as it is known. */
export function exclude(base: Decision | undefined, subtracted: Decision | undefined): Decision | undefined {
  if (base?.kind === 'denied' || subtracted?.kind === 'allowed') return denied;
  if (base === undefined || subtracted === undefined) return undefined;
  if (base.kind === 'undecided') return base;
  return subtracted.kind === 'undecided' ? subtracted : allowed;
}
