import { type FormulaVisitor, plainDecision, visitFormula } from '../check/formula.ts';
import type { Formula, Goal } from '../check/goal.ts';
import type { ExplanationStep } from './explanation-step.ts';
import { formulaCost, type ProofCosts } from './proof-costs.ts';

/** Writes down why goals hold: of each, the way that uses the fewest relationships. */
export class Reasons {
  readonly #costs: ProofCosts;
  readonly #steps: ExplanationStep[];
  /** Goals whose reasons stand further up; they are told once, or they would double with every `and`. */
  readonly #told = new Set<Goal>();

  /** How far below what it explains a reason stands is handed down. */
  readonly #adding: FormulaVisitor<number, void> = {
    decision: (_formula, depth) => {
      if (depth > 0 && this.#steps.at(-1)?.kind === 'holds') this.#steps.push({ depth, kind: 'self' });
    },
    goal: ({ goal }, depth) => this.addHolds(goal, depth),
    via: ({ edge, formula }, depth) => {
      this.#steps.push({ depth, kind: 'relationship', edge });
      if (plainDecision(formula) === undefined) this.add(formula, depth);
    },
    union: (operands, depth) => {
      const cheapest = cheapestOf(operands, this.#costs);
      if (cheapest !== undefined) this.add(cheapest, depth);
    },
    intersection: (operands, depth) => {
      for (const operand of operands) this.add(operand, depth);
    },
    exclusion: ({ base }, depth) => {
      this.add(base, depth);
      this.#steps.push({ depth, kind: 'notExcluded' });
    },
  };

  constructor(costs: ProofCosts, steps: ExplanationStep[]) {
    this.#costs = costs;
    this.#steps = steps;
  }

  addHolds(goal: Goal, depth: number): void {
    this.#steps.push({ depth, kind: 'holds', node: goal.object, relation: goal.relation });
    if (goal.formula === undefined || this.#told.has(goal)) return;
    this.#told.add(goal);
    this.add(goal.formula, depth + 1);
  }

  /** Of a formula that is allowed. */
  add(formula: Formula, depth: number): void {
    visitFormula(formula, this.#adding, depth);
  }
}

/** The first of those that cost least. */
function cheapestOf(operands: readonly Formula[], costs: ProofCosts): Formula | undefined {
  let [cheapest] = operands;
  let least = Number.POSITIVE_INFINITY;
  for (const operand of operands) {
    const cost = formulaCost(operand, costs);
    if (cost >= least) continue;
    cheapest = operand;
    least = cost;
  }
  return cheapest;
}
