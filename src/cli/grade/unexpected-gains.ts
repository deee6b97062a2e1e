import { canonicalJson } from '../../base/canonical-json.ts';
import { quote } from '../../base/text-problem.ts';
import { compareModels, type ModelComparison } from '../../engine/impact/compare-models.ts';
import { ImpactBudget } from '../../engine/impact/impact-budget.ts';
import { underModel } from '../../engine/impact/with-model.ts';
import { type PreparedModel, prepareModel } from '../../engine/prepared-model.ts';
import type { Model } from '../../model/model.ts';
import { formatObjectRef } from '../../model/object-ref.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import { describeImpact } from '../../operations/models/describe-impact.ts';
import { maxImpactChecks } from '../../operations/models/model-impact.ts';
import type { Postern } from '../../operations/postern.ts';
import { prepareWorld } from '../store-file/play-world.ts';
import type { ScratchDatabase } from '../store-file/scratch-database.ts';
import type { TestCase, TestWorld } from '../store-file/test-world.ts';
import type { DraftImpact, GradeReason } from './draft-grade.ts';

/** Most pairs of somebody and an object that are looked at, for each permission and set of relationships. */
const mostPairs = 1000;

export interface ComparedDraft {
  readonly impact: DraftImpact;
  readonly reasons: readonly GradeReason[];
}

/** Who gains and loses what by the draft on the relationships of the tests, and which gains no test expects. */
export async function compareDraft(
  postern: Postern,
  scratch: ScratchDatabase,
  worlds: readonly TestWorld[],
  models: { readonly old: Model; readonly draft: Model },
): Promise<ComparedDraft> {
  const sides = { old: prepareModel(models.old), draft: prepareModel(models.draft) };
  const found: { readonly comparison: ModelComparison; readonly reasons: readonly GradeReason[] }[] = [];
  for (const group of Map.groupBy(worlds, ({ relationships }) => canonicalJson(relationships)).values()) {
    const [world] = group;
    if (world === undefined) continue;
    await scratch.empty();
    const problem = await prepareWorld(postern, world);
    if (problem !== undefined) throw new Error(problem);
    const comparison = await compareSides(postern, sides);
    found.push({ comparison, reasons: reasonsOf(comparison, group) });
  }
  return {
    impact: impactOf(found.map(({ comparison }) => comparison)),
    reasons: withoutRepetitions(found.flatMap(({ reasons }) => reasons)),
  };
}

function compareSides(
  { store }: Postern,
  { old, draft }: { readonly old: PreparedModel; readonly draft: PreparedModel },
): Promise<ModelComparison> {
  const budget = new ImpactBudget(maxImpactChecks, () => false);
  return store.reader.withSnapshot([], (snapshot) => {
    const before = underModel(snapshot, old);
    const begun = underModel(snapshot.asIfBegun(), old);
    return compareModels({ before, after: underModel(snapshot, draft), begun }, budget, mostPairs);
  });
}

function reasonsOf({ permissions, isComplete }: ModelComparison, worlds: readonly TestWorld[]): readonly GradeReason[] {
  const expected = expectationsOf(worlds.flatMap(({ cases }) => cases));
  const gains = permissions.flatMap(({ permission, gained }) =>
    gained.examples.map(({ object, subject }) => ({
      permission,
      object: formatObjectRef(object),
      subject: formatSubjectRef(subject),
    })),
  );
  const reasons = gains
    .filter(({ permission, object, subject }) => !expected(subject, permission, object))
    .map(({ permission, object, subject }): GradeReason => {
      return {
        code: 'GAIN_NOT_EXPECTED',
        message: `${quote(subject)} gains ${quote(permission)} on ${quote(object)}, and no test expects it.`,
      };
    });
  const isCut = permissions.some(({ gained }) => gained.examples.length >= mostPairs);
  const open: GradeReason = {
    code: 'NOT_COMPARED',
    message: 'Too much changes for everything to be compared. Next: take fewer relationships into the tests.',
  };
  return isCut || !isComplete ? [...reasons, open] : reasons;
}

/** Whether a test says that somebody has a permission; of everybody of a type, whether one says it of a wildcard or of anybody. */
function expectationsOf(cases: readonly TestCase[]): (subject: string, permission: string, object: string) => boolean {
  const said = new Set(cases.flatMap(pairsOf).map((pair) => canonicalJson(pair)));
  return (subject, permission, object) => said.has(canonicalJson([subject, permission, object]));
}

type Pair = readonly [subject: string, permission: string, object: string];

function pairsOf(one: TestCase): readonly Pair[] {
  if (one.kind === 'check') return one.expected === 'allowed' ? [[one.user, one.relation, one.object]] : [];
  if ('errorCode' in one.expected) return [];
  return one.kind === 'objects'
    ? one.expected.map((object): Pair => [one.user, one.relation, object])
    : one.expected.map((user): Pair => [user, one.relation, one.object]);
}

function impactOf(comparisons: readonly ModelComparison[]): DraftImpact {
  const pairs = (kind: 'gained' | 'lost') =>
    comparisons.reduce(
      (total, { permissions }) => total + permissions.reduce((sum, one) => sum + one[kind].examples.length, 0),
      0,
    );
  return {
    lines: [...new Set(comparisons.flatMap(describeImpact))].slice(0, mostLines),
    ...{ gained: pairs('gained'), lost: pairs('lost'), isComplete: comparisons.every(({ isComplete }) => isComplete) },
  };
}

const mostLines = 100;

function withoutRepetitions(reasons: readonly GradeReason[]): readonly GradeReason[] {
  return [...new Map(reasons.map((reason) => [canonicalJson(reason), reason])).values()];
}
