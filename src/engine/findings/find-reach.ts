import type { Arc, Model, Relation } from '../../model/model.ts';
import { defaultHopLimit } from '../check/check.ts';
import type { Source } from '../lists/find-sources.ts';
import type { NodeId, ReverseEdge, ReverseQuery, SearchableSnapshot } from '../ports.ts';

/** Twice as far as a check follows. Each level is a statement, so that a longer chain would cost one for each of its links. */
const maxDepth = 2 * defaultHopLimit;

/**
 * Every relation of every object that others may hold once what is written for the starts is another: the starts, what is computed from
 * them, and so on, backwards over the edges of any of the states. What is subtracted is followed as well. Undefined when there would be
 * more than `limit`, or further away than checks go.
 */
export async function findReach(
  states: readonly [SearchableSnapshot, ...SearchableSnapshot[]],
  starts: readonly Source[],
  limit: number,
): Promise<readonly Source[] | undefined> {
  const { model } = states[0].prepared;
  const reached = new Reached();
  let level = starts.flatMap((start) => reached.add(start));
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return undefined;
    addBeside(model, level, reached);
    const next: Source[] = [];
    const query = demandOf(model, level);
    for (const state of query.relations.length === 0 ? [] : states) {
      const read = await state.readEdgesTo(query, limit);
      if (!read.isWhole) return undefined;
      next.push(...beyond(model, level, read.items).flatMap((source) => reached.add(source)));
      await state.meter.pause();
    }
    if (reached.size > limit) return undefined;
    level = next;
  }
  return reached.all;
}

/** Each source once, in the order in which they are found. */
class Reached {
  readonly all: Source[] = [];
  readonly #nodes = new Map<Relation, Set<NodeId>>();

  get size(): number {
    return this.all.length;
  }

  /** The source, if it is new. */
  add(source: Source): readonly Source[] {
    const nodes = this.#nodes.get(source.relation) ?? new Set();
    this.#nodes.set(source.relation, nodes);
    if (nodes.has(source.node)) return [];
    nodes.add(source.node);
    this.all.push(source);
    return [source];
  }
}

/** What is computed on the same objects, however far; a link counts for what is taken along it. */
function addBeside(model: Model, level: Source[], reached: Reached): void {
  const links = linksOf(model);
  for (const { node, relation } of level) {
    const computed = model.graph.outOf(relation).flatMap((arc) => (arc.kind === 'computed' ? [arc.to] : []));
    for (const to of [...computed, ...(links.get(relation) ?? [])]) level.push(...reached.add({ node, relation: to }));
  }
}

function demandOf({ graph }: Model, level: readonly Source[]): ReverseQuery {
  const objects = new Set<NodeId>();
  const sets: { readonly node: NodeId; readonly relation: Relation['name'] }[] = [];
  const relations = new Set<Relation['name']>();
  for (const { node, relation } of level) {
    const arcs = graph.outOf(relation);
    for (const arc of arcs) if (arc.kind !== 'computed') relations.add(nameOf(arc));
    if (arcs.some(({ kind }) => kind === 'from')) objects.add(node);
    if (arcs.some(({ kind }) => kind === 'set')) sets.push({ node, relation: relation.name });
  }
  return { objects: [...objects], sets, wildcards: [], relations: [...relations] };
}

/** The relation of the edge that an arc goes along. */
function nameOf(arc: Arc): Relation['name'] {
  return arc.kind === 'from' ? arc.through.name : arc.to.name;
}

function beyond({ graph }: Model, level: readonly Source[], edges: readonly ReverseEdge[]): readonly Source[] {
  const at = Map.groupBy(level, ({ node }) => node);
  return edges.flatMap(({ object, objectType, relation, subject }) => {
    if (subject.kind === 'wildcard') return [];
    const named = at.get(subject.node) ?? [];
    const held = subject.kind === 'set' ? named.filter((one) => one.relation.name === subject.relation) : named;
    const kind = subject.kind === 'set' ? 'set' : 'from';
    const arcs = held.flatMap((one) => graph.outOf(one.relation)).filter((arc) => arc.kind === kind);
    return arcs
      .filter((arc) => arc.to.type === objectType && nameOf(arc) === relation)
      .map(({ to }) => ({ node: object, relation: to }));
  });
}

const links = new WeakMap<Model, ReadonlyMap<Relation, readonly Relation[]>>();

/** Of each relation that stands behind `from`: what is taken along it. */
function linksOf(model: Model): ReadonlyMap<Relation, readonly Relation[]> {
  const known = links.get(model);
  if (known !== undefined) return known;
  const found = new Map<Relation, Relation[]>();
  for (const arc of model.relations.flatMap((relation) => model.graph.into(relation))) {
    if (arc.kind === 'from') found.set(arc.through, [...(found.get(arc.through) ?? []), arc.to]);
  }
  links.set(model, found);
  return found;
}
