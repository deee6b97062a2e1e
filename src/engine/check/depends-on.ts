import type { ConditionName } from '../../model/names.ts';
import type { Edge } from '../ports.ts';
import { evaluate, type FormulaVisitor, plainDecision, visitFormula } from './formula.ts';
import type { Formula, Goal } from './goal.ts';

/** Which conditions somebody wants to hear of. */
export type ConditionTest = (condition: ConditionName) => boolean;

/**
 * The allowed goals that depend on an edge whose condition passes the test: a proof that was found goes through one.
 *
 * When in doubt a goal is in it: also if another proof needs no such edge, and if such an edge holds somewhere in what is
 * subtracted, where it can only have taken something from what takes away.
 */
export function findDependent(goals: readonly Goal[], isMeant: ConditionTest): ReadonlySet<Goal> {
  const links = new Links(isMeant);
  for (const goal of goals) if (goal.formula !== undefined) links.add(goal, goal.formula);
  return links.follow();
}

/** A goal in one of two ways: it depends on such an edge, or it has one below it, whatever was decided. */
interface Mark {
  readonly goal: Goal;
  readonly kind: 'dependent' | 'touched';
}

type Marks = Readonly<Record<Mark['kind'], Set<Goal>>>;

/** What follows for a goal from what is below it: each formula is read once, and each goal is marked once in each way. */
class Links {
  readonly #isMeant: ConditionTest;
  readonly #marks: Marks = { dependent: new Set(), touched: new Set() };
  readonly #above: Readonly<Record<Mark['kind'], Map<Goal, Mark[]>>> = { dependent: new Map(), touched: new Map() };
  readonly #news: Mark[] = [];

  /** Of a formula that is allowed. */
  readonly #depends: FormulaVisitor<Mark, void> = {
    decision: () => {},
    goal: ({ goal }, above) => this.#link({ goal, kind: 'dependent' }, above),
    via: ({ edge, formula }, above) => {
      if (this.#isMeantEdge(edge)) this.#mark(above);
      visitFormula(formula, this.#depends, above);
    },
    union: (operands, above) => {
      for (const operand of operands) {
        if (evaluate(operand)?.kind === 'allowed') visitFormula(operand, this.#depends, above);
      }
    },
    intersection: (operands, above) => {
      for (const operand of operands) visitFormula(operand, this.#depends, above);
    },
    exclusion: ({ base, subtracted }, above) => {
      visitFormula(base, this.#depends, above);
      visitFormula(subtracted, this.#touches, above);
    },
  };

  readonly #touches: FormulaVisitor<Mark, void> = {
    decision: () => {},
    goal: ({ goal }, above) => this.#link({ goal, kind: 'touched' }, above),
    via: ({ edge, formula }, above) => {
      // An edge whose condition does not hold leads nowhere.
      if ((plainDecision(formula)?.kind ?? 'allowed') !== 'allowed') return;
      if (this.#isMeantEdge(edge)) this.#mark(above);
      visitFormula(formula, this.#touches, above);
    },
    union: (operands, above) => {
      for (const operand of operands) visitFormula(operand, this.#touches, above);
    },
    intersection: (operands, above) => {
      for (const operand of operands) visitFormula(operand, this.#touches, above);
    },
    exclusion: ({ base, subtracted }, above) => {
      visitFormula(base, this.#touches, above);
      visitFormula(subtracted, this.#touches, above);
    },
  };

  constructor(isMeant: ConditionTest) {
    this.#isMeant = isMeant;
  }

  add(goal: Goal, formula: Formula): void {
    visitFormula(formula, this.#touches, { goal, kind: 'touched' });
    if (goal.decision?.kind === 'allowed') visitFormula(formula, this.#depends, { goal, kind: 'dependent' });
  }

  follow(): ReadonlySet<Goal> {
    for (let mark = this.#news.pop(); mark !== undefined; mark = this.#news.pop()) {
      for (const above of this.#above[mark.kind].get(mark.goal) ?? []) this.#mark(above);
    }
    return this.#marks.dependent;
  }

  #mark(mark: Mark): void {
    if (this.#marks[mark.kind].has(mark.goal)) return;
    this.#marks[mark.kind].add(mark.goal);
    this.#news.push(mark);
  }

  #link(below: Mark, above: Mark): void {
    const known = this.#above[below.kind].get(below.goal) ?? [];
    this.#above[below.kind].set(below.goal, known);
    known.push(above);
  }

  #isMeantEdge({ condition }: Edge): boolean {
    return condition !== undefined && this.#isMeant(condition.name);
  }
}
