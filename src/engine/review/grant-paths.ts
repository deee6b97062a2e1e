import { invariant } from '../../base/invariant.ts';
import type { Edge, EdgeOrigin, NodeId } from '../ports.ts';
import type { GrantSource } from './grant-entry.ts';
import type { GrantNode } from './grant-graph.ts';

/** A path from a role on an object to a relation that subjects are written for. */
export interface GrantPath {
  readonly to: GrantNode;
  /** The relationships of the path, the one on the reviewed object first. */
  readonly edges: readonly Edge[];
  /** When the last of them begins; undefined when none has a beginning. */
  readonly start: Date | undefined;
  /** When the last of all paths to there ends, be it this one or one that is still to begin; undefined when one does not. */
  readonly lastEnd: Date | undefined;
}

/**
 * The paths from a role to every relation that it can come from: to each one that has begun before one that is still to begin,
 * of those the one that ends last, then one that begins first, then one with the fewest relationships. In a stable order:
 * what is written on the object itself comes first.
 */
export function findPaths(start: GrantNode, now: Date, originOf: (edge: Edge) => EdgeOrigin): readonly GrantPath[] {
  const all = reach(start, originOf, () => true);
  const isToCome = [...all.values()].some((reached) => reached.start > now.getTime());
  // What ends last may be still to begin, and hide what gives the role now.
  const begun = isToCome ? reach(start, originOf, ({ startsAt }) => startsAt === undefined || startsAt <= now) : all;
  return sourcesOf([...all.keys()].filter(({ stage }) => stage.isWritten))
    .map((nodes) => ({ last: bestOf(all, nodes), first: bestOf(begun, nodes) }))
    .flatMap(({ last, first = last }) => (last && first ? [{ last, first }] : []))
    .toSorted((left, right) => compareSources(start.node, sourceOf(left.last), sourceOf(right.last)))
    .map(({ last, first }) => ({
      to: first.node,
      edges: edgesOf(first),
      start: dateOf(first.start),
      lastEnd: dateOf(last.end),
    }));
}

/** The best way to every node over relationships that are taken. */
function reach(
  start: GrantNode,
  originOf: (edge: Edge) => EdgeOrigin,
  isTaken: (origin: EdgeOrigin) => boolean,
): ReadonlyMap<GrantNode, Reached> {
  const open = [start];
  const best = new Map<GrantNode, Reached>([
    [start, { node: start, before: undefined, edge: undefined, ...always, length: 0 }],
  ]);
  for (const node of open) {
    const here = best.get(node);
    invariant(here !== undefined, 'a path has a start');
    for (const { next, edge } of node.arcs) {
      const origin = edge && originOf(edge);
      if (origin !== undefined && !isTaken(origin)) continue;
      const length = here.length + (edge === undefined ? 0 : 1);
      const reached = { node: next, before: here, edge, ...timesAfter(here, origin), length };
      if (!isBetter(reached, best.get(next))) continue;
      best.set(next, reached);
      open.push(next);
    }
  }
  return best;
}

/** A node, and how it was reached; never changed, so that a path stays whole when a better one is found. */
interface Reached {
  readonly node: GrantNode;
  readonly before: Reached | undefined;
  readonly edge: Edge | undefined;
  readonly start: number;
  readonly end: number;
  readonly length: number;
}

function isBetter(one: Reached, than: Reached | undefined): boolean {
  if (than === undefined || one.end !== than.end) return than === undefined || one.end > than.end;
  return one.start === than.start ? one.length < than.length : one.start < than.start;
}

/** One relation of one object may be reached as two stages. */
function sourcesOf(nodes: readonly GrantNode[]): readonly (readonly GrantNode[])[] {
  const ofObjects = [...Map.groupBy(nodes, ({ node }) => node).values()];
  return ofObjects.flatMap((of) => [...Map.groupBy(of, ({ stage }) => stage.relation).values()]);
}

function bestOf(reached: ReadonlyMap<GrantNode, Reached>, nodes: readonly GrantNode[]): Reached | undefined {
  const ways = nodes.flatMap((node) => reached.get(node) ?? []);
  return ways.length === 0 ? undefined : ways.reduce((best, one) => (isBetter(one, best) ? one : best));
}

/** The order of the relations that holders are written for: those of the object itself first. */
export function compareSources(own: NodeId, left: GrantSource, right: GrantSource): number {
  if (left.node !== right.node) {
    if (left.node === own || right.node === own) return left.node === own ? -1 : 1;
    return left.node - right.node;
  }
  return compareText(left.relation, right.relation);
}

export function compareText(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function sourceOf({ node: { node, stage } }: Reached): GrantSource {
  return { node, relation: stage.relation.name };
}

function edgesOf(reached: Reached): readonly Edge[] {
  const edges: Edge[] = [];
  for (let at: Reached | undefined = reached; at !== undefined; at = at.before) if (at.edge) edges.unshift(at.edge);
  return edges;
}

const always = { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY };

/** When a path begins and ends that goes on over one more relationship. */
function timesAfter({ start, end }: Reached, origin: EdgeOrigin | undefined): Pick<Reached, 'start' | 'end'> {
  return {
    start: Math.max(start, origin?.startsAt?.getTime() ?? always.start),
    end: Math.min(end, origin?.expiresAt?.getTime() ?? always.end),
  };
}

function dateOf(end: number): Date | undefined {
  return Number.isFinite(end) ? new Date(end) : undefined;
}
