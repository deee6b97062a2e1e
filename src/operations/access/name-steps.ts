import { invariant } from '../../base/invariant.ts';
import { zip } from '../../base/zip.ts';
import type { Goal } from '../../engine/check/goal.ts';
import type { NodeTable } from '../../engine/check/node-table.ts';
import { explainGoal } from '../../engine/explain/explain.ts';
import type { NodeId, SearchableSnapshot } from '../../engine/ports.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import { edgesOf, type NamedStep, nameStep, nodesOf } from './explanation.ts';

/** Why a goal was decided as it was, with the names of everything that it rests on. */
export async function nameSteps(
  snapshot: SearchableSnapshot,
  subject: SubjectRef,
  goal: Goal,
  nodes: NodeTable,
): Promise<readonly NamedStep[]> {
  const steps = await explainGoal(goal, snapshot.meter);
  const names = await snapshot.readNames(nodesOf(steps));
  const edges = edgesOf(steps);
  const origins = await snapshot.readOrigins(edges);
  const originByEdge = new Map(zip(edges, origins));
  const nameOf = (node: NodeId) => {
    const name = names.get(node) ?? nodes.ownObjectOf(node);
    invariant(name !== undefined, 'a node of an explanation has a name');
    return name;
  };
  return steps.map((step) => nameStep(step, { subject, nameOf, originOf: (edge) => originByEdge.get(edge) }));
}
