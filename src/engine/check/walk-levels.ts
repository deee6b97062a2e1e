import { type Meter, pauseEvery } from '../meter.ts';
import type { EdgeDemand, Edges } from './edges.ts';

/** How members lead to each other, be they goals, or relations of objects; the same member is the same object. */
export interface LevelSteps<Member> {
  /** What it is computed from on the same object. */
  readonly beside: (member: Member) => Iterable<Member>;
  /** Adds the edges that say where it leads to. */
  readonly demand: (member: Member, demand: EdgeDemand) => void;
}

export interface Level<Member> {
  readonly members: ReadonlySet<Member>;
  readonly demand: EdgeDemand;
}

/**
 * One level: the members of a frontier, and what is beside them, which costs no read. One read brings what all of them
 * demand.
 */
export async function gatherLevel<Member>(
  frontier: Iterable<Member>,
  { beside, demand: demandOf }: LevelSteps<Member>,
  meter: Meter,
): Promise<Level<Member>> {
  const members = new Set(frontier);
  const demand: EdgeDemand = { direct: [], sets: [], objects: [] };
  let looked = 0;
  for (const member of members) {
    for (const other of beside(member)) members.add(other);
    demandOf(member, demand);
    looked += 1;
    const pause = looked % pauseEvery === 0 ? meter.pause() : undefined;
    if (pause !== undefined) await pause;
  }
  return { members, demand };
}

export interface WalkSteps<Member> extends LevelSteps<Member> {
  /** Where the edges that were demanded lead to. */
  readonly beyond: (member: Member, edges: Edges) => Iterable<Member>;
}

/**
 * Everything that members lead to, in the order in which it is found: level by level, with one read for each. Undefined when
 * there would be more than `limit`.
 */
export async function walkLevels<Member>(
  starts: Iterable<Member>,
  steps: WalkSteps<Member>,
  edges: Edges,
  limit: number,
): Promise<ReadonlySet<Member> | undefined> {
  const found = new Set<Member>();
  const isNew = (member: Member) => !found.has(member);
  const beside = (member: Member) => [...steps.beside(member)].filter(isNew);
  let frontier = new Set(starts);
  while (frontier.size > 0) {
    const { members, demand } = await gatherLevel(frontier, { beside, demand: steps.demand }, edges.meter);
    for (const member of members) found.add(member);
    if (found.size > limit) return undefined;
    await edges.load(demand);
    frontier = new Set();
    for (const member of members) for (const next of steps.beyond(member, edges)) if (isNew(next)) frontier.add(next);
    if (found.size + frontier.size > limit) return undefined;
  }
  return found;
}
