import { undecided } from '../model/decision.ts';
import { problem } from '../model/problem.ts';
import type { EdgeDemand, Edges } from './edges.ts';
import { demandEdges, makeFormula, siblingsOf } from './expand.ts';
import { visitGoals } from './formula.ts';
import type { Goal } from './goal.ts';
import type { Meter } from './meter.ts';
import { findRelevant, settle, settleCircular } from './settle.ts';

/**
 * Expands what the roots depend on, one level per read, until all of them are settled.
 *
 * Goals that nobody waits for any more are left as they are, so a check that is decided early reads no further.
 */
export async function explore(roots: readonly Goal[], edges: Edges, hopLimit: number, meter: Meter): Promise<void> {
  for (;;) {
    const relevant = findRelevant(roots);
    meter.charge(relevant.length);
    const frontier = relevant.filter(({ formula }) => formula === undefined);
    if (frontier.length === 0) return settleCircular(relevant);
    const near = frontier.filter(({ hops }) => hops < hopLimit);
    for (const goal of frontier) if (goal.hops >= hopLimit) goal.decision = tooComplex(hopLimit);
    if (near.length > 0) await expandLevel(near, edges);
    // Goals of different inquiries do not depend on each other: nothing has changed where nothing was open.
    for (const { found } of new Set(frontier.map(({ inquiry }) => inquiry))) settle(found);
  }
}

async function expandLevel(frontier: readonly Goal[], edges: Edges): Promise<void> {
  const level = new Set(frontier);
  for (const goal of level) {
    for (const sibling of siblingsOf(goal)) {
      if (sibling.formula === undefined && sibling.decision === undefined) level.add(sibling);
    }
  }
  const demand: EdgeDemand = { direct: [], sets: [], objects: [] };
  for (const goal of level) demandEdges(goal, demand);
  await edges.load(demand);
  for (const goal of level) goal.formula = makeFormula(goal, edges);
}

function tooComplex(hopLimit: number) {
  const message = `The question needs relationships that are ${hopLimit} or more objects away.`;
  return undecided(problem('RESOLUTION_TOO_COMPLEX', message));
}

/**
 * The hops of the longest way down from a goal over all that was expanded; Infinity for a circle, or when the way is
 * too long to be followed. `known` keeps what was computed.
 */
export function longestPath(goal: Goal, known: Map<Goal, number>, steps = 0): number {
  const before = known.get(goal);
  if (before !== undefined) return before;
  if (steps > maxSteps) return Number.POSITIVE_INFINITY;
  // Whoever comes back here before the answer is known has found a circle.
  known.set(goal, Number.POSITIVE_INFINITY);
  let longest = 0;
  if (goal.formula !== undefined) {
    visitGoals(goal.formula, (part) => {
      longest = Math.max(longest, part.hops + longestPath(part.goal, known, steps + 1));
    });
  }
  known.set(goal, longest);
  return longest;
}

const maxSteps = 1000;
