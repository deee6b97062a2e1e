import { findContributions } from '../../model/find-contributions.ts';
import type { Arc, Relation } from '../../model/model.ts';
import type { Edges } from '../check/edges.ts';
import type { EdgeSource, NodeId, Snapshot } from '../ports.ts';

/** A relation of an object whose subjects may hold the target. */
export interface Source {
  readonly node: NodeId;
  readonly relation: Relation;
}

/**
 * Every relation of every object from which subjects of the target on these objects could come, what is subtracted
 * included: the target followed forwards, without looking at single subjects. Undefined when there would be more than `limit`.
 */
export async function findSources(
  snapshot: Snapshot,
  edges: Edges,
  nodes: readonly NodeId[],
  target: Relation,
  limit: number,
): Promise<readonly Source[] | undefined> {
  const { contributions } = findContributions(snapshot.prepared.model, [target], 'all');
  const rules = Map.groupBy(contributions, (rule) => rule.to);
  const found = new Map<Relation, Set<NodeId>>();
  const all: Source[] = [];
  let level: Source[] = [];
  const add = (source: Source, next: Source[]) => {
    const known = found.get(source.relation) ?? new Set();
    found.set(source.relation, known);
    if (known.has(source.node)) return;
    known.add(source.node);
    all.push(source);
    next.push(source);
  };
  for (const node of nodes) add({ node, relation: target }, level);
  while (level.length > 0) {
    for (const source of level) {
      for (const rule of rules.get(source.relation) ?? []) {
        if (rule.kind === 'computed') add({ node: source.node, relation: rule.from }, level);
      }
    }
    if (all.length > limit) return undefined;
    const next: Source[] = [];
    await edges.load(demandOf(level, rules));
    for (const source of level) {
      for (const rule of rules.get(source.relation) ?? []) {
        for (const parent of parentsOf(source, rule, edges)) add({ node: parent, relation: rule.from }, next);
      }
    }
    level = next;
  }
  return all;
}

type Rules = ReadonlyMap<Relation, readonly Arc[]>;

function demandOf(level: readonly Source[], rules: Rules) {
  const sets: EdgeSource[] = [];
  const objects: EdgeSource[] = [];
  for (const { node, relation } of level) {
    for (const rule of rules.get(relation) ?? []) {
      if (rule.kind === 'set') sets.push({ object: node, relation: relation.name });
      if (rule.kind === 'from') objects.push({ object: node, relation: rule.through.name });
    }
  }
  return { direct: [], sets, objects };
}

function parentsOf({ node, relation }: Source, rule: Arc, edges: Edges): readonly NodeId[] {
  if (rule.kind === 'computed') return [];
  const found =
    rule.kind === 'set'
      ? edges.sets({ object: node, relation: relation.name })
      : edges.objects({ object: node, relation: rule.through.name });
  return found.flatMap(({ subject }) => {
    if (subject.kind === 'wildcard' || subject.type !== rule.from.type) return [];
    if (subject.kind === 'set' && subject.relation !== rule.from.name) return [];
    return [subject.node];
  });
}
