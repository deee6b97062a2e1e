import { assertNever } from '../../base/assert-never.ts';
import type { Decision } from '../../model/decision.ts';
import type { Relation } from '../../model/model.ts';
import type { Problem } from '../../model/problem.ts';
import { evaluate, type Formula, type ViaFormula } from '../check/formula.ts';
import type { Goal } from '../check/goal.ts';
import type { Meter } from '../meter.ts';
import type { Edge, NodeId } from '../ports.ts';
import { findProofCosts, formulaCost, type ProofCosts } from './proof-costs.ts';

/** One line of an explanation; `depth` says how far it stands below what it explains. */
export type ExplanationStep = {
  readonly depth: number;
} /** The subject holds the relation on the node, for the reasons below. */ & (
  | { readonly kind: 'holds'; readonly node: NodeId; readonly relation: Relation }
  /** It holds it because it is that subject set itself. */
  | { readonly kind: 'self' }
  /** A relationship that leads on. */
  | { readonly kind: 'relationship'; readonly edge: Edge }
  /** Nothing that would take it away holds. */
  | { readonly kind: 'notExcluded' }
  /** It would hold, but for what is below, which takes it away. */
  | { readonly kind: 'excluded'; readonly node: NodeId; readonly relation: Relation }
  /** A relationship whose condition does not hold. */
  | { readonly kind: 'unmet'; readonly edge: Edge }
  /** A relationship whose condition could not be evaluated, or another reason for being undecided. */
  | { readonly kind: 'undecided'; readonly edge: Edge | undefined; readonly problem: Problem }
);

/**
 * Why a goal was decided as it was, read from the formulas that decided it.
 *
 * For an allowed goal: the way that uses the fewest relationships. For any other: what stands in its way, as far as anything
 * does; most denials have no reason but that nothing leads to the object.
 */
export async function explainGoal(goal: Goal, meter: Meter): Promise<readonly ExplanationStep[]> {
  const steps: ExplanationStep[] = [];
  const proofs = { cost: await findProofCosts(goal.inquiry.found, meter), told: new Set<Goal>() };
  if (goal.decision?.kind === 'allowed') addHolds(goal, 0, proofs, steps);
  else addObstacles(goal, proofs, steps);
  return steps;
}

interface Proofs {
  readonly cost: ProofCosts;
  /** Goals whose reasons stand further up; they are told once, or they would double with every `and`. */
  readonly told: Set<Goal>;
}

function addHolds(goal: Goal, depth: number, proofs: Proofs, steps: ExplanationStep[]): void {
  steps.push({ depth, kind: 'holds', node: goal.object, relation: goal.relation });
  if (goal.formula === undefined || proofs.told.has(goal)) return;
  proofs.told.add(goal);
  addReasons(goal.formula, depth + 1, proofs, steps);
}

function addReasons(formula: Formula, depth: number, proofs: Proofs, steps: ExplanationStep[]): void {
  switch (formula.kind) {
    case 'decision':
      if (depth > 0 && steps.at(-1)?.kind === 'holds') steps.push({ depth, kind: 'self' });
      return;
    case 'goal':
      addHolds(formula.goal, depth, proofs, steps);
      return;
    case 'via':
      steps.push({ depth, kind: 'relationship', edge: formula.edge });
      if (formula.formula.kind !== 'decision') addReasons(formula.formula, depth, proofs, steps);
      return;
    case 'union': {
      const cheapest = cheapestOf(formula.operands, proofs.cost);
      if (cheapest !== undefined) addReasons(cheapest, depth, proofs, steps);
      return;
    }
    case 'intersection':
      for (const operand of formula.operands) addReasons(operand, depth, proofs, steps);
      return;
    case 'exclusion':
      addReasons(formula.base, depth, proofs, steps);
      steps.push({ depth, kind: 'notExcluded' });
      return;
    default:
      assertNever(formula);
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

/**
 * What stands in the way of a goal that is not allowed: exclusions that apply, and conditions that do not hold. In the order of
 * the formulas, each goal once; without recursion, because goals can follow each other through a whole ring of sets.
 */
function addObstacles(goal: Goal, proofs: Proofs, steps: ExplanationStep[]): void {
  const seen = new Set<Goal>();
  const open: OpenFormula[] = [{ goal, formula: { kind: 'goal', goal, hops: 0 } }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const next = obstaclesBelow(at, proofs, seen, steps);
    for (const formula of next.toReversed()) {
      open.push({ goal: formula.kind === 'goal' ? formula.goal : at.goal, formula });
    }
  }
}

/** A part of a goal's formula that is still to be looked at. */
interface OpenFormula {
  readonly goal: Goal;
  readonly formula: Formula;
}

/** Adds what stands in the way right here, and returns where to go on. */
function obstaclesBelow(
  { goal, formula }: OpenFormula,
  proofs: Proofs,
  seen: Set<Goal>,
  steps: ExplanationStep[],
): readonly Formula[] {
  switch (formula.kind) {
    case 'decision':
      if (formula.decision.kind === 'undecided') {
        steps.push({ depth: 0, kind: 'undecided', edge: undefined, problem: formula.decision.problem });
      }
      return [];
    case 'goal':
      if (seen.has(formula.goal) || formula.goal.formula === undefined) return [];
      seen.add(formula.goal);
      return [formula.goal.formula];
    case 'via':
      return obstaclesBehindEdge(formula, steps);
    case 'union':
    case 'intersection':
      return formula.operands;
    case 'exclusion':
      return excludedBelow(goal, formula, proofs, steps);
    default:
      return assertNever(formula);
  }
}

function excludedBelow(
  goal: Goal,
  { base, subtracted }: Extract<Formula, { kind: 'exclusion' }>,
  proofs: Proofs,
  steps: ExplanationStep[],
): readonly Formula[] {
  const taken = decisionOf(subtracted)?.kind;
  if (taken === 'allowed' && decisionOf(base)?.kind === 'allowed') {
    steps.push({ depth: 0, kind: 'excluded', node: goal.object, relation: goal.relation });
    addReasons(subtracted, 1, proofs, steps);
    return [];
  }
  return taken === 'undecided' ? [base, subtracted] : [base];
}

function obstaclesBehindEdge({ edge, formula }: ViaFormula, steps: ExplanationStep[]): readonly Formula[] {
  if (formula.kind === 'intersection') {
    // The condition, which has no answer, and what is behind it; where that is a no, the condition is no question.
    const isDenied = decisionOf(formula)?.kind === 'denied';
    const parts = formula.operands.filter(({ kind }) => kind !== 'decision' || !isDenied);
    return parts.map((part) => ({ kind: 'via', edge, formula: part }));
  }
  if (formula.kind !== 'decision') return [formula];
  const { decision } = formula;
  if (decision.kind === 'undecided') steps.push({ depth: 0, kind: 'undecided', edge, problem: decision.problem });
  else if (decision.kind === 'denied' && edge.condition !== undefined) steps.push({ depth: 0, kind: 'unmet', edge });
  return [];
}

function decisionOf(formula: Formula): Decision | undefined {
  return evaluate(formula, (goal) => goal.decision);
}

/** A role on a node that was looked at, which a subject of this type could be given without a condition. */
export interface RoleCandidate {
  readonly node: NodeId;
  readonly relation: Relation;
}

/** The roles that were missing on the way to a goal; whether one of them would be enough is for a check to say. */
export function findMissingRoles(goal: Goal): readonly RoleCandidate[] {
  const { subject, found } = goal.inquiry;
  if (subject.kind !== 'object') return [];
  const { type } = subject.object;
  return found.flatMap(({ object, relation, decision }) => {
    if (decision?.kind === 'allowed') return [];
    const isAssignable = relation.restrictions.some(
      (restriction) =>
        restriction.kind === 'object' && restriction.type === type && restriction.condition === undefined,
    );
    return isAssignable ? [{ node: object, relation }] : [];
  });
}
