import type { Relation } from '../../model/model.ts';
import { currentTimeParameter } from '../../model/runtime-parameters.ts';
import { conditionHolds, isAdmitted } from '../check/expand.ts';
import type { Edge, Snapshot } from '../ports.ts';

/** Whether a relationship counts now for a relation of the model; undefined when its condition cannot be evaluated. */
export function countsNow(
  { prepared, now }: Pick<Snapshot, 'prepared' | 'now'>,
  relation: Relation | undefined,
  edge: Edge,
): boolean | undefined {
  if (relation === undefined || !isAdmitted(relation, edge)) return false;
  const holds = conditionHolds(prepared.model, new Map([[currentTimeParameter, now.toISOString()]]), edge);
  return holds.ok ? holds.value : undefined;
}
