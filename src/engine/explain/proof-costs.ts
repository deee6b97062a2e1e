import { evaluate, type FormulaVisitor, visitFormula } from '../check/formula.ts';
import type { Formula, Goal } from '../check/goal.ts';
import type { Meter } from '../meter.ts';
import { CheapestFirst } from './cheapest-first.ts';

/** What the cheapest proof of each allowed goal costs. */
export type ProofCosts = ReadonlyMap<Goal, number>;

/** Relationships are what a proof is long by; of those with as many, the one with the fewest goals is told. */
const relationshipCost = 100;
const goalCost = 1;

/**
 * The fewest relationships that prove each allowed goal. The cheapest goal that is not known yet cannot become cheaper through
 * one that costs more (Knuth 1977), so each is known once; costs fall along every proof, so no circle proves itself.
 */
export async function findProofCosts(goals: readonly Goal[], meter: Meter): Promise<ProofCosts> {
  const costs = new Map<Goal, number>();
  const search = new ProofSearch(costs);
  for (const goal of goals) {
    if (goal.decision?.kind === 'allowed' && goal.formula !== undefined) search.add(goal, goal.formula);
  }
  while (search.settleCheapest()) {
    meter.charge(search.takeSteps());
    const pause = meter.pause();
    if (pause !== undefined) await pause;
  }
  return costs;
}

/** What a formula costs with these goals; Infinity if it is not allowed. */
export function formulaCost(formula: Formula, costs: ProofCosts): number {
  return visitFormula(formula, costing, costs);
}

const never = Number.POSITIVE_INFINITY;

const costing: FormulaVisitor<ProofCosts, number> = {
  decision: ({ decision }) => (decision.kind === 'allowed' ? 0 : never),
  goal: ({ goal }, costs) => costs.get(goal) ?? never,
  via: ({ formula }, costs) => relationshipCost + formulaCost(formula, costs),
  union: (operands, costs) => operands.reduce((least, operand) => Math.min(least, formulaCost(operand, costs)), never),
  intersection: (operands, costs) => operands.reduce((sum, operand) => sum + formulaCost(operand, costs), 0),
  exclusion: ({ base, subtracted }, costs) => (isDenied(subtracted) ? formulaCost(base, costs) : never),
};

/** A part of a formula that goals make cheaper when they become known. */
interface ProofPart {
  readonly kind: 'union' | 'intersection';
  readonly goal: Goal;
  readonly parent: ProofPart | undefined;
  /** What it costs more to its parent. */
  readonly extra: number;
  /** Of an intersection: operands without a proof. */
  open: number;
  sum: number;
  /** What it costs as far as is known. */
  cost: number;
}

/** To whom a proof is offered, and what it costs them more. */
interface Offered {
  readonly part: ProofPart;
  readonly extra: number;
}

class ProofSearch {
  readonly #costs: Map<Goal, number>;
  readonly #candidates = new CheapestFirst<Goal>();
  readonly #waiting = new Map<Goal, Offered[]>();
  #steps = 0;

  readonly #building: FormulaVisitor<Offered, void> = {
    decision: ({ decision }, { part, extra }) => {
      if (decision.kind === 'allowed') this.#offer(part, never, extra);
    },
    goal: ({ goal }, offered) => {
      const waiting = this.#waiting.get(goal) ?? [];
      this.#waiting.set(goal, waiting);
      waiting.push(offered);
    },
    via: ({ formula }, { part, extra }) => this.#build(formula, part, extra + relationshipCost),
    union: (operands, { part, extra }) => this.#buildOperands(operands, newPart('union', part.goal, part, extra)),
    intersection: (operands, { part, extra }) =>
      this.#buildOperands(operands, newPart('intersection', part.goal, part, extra)),
    exclusion: ({ base, subtracted }, { part, extra }) => {
      if (isDenied(subtracted)) this.#build(base, part, extra);
    },
  };

  constructor(costs: Map<Goal, number>) {
    this.#costs = costs;
  }

  add(goal: Goal, formula: Formula): void {
    this.#build(formula, newPart('union', goal, undefined, 0), 0);
  }

  /** Whether there was another goal with a proof. */
  settleCheapest(): boolean {
    const next = this.#candidates.take();
    if (next === undefined) return false;
    const { item: goal, cost } = next;
    this.#steps += 1;
    if (this.#costs.has(goal)) return true;
    this.#costs.set(goal, cost);
    for (const { part, extra } of this.#waiting.get(goal) ?? []) this.#offer(part, never, cost + extra);
    this.#waiting.delete(goal);
    return true;
  }

  takeSteps(): number {
    const steps = this.#steps;
    this.#steps = 0;
    return steps;
  }

  #build(formula: Formula, part: ProofPart, extra: number): void {
    this.#steps += 1;
    visitFormula(formula, this.#building, { part, extra });
  }

  #buildOperands(operands: readonly Formula[], inner: ProofPart): void {
    inner.open = operands.length;
    for (const operand of operands) this.#build(operand, inner, 0);
  }

  /** Tells a part that one of its operands has become cheaper. */
  #offer(part: ProofPart, before: number, after: number): void {
    this.#steps += 1;
    let cost = after;
    if (part.kind === 'intersection') {
      if (before === never) part.open -= 1;
      part.sum += before === never ? after : after - before;
      if (part.open > 0) return;
      cost = part.sum;
    }
    if (cost >= part.cost) return;
    const old = part.cost;
    part.cost = cost;
    if (part.parent === undefined) this.#candidates.add(part.goal, cost + goalCost);
    else this.#offer(part.parent, old + part.extra, cost + part.extra);
  }
}

function newPart(kind: ProofPart['kind'], goal: Goal, parent: ProofPart | undefined, extra: number): ProofPart {
  return { kind, goal, parent, extra, open: 0, sum: 0, cost: never };
}

function isDenied(formula: Formula): boolean {
  return evaluate(formula)?.kind === 'denied';
}
