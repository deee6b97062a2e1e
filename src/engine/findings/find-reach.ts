import type { Arc, Model, Relation } from '../../model/model.ts';
import { defaultHopLimit } from '../check/check.ts';
import type { Source } from '../lists/find-sources.ts';
import type { NodeId, ReverseEdge, ReverseQuery, SearchableSnapshot } from '../ports.ts';

/** Twice as far as a check follows. Each level is a statement, so that a longer chain would cost one for each of its links. */
const maxDepth = 2 * defaultHopLimit;

type States = readonly [SearchableSnapshot, ...SearchableSnapshot[]];

/** Which relations are followed to. */
export type Towards = (relation: Relation) => boolean;

const anywhere: Towards = () => true;

/**
 * Every relation of every object that others may hold once what is written for the starts is another: the starts, what is computed from
 * them, and so on, backwards over the edges of any of the states, as far as `towards` says. What is subtracted is followed as well.
 * Undefined when there would be more than `limit`, or further away than checks go.
 */
export async function findReach(
  states: States,
  starts: readonly Source[],
  limit: number,
  towards: Towards = anywhere,
): Promise<readonly Source[] | undefined> {
  const { model } = states[0].prepared;
  const reached = new ReachedSources();
  let level = starts.flatMap((start) => reached.add(start));
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return undefined;
    addBeside(model, level, reached, towards);
    const beyond = await readBeyond(states, level, limit, towards);
    if (beyond === undefined) return undefined;
    level = beyond.flatMap((source) => reached.add(source));
    if (reached.size > limit) return undefined;
  }
  return reached.all;
}

/**
 * What is computed from these over one edge, backwards, in any of the states; some of it perhaps more than once. Undefined where there
 * are more than `limit` edges.
 */
export async function readBeyond(
  states: States,
  level: readonly Source[],
  limit: number,
  towards: Towards,
): Promise<readonly Source[] | undefined> {
  const { model } = states[0].prepared;
  const query = demandOf(model, level, towards);
  const found: Source[] = [];
  for (const state of query.relations.length === 0 ? [] : states) {
    const read = await state.readEdgesTo(query, limit);
    if (!read.isWhole) return undefined;
    found.push(...beyond(model, level, read.items).filter(({ relation }) => towards(relation)));
    await state.meter.pause();
  }
  return found;
}

/** Each source once, in the order in which they are found. */
export class ReachedSources {
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
function addBeside(model: Model, level: Source[], reached: ReachedSources, towards: Towards): void {
  for (const { node, relation } of level) {
    const beside = [...computedFrom(model, relation), ...takenAlong(model, relation)].filter(towards);
    for (const to of beside) level.push(...reached.add({ node, relation: to }));
  }
}

/** What is computed from a relation on the same object. */
export function computedFrom({ graph }: Model, relation: Relation): readonly Relation[] {
  return graph.outOf(relation).flatMap((arc) => (arc.kind === 'computed' ? [arc.to] : []));
}

/** What is taken along a link of this relation: what stands before `from` it. */
export function takenAlong(model: Model, through: Relation): readonly Relation[] {
  return linksOf(model).get(through) ?? [];
}

function demandOf({ graph }: Model, level: readonly Source[], towards: Towards): ReverseQuery {
  const objects = new Set<NodeId>();
  const sets: { readonly node: NodeId; readonly relation: Relation['name'] }[] = [];
  const relations = new Set<Relation['name']>();
  for (const { node, relation } of level) {
    const arcs = graph.outOf(relation).filter(({ to }) => towards(to));
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
