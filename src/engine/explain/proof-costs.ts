import { assertNever } from '../../base/assert-never.ts';
import { evaluate, type Formula } from '../check/formula.ts';
import type { Goal } from '../check/goal.ts';
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
  switch (formula.kind) {
    case 'decision':
      return formula.decision.kind === 'allowed' ? 0 : Number.POSITIVE_INFINITY;
    case 'goal':
      return costs.get(formula.goal) ?? Number.POSITIVE_INFINITY;
    case 'via':
      return relationshipCost + formulaCost(formula.formula, costs);
    case 'union':
      return formula.operands.reduce(
        (least, operand) => Math.min(least, formulaCost(operand, costs)),
        Number.POSITIVE_INFINITY,
      );
    case 'intersection':
      return formula.operands.reduce((sum, operand) => sum + formulaCost(operand, costs), 0);
    case 'exclusion':
      return isDenied(formula.subtracted) ? formulaCost(formula.base, costs) : Number.POSITIVE_INFINITY;
    default:
      return assertNever(formula);
  }
}

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

class ProofSearch {
  readonly #costs: Map<Goal, number>;
  readonly #candidates = new CheapestFirst<Goal>();
  readonly #waiting = new Map<Goal, { readonly part: ProofPart; readonly extra: number }[]>();
  #steps = 0;

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
    for (const { part, extra } of this.#waiting.get(goal) ?? [])
      this.#offer(part, Number.POSITIVE_INFINITY, cost + extra);
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
    switch (formula.kind) {
      case 'decision':
        if (formula.decision.kind === 'allowed') this.#offer(part, Number.POSITIVE_INFINITY, extra);
        return;
      case 'via':
        this.#build(formula.formula, part, extra + relationshipCost);
        return;
      case 'goal': {
        const waiting = this.#waiting.get(formula.goal) ?? [];
        this.#waiting.set(formula.goal, waiting);
        waiting.push({ part, extra });
        return;
      }
      case 'union':
      case 'intersection': {
        const inner = newPart(formula.kind, part.goal, part, extra);
        inner.open = formula.operands.length;
        for (const operand of formula.operands) this.#build(operand, inner, 0);
        return;
      }
      case 'exclusion':
        if (isDenied(formula.subtracted)) this.#build(formula.base, part, extra);
        return;
      default:
        assertNever(formula);
    }
  }

  /** Tells a part that one of its operands has become cheaper. */
  #offer(part: ProofPart, before: number, after: number): void {
    this.#steps += 1;
    let cost = after;
    if (part.kind === 'intersection') {
      if (before === Number.POSITIVE_INFINITY) part.open -= 1;
      part.sum += before === Number.POSITIVE_INFINITY ? after : after - before;
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
  return { kind, goal, parent, extra, open: 0, sum: 0, cost: Number.POSITIVE_INFINITY };
}

function isDenied(formula: Formula): boolean {
  return evaluate(formula, (goal) => goal.decision)?.kind === 'denied';
}
