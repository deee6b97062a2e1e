import { invariant } from '../../base/invariant.ts';
import type { Edge, EdgeOrigin, NodeId } from '../ports.ts';
import type { GrantSource } from './grant-entry.ts';
import type { GrantNode } from './grant-graph.ts';

/** A path from a role on an object to a relation that subjects are written for. */
export interface GrantPath {
  readonly to: GrantNode;
  /** The relationships of the path, the one on the reviewed object first. */
  readonly edges: readonly Edge[];
  /** When the first of them ends; undefined when none does. */
  readonly end: Date | undefined;
  /** When the last of them begins; undefined when none has a beginning. */
  readonly start: Date | undefined;
}

/**
 * The paths from a role to every relation that it can come from: to each the one that ends last, of those one that begins
 * first, and of those one with the fewest relationships. In a stable order: what is written on the object itself comes first.
 */
export function findPaths(start: GrantNode, originOf: (edge: Edge) => EdgeOrigin): readonly GrantPath[] {
  const best = new Map<GrantNode, Reached>();
  const open = [start];
  best.set(start, { node: start, before: undefined, edge: undefined, ...always, length: 0 });
  for (const node of open) {
    const here = best.get(node);
    invariant(here !== undefined, 'a path has a start');
    for (const { next, edge } of node.arcs) {
      const reached = {
        node: next,
        before: here,
        edge,
        ...timesAfter(here, edge && originOf(edge)),
        length: here.length + (edge === undefined ? 0 : 1),
      };
      if (!isBetter(reached, best.get(next))) continue;
      best.set(next, reached);
      open.push(next);
    }
  }
  return withoutDoubles([...best.values()].filter(({ node }) => node.stage.isWritten))
    .toSorted((left, right) => compareSources(start.node, sourceOf(left), sourceOf(right)))
    .map((reached) => ({
      to: reached.node,
      edges: edgesOf(reached),
      end: dateOf(reached.end),
      start: dateOf(reached.start),
    }));
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
function withoutDoubles(all: readonly Reached[]): readonly Reached[] {
  const kept: Reached[] = [];
  for (const ofNode of Map.groupBy(all, ({ node }) => node.node).values()) {
    for (const same of Map.groupBy(ofNode, ({ node }) => node.stage.relation).values()) {
      kept.push(same.reduce((best, one) => (isBetter(one, best) ? one : best)));
    }
  }
  return kept;
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
