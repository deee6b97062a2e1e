import { assertNever } from '../../base/assert-never.ts';
import type { ConditionName } from '../../model/names.ts';
import type { Edge } from '../ports.ts';
import { evaluate, type Formula } from './formula.ts';
import type { Goal } from './goal.ts';

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

  constructor(isMeant: ConditionTest) {
    this.#isMeant = isMeant;
  }

  add(goal: Goal, formula: Formula): void {
    this.#touches(formula, { goal, kind: 'touched' });
    if (goal.decision?.kind === 'allowed') this.#depends(formula, { goal, kind: 'dependent' });
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

  /** Of a formula that is allowed. */
  #depends(formula: Formula, above: Mark): void {
    switch (formula.kind) {
      case 'decision':
        return;
      case 'goal':
        this.#link({ goal: formula.goal, kind: 'dependent' }, above);
        return;
      case 'via':
        if (this.#isMeantEdge(formula.edge)) this.#mark(above);
        this.#depends(formula.formula, above);
        return;
      case 'union':
        for (const operand of formula.operands) if (decisionOf(operand) === 'allowed') this.#depends(operand, above);
        return;
      case 'intersection':
        for (const operand of formula.operands) this.#depends(operand, above);
        return;
      case 'exclusion':
        this.#depends(formula.base, above);
        this.#touches(formula.subtracted, above);
        return;
      default:
        assertNever(formula);
    }
  }

  #touches(formula: Formula, above: Mark): void {
    switch (formula.kind) {
      case 'decision':
        return;
      case 'goal':
        this.#link({ goal: formula.goal, kind: 'touched' }, above);
        return;
      case 'via':
        // An edge whose condition does not hold leads nowhere.
        if (formula.formula.kind === 'decision' && decisionOf(formula.formula) !== 'allowed') return;
        if (this.#isMeantEdge(formula.edge)) this.#mark(above);
        this.#touches(formula.formula, above);
        return;
      case 'union':
      case 'intersection':
        for (const operand of formula.operands) this.#touches(operand, above);
        return;
      case 'exclusion':
        this.#touches(formula.base, above);
        this.#touches(formula.subtracted, above);
        return;
      default:
        assertNever(formula);
    }
  }

  #isMeantEdge({ condition }: Edge): boolean {
    return condition !== undefined && this.#isMeant(condition.name);
  }
}

function decisionOf(formula: Formula) {
  return evaluate(formula, (goal) => goal.decision)?.kind;
}
