import type { ConditionName } from '../model/names.ts';
import { evaluate, type Formula } from './formula.ts';
import type { Goal } from './goal.ts';
import type { Edge } from './ports.ts';

/** Which conditions somebody wants to hear of. */
export type ConditionTest = (condition: ConditionName) => boolean;

/**
 * The allowed goals that rest on an edge whose condition passes the test: a proof that was found goes through one.
 *
 * When in doubt a goal is in it: also if another proof needs no such edge, and if such an edge holds somewhere in what is
 * subtracted, where it can only have taken something from what takes away.
 */
export function findResting(goals: readonly Goal[], isMeant: ConditionTest): ReadonlySet<Goal> {
  const found: Found = { isMeant, resting: new Set(), touched: new Set() };
  const formulas = goals.flatMap((goal) => (goal.formula === undefined ? [] : [{ goal, formula: goal.formula }]));
  // Those that were found last are nearest to the edges.
  formulas.reverse();
  for (let before = -1; before < found.resting.size + found.touched.size; ) {
    before = found.resting.size + found.touched.size;
    for (const { goal, formula } of formulas) {
      if (touches(formula, found)) found.touched.add(goal);
      if (goal.decision?.kind === 'allowed' && rests(formula, found)) found.resting.add(goal);
    }
  }
  return found.resting;
}

interface Found {
  readonly isMeant: ConditionTest;
  readonly resting: Set<Goal>;
  /** Goals with such an edge below them, whatever was decided. */
  readonly touched: Set<Goal>;
}

/** Of a formula that is allowed. */
function rests(formula: Formula, found: Found): boolean {
  switch (formula.kind) {
    case 'decision':
      return false;
    case 'goal':
      return found.resting.has(formula.goal);
    case 'via':
      return isMeant(formula.edge, found) || rests(formula.formula, found);
    case 'union':
      return formula.operands.some((operand) => decisionOf(operand) === 'allowed' && rests(operand, found));
    case 'intersection':
      return formula.operands.some((operand) => rests(operand, found));
    case 'exclusion':
      return rests(formula.base, found) || touches(formula.subtracted, found);
  }
}

function touches(formula: Formula, found: Found): boolean {
  switch (formula.kind) {
    case 'decision':
      return false;
    case 'goal':
      return found.touched.has(formula.goal);
    case 'via':
      // An edge whose condition does not hold leads nowhere.
      if (formula.formula.kind === 'decision' && decisionOf(formula.formula) !== 'allowed') return false;
      return isMeant(formula.edge, found) || touches(formula.formula, found);
    case 'union':
    case 'intersection':
      return formula.operands.some((operand) => touches(operand, found));
    case 'exclusion':
      return touches(formula.base, found) || touches(formula.subtracted, found);
  }
}

function isMeant({ condition }: Edge, found: Found): boolean {
  return condition !== undefined && found.isMeant(condition.name);
}

function decisionOf(formula: Formula) {
  return evaluate(formula, (goal) => goal.decision)?.kind;
}
