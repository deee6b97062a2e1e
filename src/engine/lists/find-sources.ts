import { findContributions } from '../../model/find-contributions.ts';
import type { Arc, Relation } from '../../model/model.ts';
import type { Edges } from '../check/edges.ts';
import { type WalkSteps, walkLevels } from '../check/walk-levels.ts';
import type { NodeId, Snapshot } from '../ports.ts';

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
  const known = new KnownSources();
  const steps: WalkSteps<Source> = {
    beside: ({ node, relation }) =>
      (rules.get(relation) ?? []).flatMap(({ kind, from }) => (kind === 'computed' ? [known.at(node, from)] : [])),
    demand: ({ node, relation }, demand) => {
      for (const rule of rules.get(relation) ?? []) {
        if (rule.kind === 'set') demand.sets.push({ object: node, relation: relation.name });
        if (rule.kind === 'from') demand.objects.push({ object: node, relation: rule.through.name });
      }
    },
    beyond: (source, loaded) =>
      (rules.get(source.relation) ?? []).flatMap((rule) =>
        parentsOf(source, rule, loaded).map((parent) => known.at(parent, rule.from)),
      ),
  };
  const starts = nodes.map((node) => known.at(node, target));
  const found = await walkLevels(starts, steps, edges, limit);
  return found && [...found];
}

/** The one source of each relation and node. */
class KnownSources {
  readonly #sources = new Map<Relation, Map<NodeId, Source>>();

  at(node: NodeId, relation: Relation): Source {
    const ofRelation = this.#sources.get(relation) ?? new Map<NodeId, Source>();
    this.#sources.set(relation, ofRelation);
    const source = ofRelation.get(node) ?? { node, relation };
    ofRelation.set(node, source);
    return source;
  }
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
