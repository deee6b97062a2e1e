import { zip } from '../../base/zip.ts';
import type { Decision } from '../../model/decision.ts';
import type { Relation } from '../../model/model.ts';
import { emptyContext } from '../../model/relationship.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import { type Check, checkAllInSnapshot } from '../check/check.ts';
import { TooComplex } from '../meter.ts';
import type { NamedNode, Snapshot } from '../ports.ts';
import type { ComparedDecision } from './access-differences.ts';
import { affectedPermissions } from './compare-access.ts';
import type { TwoStates } from './compare-each.ts';
import type { ImpactBudget } from './impact-budget.ts';

export interface SubjectComparison {
  readonly decisions: readonly ComparedDecision[];
  /** False when the budget ended before everything was asked. */
  readonly isComplete: boolean;
}

const checksPerSlice = 1000;

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

type Question = Omit<ComparedDecision, 'before' | 'after'>;

async function decideBoth({ before, after }: TwoStates, questions: readonly Question[]) {
  const checks = questions.map(({ subject, object, permission }): Check => {
    return { subject, relation: permission.name, object: object.object, context: emptyContext };
  });
  try {
    return zip(await decide(before, checks), await decide(after, checks));
  } catch (error) {
    if (error instanceof TooComplex) return undefined;
    throw error;
  }
}

async function decide(snapshot: Snapshot, checks: readonly Check[]): Promise<readonly Decision[]> {
  return (await checkAllInSnapshot(snapshot, { checks, contextual: [] })).decisions;
}

function typesOf(objects: readonly NamedNode[]) {
  return new Set(objects.map(({ object }) => object.type));
}
