import type { Model } from '../model/model.ts';
import { type ModelDescriptions, noDescriptions } from '../model/model-descriptions.ts';
import { findReachableSubjects, type ReachableSubjects } from '../model/reachable-subjects.ts';
import { RelationPlans } from './relation-plan.ts';

/** A model, with what the engine finds out about it once. */
export interface PreparedModel {
  readonly model: Model;
  readonly reachable: ReachableSubjects;
  readonly plans: RelationPlans;
  /** Its number in the store; undefined for one that is in none. */
  readonly id: number | undefined;
  /** What its text says to people; nothing decides by it. */
  readonly descriptions: ModelDescriptions;
}

export function prepareModel(
  model: Model,
  { id, descriptions = noDescriptions }: Partial<Pick<PreparedModel, 'id' | 'descriptions'>> = {},
): PreparedModel {
  const reachable = findReachableSubjects(model);
  return { model, reachable, plans: new RelationPlans(model, reachable), id, descriptions };
}
