import { denied, undecided } from '../../model/decision.ts';
import { problem } from '../../model/problem.ts';
import type { Meter } from '../meter.ts';
import type { Edges } from './edges.ts';
import { demandEdges, findManyOperands, makeFormula, siblingsOf } from './expand.ts';
import { visitGoals } from './formula.ts';
import type { Goal, GoalFormula } from './goal.ts';
import { settleCircular } from './settle-circular.ts';
import { Settling } from './settling.ts';
import { gatherLevel, type LevelSteps } from './walk-levels.ts';

/**
 * Expands what the roots depend on, one level per read, until all of them are settled.
 *
 * Goals that nobody waits for any more are left as they are, so a check that is decided early reads no further. Returns those
 * that were settled as parts of circles.
 */
export async function explore(
  roots: readonly Goal[],
  edges: Edges,
  hopLimit: number,
  meter: Meter,
): Promise<readonly Goal[]> {
  const settling = new Settling(meter);
  for (;;) {
    const relevant = await findRelevant(roots, meter);
    const frontier = relevant.filter(({ formula }) => formula === undefined);
    if (frontier.length === 0) {
      await settleCircular(relevant, meter);
      return relevant;
    }
    const near = frontier.filter(({ hops }) => hops < hopLimit);
    const far = frontier.filter(({ hops }) => hops >= hopLimit);
    if (far.length > 0) await decideFar(far, edges, settling, hopLimit);
    if (near.length > 0) await expandLevel(near, edges, settling, meter);
    await settling.spread();
  }
}

/**
 * Expands what a decision did not need: where a "no" was clear early, what is behind it was never read. It changes no decision, and
 * explanations would say without it that there is nothing.
 */
export async function exploreRest(root: Goal, edges: Edges, hopLimit: number, meter: Meter): Promise<void> {
  for (;;) {
    const open = (await findBelow(root, meter)).filter(isOpen);
    if (open.length === 0) return;
    await explore(open, edges, hopLimit, meter);
  }
}

/** All goals that a goal's formula is made of, however far away, decided or not. */
async function findBelow(root: Goal, meter: Meter): Promise<readonly Goal[]> {
  const found = new Set([root]);
  for (const { formula } of found) {
    if (formula !== undefined) visitGoals(formula, ({ goal }) => void found.add(goal));
    meter.charge(1);
    const pause = meter.pause();
    if (pause !== undefined) await pause;
  }
  return [...found];
}

/** The open goals that the roots still depend on, the roots included. */
async function findRelevant(roots: readonly Goal[], meter: Meter): Promise<readonly Goal[]> {
  const relevant = new Set(roots.filter(isOpen));
  let visited = 0;
  const add = ({ goal }: GoalFormula) => {
    visited += 1;
    if (isOpen(goal)) relevant.add(goal);
  };
  for (const { formula } of relevant) {
    if (formula === undefined) continue;
    visitGoals(formula, add);
    if (visited < visitsPerCharge) continue;
    meter.charge(visited);
    visited = 0;
    const pause = meter.pause();
    if (pause !== undefined) await pause;
  }
  meter.charge(visited);
  return [...relevant];
}

const visitsPerCharge = 200;

function isOpen({ decision }: Goal): boolean {
  return decision === undefined;
}

async function expandLevel(frontier: readonly Goal[], edges: Edges, settling: Settling, meter: Meter): Promise<void> {
  const { members: level, demand } = await gatherLevel(frontier, levelSteps, meter);
  await edges.load(demand);
  for (const goal of level) {
    const many = edges.hasMany ? findManyOperands(goal, edges, meter) : undefined;
    settling.give(goal, makeFormula(goal, edges, many && (await many)));
    const pause = settling.pause();
    if (pause !== undefined) await pause;
  }
}

const levelSteps: LevelSteps<Goal> = {
  beside: (goal) => siblingsOf(goal).filter(({ formula, decision }) => formula === undefined && decision === undefined),
  demand: demandEdges,
};

/**
 * Goals that are too far away to be looked for. Whatever is written, what the subject cannot be led to by any edges is denied: that
 * something far away is nobody's business of the subject must not leave its question without an answer. Only where edges do lead
 * from the subject to a goal is it too complex to say what they give.
 */
async function decideFar(goals: readonly Goal[], edges: Edges, settling: Settling, hopLimit: number): Promise<void> {
  for (const [inquiry, ofInquiry] of Map.groupBy(goals, (goal) => goal.inquiry)) {
    for (const [relation, some] of Map.groupBy(ofInquiry, (goal) => goal.relation)) {
      const { subject, subjectNode } = inquiry;
      // Of everybody there may be no answer where nothing leads to: see `unclear`.
      const held = subject.kind === 'wildcard' ? undefined : await edges.findHeldBy(subject, subjectNode, relation);
      for (const goal of some) settling.decide(goal, held?.has(goal.object) === false ? denied : tooComplex(hopLimit));
    }
  }
}

function tooComplex(hopLimit: number) {
  const message = `The question needs relationships that are ${hopLimit} or more objects away.`;
  return undecided(problem('RESOLUTION_TOO_COMPLEX', message));
}
