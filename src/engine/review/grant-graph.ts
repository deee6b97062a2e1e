import type { Edges } from '../check/edges.ts';
import { isAdmitted } from '../check/expand.ts';
import type { Edge, EdgeSource, NodeId } from '../ports.ts';
import type { GrantPlan, GrantStage, GrantStep } from './grant-plan.ts';

/** A stage on an object. */
export interface GrantNode {
  readonly node: NodeId;
  readonly stage: GrantStage;
  /** Where its holders come from; over a relationship, or on the same object without one. */
  readonly arcs: { readonly next: GrantNode; readonly edge: Edge | undefined }[];
}

/** A role on an object, to be followed. */
export interface GrantRoot {
  readonly node: NodeId;
  readonly stage: GrantStage;
}

/**
 * Follows roles forwards to every stage of every object that their holders could be written for, all of them together
 * and level by level, without looking at single subjects. Undefined when there would be more than `limit`.
 */
export async function findGrantGraph(
  plan: GrantPlan,
  edges: Edges,
  roots: readonly GrantRoot[],
  limit: number,
): Promise<readonly GrantNode[] | undefined> {
  const graph = new GrantGraph();
  const starts = roots.map(({ node, stage }) => graph.nodeFor(node, stage));
  for (;;) {
    const level = graph.takeFound();
    if (level.length === 0) return starts;
    // Stages of the same object cost no read: they join the level that they are found in.
    for (const from of level) {
      for (const step of plan.stepsOf(from.stage)) {
        if (step.kind !== 'computed') continue;
        from.arcs.push({ next: graph.nodeFor(from.node, step.next), edge: undefined });
        level.push(...graph.takeFound());
      }
    }
    if (graph.size > limit) return undefined;
    await edges.load(demandOf(level, plan));
    for (const from of level) {
      for (const step of plan.stepsOf(from.stage)) {
        for (const edge of edgesOf(from, step, edges)) {
          if (edge.subject.kind === 'wildcard') continue;
          from.arcs.push({ next: graph.nodeFor(edge.subject.node, step.next), edge });
        }
      }
    }
    if (graph.size > limit) return undefined;
  }
}

class GrantGraph {
  size = 0;
  readonly #nodes = new Map<GrantStage, Map<NodeId, GrantNode>>();
  #found: GrantNode[] = [];

  nodeFor(node: NodeId, stage: GrantStage): GrantNode {
    const ofStage = this.#nodes.get(stage) ?? new Map<NodeId, GrantNode>();
    this.#nodes.set(stage, ofStage);
    const known = ofStage.get(node);
    if (known !== undefined) return known;
    const made: GrantNode = { node, stage, arcs: [] };
    ofStage.set(node, made);
    this.size += 1;
    this.#found.push(made);
    return made;
  }

  /** What was found since the last time. */
  takeFound(): GrantNode[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }
}

function demandOf(level: readonly GrantNode[], plan: GrantPlan) {
  const sets: EdgeSource[] = [];
  const objects: EdgeSource[] = [];
  for (const { node, stage } of level) {
    for (const step of plan.stepsOf(stage)) {
      if (step.kind === 'set') sets.push({ object: node, relation: stage.relation.name });
      if (step.kind === 'from') objects.push({ object: node, relation: step.through.name });
    }
  }
  return { direct: [], sets, objects };
}

/** The edges that the step takes; what the model does not admit counts for nothing, as in a check. */
function edgesOf({ node, stage }: GrantNode, step: GrantStep, edges: Edges): readonly Edge[] {
  const { relation } = step.next;
  if (step.kind === 'computed') return [];
  if (step.kind === 'from') {
    return edges
      .objects({ object: node, relation: step.through.name })
      .filter((edge) => edge.subject.type === relation.type && isAdmitted(step.through, edge));
  }
  return edges
    .sets({ object: node, relation: stage.relation.name })
    .filter(
      (edge) => edge.subject.type === relation.type && isSet(edge, relation.name) && isAdmitted(stage.relation, edge),
    );
}

function isSet({ subject }: Edge, relation: string): boolean {
  return subject.kind === 'set' && subject.relation === relation;
}
