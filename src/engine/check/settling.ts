import { assertNever } from '../../base/assert-never.ts';
import { invariant } from '../../base/invariant.ts';
import { allowed, type Decision, denied } from '../../model/decision.ts';
import type { Meter } from '../meter.ts';
import { exclude } from './formula.ts';
import type { ExclusionFormula, Formula, Goal, OpenPart } from './goal.ts';
import { openPart, tellPart } from './open-part.ts';

/**
 * Settles goals as soon as their formulas decide them, and then only those that wait for them: the work grows with the number of
 * operands, whatever the order in which they are decided.
 *
 * Kleene's three values, as in `evaluate`: a goal is decided as soon as whatever else may follow cannot change it.
 */
export class Settling {
  readonly #meter: Meter;
  readonly #news: Goal[] = [];
  #steps = 0;

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  /** Gives a goal the formula that it is decided by. */
  give(goal: Goal, formula: Formula): void {
    goal.formula = formula;
    const decision = this.#wire(formula, goal, undefined, false);
    if (decision !== undefined) this.decide(goal, decision);
  }

  decide(goal: Goal, decision: Decision): void {
    goal.decision = decision;
    if (goal.dependents !== undefined) this.#news.push(goal);
  }

  /** Tells everybody of what has been decided since the last time, and of what follows from that. */
  async spread(): Promise<void> {
    for (let goal = this.#news.pop(); goal !== undefined; goal = this.#news.pop()) {
      const { decision, dependents = [] } = goal;
      invariant(decision !== undefined, 'there is only news of a goal that is decided');
      goal.dependents = undefined;
      for (const part of dependents) {
        this.#tell(part, decision);
        const pause = this.pause();
        if (pause !== undefined) await pause;
      }
    }
    this.#charge();
  }

  /** To be awaited between the goals of a level: charges for what was done, and lets others have their turn. */
  pause(): Promise<void> | undefined {
    if (this.#steps < stepsPerCharge) return undefined;
    this.#charge();
    return this.#meter.pause();
  }

  #charge(): void {
    this.#meter.charge(this.#steps);
    this.#steps = 0;
  }

  #tell(part: OpenPart, decision: Decision): void {
    let told = decision;
    let isSubtracted = false;
    for (let at: OpenPart | undefined = part; at !== undefined; at = at.parent) {
      this.#steps += 1;
      if (at.isSettled) return;
      const result = tellPart(at, told, isSubtracted);
      if (result === undefined) return;
      at.isSettled = true;
      // It may have been decided as a part of a circle, when less of it had been read.
      if (at.parent === undefined && at.goal.decision === undefined) this.decide(at.goal, result);
      told = result;
      isSubtracted = at.isSubtracted;
    }
  }

  /** The decision of a formula; undefined if it is open, and then it waits. */
  #wire(outer: Formula, goal: Goal, parent: OpenPart | undefined, isSubtracted: boolean): Decision | undefined {
    const formula = this.#passEdge(outer);
    switch (formula.kind) {
      case 'decision':
        return formula.decision;
      case 'goal': {
        const { decision } = formula.goal;
        if (decision === undefined) waitFor(formula.goal, openPart('same', formula, goal, parent, isSubtracted));
        return decision;
      }
      case 'union':
      case 'intersection':
        return this.#wireOperands(formula, goal, parent, isSubtracted);
      case 'exclusion':
        return this.#wireSides(formula, openPart('exclusion', formula, goal, parent, isSubtracted));
      default:
        return assertNever(formula);
    }
  }

  /** What stands behind an edge; its condition was evaluated for it. */
  #passEdge(formula: Formula): InnerFormula {
    let inner = formula;
    for (; inner.kind === 'via'; inner = inner.formula) {
      if (inner.edge.condition !== undefined) this.#steps += stepsPerCondition;
    }
    this.#steps += 1;
    return inner;
  }

  #wireOperands(
    formula: OperandFormula,
    goal: Goal,
    parent: OpenPart | undefined,
    isSubtracted: boolean,
  ): Decision | undefined {
    if (formula.operands.length === 0) return denied;
    const decides = formula.kind === 'union' ? allowed : denied;
    // Made when something is open: most formulas are decided as they stand.
    let part: OpenPart | undefined;
    let doubt: Decision | undefined;
    for (const operand of formula.operands) {
      const inner = this.#passEdge(operand);
      let decision: Decision | undefined;
      if (inner.kind === 'decision') decision = inner.decision;
      else {
        part ??= openPart(formula.kind, formula, goal, parent, isSubtracted);
        decision = this.#wireOperand(inner, part);
      }
      if (decision?.kind === decides.kind) {
        if (part !== undefined) part.isSettled = true;
        return decides;
      }
      if (decision?.kind === 'undecided') doubt ??= decision;
    }
    if (part === undefined || part.open === 0) return doubt ?? (formula.kind === 'union' ? denied : allowed);
    part.isDoubtful = doubt !== undefined;
    return undefined;
  }

  #wireOperand(operand: Exclude<InnerFormula, { kind: 'decision' }>, part: OpenPart): Decision | undefined {
    const decision = operand.kind === 'goal' ? operand.goal.decision : this.#wire(operand, part.goal, part, false);
    if (decision !== undefined) return decision;
    if (operand.kind === 'goal') waitFor(operand.goal, part);
    part.open += 1;
    return undefined;
  }

  #wireSides({ base, subtracted }: ExclusionFormula, part: OpenPart): Decision | undefined {
    part.base = this.#wire(base, part.goal, part, false);
    part.subtracted = this.#wire(subtracted, part.goal, part, true);
    const decision = exclude(part.base, part.subtracted);
    part.isSettled = decision !== undefined;
    return decision;
  }
}

type InnerFormula = Exclude<Formula, { kind: 'via' }>;
type OperandFormula = Extract<Formula, { kind: 'union' | 'intersection' }>;

const stepsPerCondition = 20;
const stepsPerCharge = 200;

function waitFor(goal: Goal, part: OpenPart): void {
  if (goal.dependents === undefined) goal.dependents = [part];
  else goal.dependents.push(part);
}
