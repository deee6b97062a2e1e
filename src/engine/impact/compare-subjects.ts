import { zip } from '../../base/zip.ts';
import type { Relation } from '../../model/model.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import type { NamedNode } from '../ports.ts';
import type { ComparedDecision } from './access-differences.ts';
import { affectedPermissions } from './compare-access.ts';
import type { TwoStates } from './compare-each.ts';
import { checksPerSlice, decideBoth } from './decide-both.ts';
import type { ImpactBudget } from './impact-budget.ts';

export interface SubjectComparison {
  readonly decisions: readonly ComparedDecision[];
  /** False when the budget ended before everything was asked. */
  readonly isComplete: boolean;
}

/** The permissions of these very subjects on these objects that a write of these relations can change; subject by subject. */
export async function compareSubjects(
  states: TwoStates,
  subjects: readonly SubjectRef[],
  objects: readonly NamedNode[],
  written: ReadonlySet<Relation>,
  budget: ImpactBudget,
): Promise<SubjectComparison> {
  const { model } = states.before.prepared;
  const ofType = Map.groupBy(affectedPermissions(model, typesOf(objects), written), ({ type }) => type);
  const questions = subjects.flatMap((subject) =>
    objects.flatMap((object) =>
      (ofType.get(object.object.type) ?? []).map((permission) => ({ subject, object, permission })),
    ),
  );
  const decisions: ComparedDecision[] = [];
  for (let start = 0; start < questions.length; start += checksPerSlice) {
    const slice = questions.slice(start, start + checksPerSlice);
    if (!budget.spend(2 * slice.length)) return { decisions, isComplete: false };
    const decided = await decideBoth(states, slice);
    if (decided === undefined) return { decisions, isComplete: false };
    for (const [question, [before, after]] of zip(slice, decided)) decisions.push({ ...question, before, after });
  }
  return { decisions, isComplete: true };
}

function typesOf(objects: readonly NamedNode[]) {
  return new Set(objects.map(({ object }) => object.type));
}
