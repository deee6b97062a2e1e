import type { Check } from '../check/check.ts';
import type { Goal, Inquiry } from '../check/goal.ts';
import type { Meter } from '../meter.ts';
import type { Edge, NodeId } from '../ports.ts';
import type { ExplanationStep } from './explanation-step.ts';
import { findProofCosts, type ProofCosts } from './proof-costs.ts';
import { Reasons } from './reasons.ts';

/** A check that is allowed, and the stored relationships that carry it. */
export interface CarriedCheck {
  readonly check: Check;
  /** The node of its subject; below zero, or undefined, for one that no stored relationship names. */
  readonly subject: NodeId | undefined;
  readonly edges: readonly Edge[];
}

/**
 * What carries the checks that are allowed: of each, the way that its explanation tells. Whatever is not on it could go, and the check
 * would be allowed all the same.
 */
export async function findCarrying(goals: ReadonlyMap<Check, Goal>, meter: Meter): Promise<readonly CarriedCheck[]> {
  const costs = new Map<Inquiry, ProofCosts>();
  const carried: CarriedCheck[] = [];
  for (const [check, goal] of goals) {
    if (goal.decision?.kind !== 'allowed') continue;
    const { inquiry } = goal;
    const known = costs.get(inquiry) ?? (await findProofCosts(inquiry.found, meter));
    costs.set(inquiry, known);
    const steps: ExplanationStep[] = [];
    new Reasons(known, steps).addHolds(goal, 0);
    const edges = steps.flatMap((step) =>
      step.kind === 'relationship' && step.edge.isContextual !== true ? [step.edge] : [],
    );
    carried.push({ check, subject: inquiry.subjectNode, edges });
    const rest = meter.pause();
    if (rest !== undefined) await rest;
  }
  return carried;
}
