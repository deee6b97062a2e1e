import { type Decision, denied } from '../model/decision.ts';
import { evaluate, type GoalFormula, visitGoals } from './formula.ts';
import type { Goal } from './goal.ts';

/**
 * Settles every goal that its formula decides by now.
 *
 * `goals` are in the order in which they were found, so the last ones are nearest to the edges: going backwards, most
 * chains settle in one pass; the passes go on until one of them settles nothing.
 */
export function settle(goals: readonly Goal[]): void {
  let open = goals.filter(isWaiting).reverse();
  for (let before = Number.POSITIVE_INFINITY; open.length < before; open = open.filter(isOpen)) {
    before = open.length;
    for (const goal of open) if (goal.formula !== undefined) goal.decision = evaluate(goal.formula, decisionOf);
  }
}

/** The open goals that the roots still depend on, the roots included. */
export function findRelevant(roots: readonly Goal[]): readonly Goal[] {
  const relevant = new Set(roots.filter(isOpen));
  const add = ({ goal }: GoalFormula) => {
    if (isOpen(goal)) relevant.add(goal);
  };
  for (const { formula } of relevant) if (formula !== undefined) visitGoals(formula, add);
  return [...relevant];
}

/**
 * Settles goals that wait for each other: all their edges are known, and what is open is circular.
 *
 * A circle of `or` and `and` adds nothing: its least fixpoint is the answer. A circle through `but not` can have no
 * answer at all (I am in unless I am in). The well-founded semantics (Van Gelder, Ross, Schlipf 1991) gives both:
 * `least` and `most` close in on the true values from below and from above, and a goal between the two at the end
 * has no value; it takes its least one, which is computed with the most of what is subtracted, so it fails closed.
 */
export function settleCircular(goals: readonly Goal[]): void {
  let least = new Map<Goal, Decision>(goals.map((goal) => [goal, denied]));
  let most = leastFixpoint(goals, least);
  let changed = true;
  while (changed) {
    const nextLeast = leastFixpoint(goals, most);
    const nextMost = leastFixpoint(goals, nextLeast);
    changed = !isSame(goals, least, nextLeast) || !isSame(goals, most, nextMost);
    least = nextLeast;
    most = nextMost;
  }
  for (const goal of goals) goal.decision = least.get(goal);
}

type Values = Map<Goal, Decision>;

/** Denied < undecided < allowed: starting from denied, decisions only rise, while what is subtracted stays fixed. */
function leastFixpoint(goals: readonly Goal[], subtracted: Values): Values {
  const values: Values = new Map(goals.map((goal) => [goal, denied]));
  const value = (goal: Goal) => goal.decision ?? values.get(goal);
  const subtractedValue = (goal: Goal) => goal.decision ?? subtracted.get(goal);
  let risen = true;
  while (risen) {
    risen = false;
    for (const goal of goals.toReversed()) {
      const decision = goal.formula && evaluate(goal.formula, value, subtractedValue);
      if (decision === undefined || decision.kind === values.get(goal)?.kind) continue;
      values.set(goal, decision);
      risen = true;
    }
  }
  return values;
}

function isSame(goals: readonly Goal[], left: Values, right: Values): boolean {
  return goals.every((goal) => left.get(goal)?.kind === right.get(goal)?.kind);
}

function decisionOf(goal: Goal): Decision | undefined {
  return goal.decision;
}

/** Without a formula, nothing can settle it. */
function isWaiting({ decision, formula }: Goal): boolean {
  return decision === undefined && formula !== undefined;
}

function isOpen(goal: Goal): boolean {
  return goal.decision === undefined;
}
