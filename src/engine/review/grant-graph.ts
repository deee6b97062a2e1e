import type { Edges } from '../check/edges.ts';
import { isAdmitted } from '../check/expand.ts';
import { type WalkSteps, walkLevels } from '../check/walk-levels.ts';
import type { Edge, NodeId } from '../ports.ts';
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
  const table = new GrantNodeTable();
  const steps: WalkSteps<GrantNode> = {
    beside: (from) => {
      const steps = plan.stepsOf(from.stage).filter(({ kind }) => kind === 'computed');
      return steps.map(({ next }) => follow(from, table.at(from.node, next), undefined));
    },
    demand: ({ node, stage }, demand) => {
      for (const step of plan.stepsOf(stage)) {
        if (step.kind === 'set') demand.sets.push({ object: node, relation: stage.relation.name });
        if (step.kind === 'from') demand.objects.push({ object: node, relation: step.through.name });
      }
    },
    beyond: (from, loaded) =>
      plan.stepsOf(from.stage).flatMap((step) =>
        edgesOf(from, step, loaded).flatMap((edge) => {
          const { subject } = edge;
          return subject.kind === 'wildcard' ? [] : [follow(from, table.at(subject.node, step.next), edge)];
        }),
      ),
  };
  const starts = roots.map(({ node, stage }) => table.at(node, stage));
  return (await walkLevels(starts, steps, edges, limit)) && starts;
}

function follow(from: GrantNode, next: GrantNode, edge: Edge | undefined): GrantNode {
  from.arcs.push({ next, edge });
  return next;
}

/** The one node of each stage and object. */
class GrantNodeTable {
  readonly #nodes = new Map<GrantStage, Map<NodeId, GrantNode>>();

  at(node: NodeId, stage: GrantStage): GrantNode {
    const ofStage = this.#nodes.get(stage) ?? new Map<NodeId, GrantNode>();
    this.#nodes.set(stage, ofStage);
    const found = ofStage.get(node) ?? { node, stage, arcs: [] };
    ofStage.set(node, found);
    return found;
  }
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
