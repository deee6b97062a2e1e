import { evaluate, type FormulaVisitor, operandsOf, plainDecision, visitFormula } from '../check/formula.ts';
import type { ExclusionFormula, Formula, Goal, ViaFormula } from '../check/goal.ts';
import type { ExplanationStep } from './explanation-step.ts';
import type { Reasons } from './reasons.ts';

/** A part of a goal's formula that is still to be looked at. */
interface OpenFormula {
  readonly goal: Goal;
  readonly formula: Formula;
}

/** Writes down what stands in the way of goals that are not allowed: exclusions that apply, and conditions that do not hold. */
export class Obstacles {
  readonly #reasons: Reasons;
  readonly #steps: ExplanationStep[];
  readonly #seen = new Set<Goal>();

  /** Adds what stands in the way right here, and returns where to go on; the goal that it is a part of is handed down. */
  readonly #adding: FormulaVisitor<Goal, readonly OpenFormula[]> = {
    decision: ({ decision }) => {
      if (decision.kind === 'undecided') this.#steps.push({ ...decision, depth: 0, edge: undefined });
      return [];
    },
    goal: ({ goal }) => {
      const { formula } = goal;
      if (this.#seen.has(goal) || formula === undefined) return [];
      this.#seen.add(goal);
      return [{ goal, formula }];
    },
    via: (via, goal) => this.#addBehindEdge(via).map((formula) => ({ goal, formula })),
    union: (operands, goal) => operands.map((formula) => ({ goal, formula })),
    intersection: (operands, goal) => operands.map((formula) => ({ goal, formula })),
    exclusion: (exclusion, goal) => this.#addExcluded(exclusion, goal).map((formula) => ({ goal, formula })),
  };

  constructor(reasons: Reasons, steps: ExplanationStep[]) {
    this.#reasons = reasons;
    this.#steps = steps;
  }

  /**
   * In the order of the formulas, each goal once; without recursion, because goals can follow each other through a whole ring of
   * sets.
   */
  add(start: Goal): void {
    const open: OpenFormula[] = [{ goal: start, formula: { kind: 'goal', goal: start, hops: 0 } }];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const next of visitFormula(at.formula, this.#adding, at.goal).toReversed()) open.push(next);
    }
  }

  #addExcluded({ base, subtracted }: ExclusionFormula, goal: Goal): readonly Formula[] {
    const taken = evaluate(subtracted)?.kind;
    if (taken === 'allowed' && evaluate(base)?.kind === 'allowed') {
      this.#steps.push({ depth: 0, kind: 'excluded', node: goal.object, relation: goal.relation });
      this.#reasons.add(subtracted, 1);
      return [];
    }
    return taken === 'undecided' ? [base, subtracted] : [base];
  }

  #addBehindEdge({ edge, formula }: ViaFormula): readonly Formula[] {
    const known = plainDecision(formula);
    if (known?.kind === 'undecided') {
      this.#steps.push({ depth: 0, kind: 'undecided', edge, problem: known.problem });
    } else if (known?.kind === 'denied' && edge.condition !== undefined) {
      this.#steps.push({ depth: 0, kind: 'unmet', edge });
    }
    if (known !== undefined) return [];
    const operands = operandsOf(formula);
    if (operands.length === 0) return [formula];
    // The condition, which has no answer, and what is behind it; where that is a no, the condition is no question.
    const isDenied = evaluate(formula)?.kind === 'denied';
    const parts = operands.filter((operand) => plainDecision(operand) === undefined || !isDenied);
    return parts.map((part) => ({ kind: 'via', edge, formula: part }));
  }
}
