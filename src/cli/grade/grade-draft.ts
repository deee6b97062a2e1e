import { quote } from '../../base/text-problem.ts';
import { diffModels, formatModelChange, type ModelDiff } from '../../model/diff-models.ts';
import { formatModelProblem, type ModelSource } from '../../model/model-source.ts';
import { mutateModel } from '../../model/mutate-model.ts';
import { isPermissionName } from '../../model/names.ts';
import { type ParsedModel, parseModel } from '../../model/parse-model.ts';
import { readDefinitions } from '../../model/read-definitions.ts';
import type { UnlinkedModel } from '../../model/unlinked-model.ts';
import type { Postern } from '../../operations/postern.ts';
import { readModelFile } from '../read-model-file.ts';
import { percentOf, survivorsAmong } from '../store-file/mutation-score.ts';
import type { CaseResult } from '../store-file/play-world.ts';
import { isInvariantFile, readTestFiles } from '../store-file/read-test-files.ts';
import type { ScratchDatabase } from '../store-file/scratch-database.ts';
import { playEach } from '../store-file/test-command.ts';
import type { TestWorld } from '../store-file/test-world.ts';
import type { DraftGrade, DraftScore, GradeCode, GradeReason, PlayedCount } from './draft-grade.ts';
import { draftVariants } from './draft-variants.ts';
import { lostDeclarations } from './lost-declarations.ts';
import { type ComparedDraft, compareDraft } from './unexpected-gains.ts';

export interface GradeOptions {
  /** Files of models. */
  readonly old: string;
  readonly draft: string;
  /** Files of tests and invariants; whatever model they name, they are asked of the draft. */
  readonly tests: readonly string[];
  /** The least percentage of mistakes that give more that the tests must notice. */
  readonly minimumPercent: number;
  /** Lends a database that nobody else uses. */
  readonly onDatabase: <Value>(run: OnDatabase<Value>) => Promise<Value>;
}

type OnDatabase<Value> = (postern: Postern, scratch: ScratchDatabase) => Promise<Value>;

/** What can be said of the draft of a model without anybody's judgement; throws a sentence where the old model is none. */
export async function gradeDraft(options: GradeOptions): Promise<DraftGrade> {
  const old = parseModel(await readModelFile(options.old));
  if (!old.ok)
    throw new Error(`The model ${quote(options.old)} is not valid.\n${old.problem.map(formatModelProblem).join('\n')}`);
  const source = await readModelFile(options.draft);
  const draft = parseModel(source);
  if (!draft.ok) return invalidDraft(draft.problem.map(formatModelProblem));
  const diff = diffModels(old.value.model, draft.value.model);
  const known = {
    ...nothing,
    changes: diff.map(formatModelChange),
    declarations: { lost: lostDeclarations(old.value.model, draft.value.model) },
  };
  const read = await readTests(options.tests, source);
  if ('problem' in read) return gradeOf(known, [reason('TESTS_NOT_READ', read.problem)]);
  return options.onDatabase((postern, scratch) =>
    gradeOn(
      {
        postern,
        scratch,
        worlds: read.worlds,
        old: old.value,
        draft: draft.value,
        diff,
        minimumPercent: options.minimumPercent,
      },
      known,
    ),
  );
}

/** Everything that a valid draft is judged by. */
interface Judged {
  readonly postern: Postern;
  readonly scratch: ScratchDatabase;
  readonly worlds: readonly TestWorld[];
  readonly old: ParsedModel;
  readonly draft: ParsedModel;
  readonly diff: ModelDiff;
  readonly minimumPercent: number;
}

type Known = Omit<DraftGrade, 'verdict' | 'reasons'>;

const nothing: Known = {
  validates: { valid: true, problems: [] },
  ...{ tests: { asked: 0, failed: 0, failures: [] }, invariants: { asked: 0, failed: 0, failures: [] } },
  ...{ declarations: { lost: [] }, mutationScore: undefined, impact: undefined, changes: [] },
};

async function gradeOn(judged: Judged, before: Known): Promise<DraftGrade> {
  const { postern, scratch, worlds } = judged;
  const results = await playEach(postern, scratch, worlds, () => {});
  const [invariants, tests] = [results.filter(isOfInvariant), results.filter((one) => !isOfInvariant(one))].map(
    countOf,
  );
  const known = { ...before, ...(tests && { tests }), ...(invariants && { invariants }) };
  const reasons = [
    ...(results.length === 0 ? [reason('NOTHING_ASKED', 'The tests ask nothing.')] : []),
    ...known.tests.failures.map((failure) => reason('TEST_FAILED', failure)),
    ...known.invariants.failures.map((failure) => reason('INVARIANT_FAILED', failure)),
  ];
  if (reasons.length > 0) return gradeOf(known, reasons);
  const { score, reasons: unnoticed } = await scoreDraft(judged);
  const compared: ComparedDraft = await compareDraft(postern, scratch, worlds, {
    old: judged.old.model,
    draft: judged.draft.model,
  });
  return gradeOf({ ...known, mutationScore: score, impact: compared.impact }, [
    ...notAsked(judged),
    ...(await notShown(judged)),
    ...unnoticed,
    ...compared.reasons,
  ]);
}

async function readTests(
  paths: readonly string[],
  model: ModelSource,
): Promise<{ readonly worlds: readonly TestWorld[] } | { readonly problem: string }> {
  try {
    return { worlds: await readTestFiles(paths, model) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Mistakes in the whole of the draft, of which those in what it changes must all be noticed. */
async function scoreDraft({ postern, scratch, worlds, draft, diff, minimumPercent }: Judged): Promise<{
  readonly score: DraftScore;
  readonly reasons: readonly GradeReason[];
}> {
  const mutants = mutateModel(definitionsOf(draft));
  const alive = new Set(await survivorsAmong(postern, scratch, worlds, draft.model, mutants, () => {}));
  const count = (gives: 'more' | 'less') => {
    const all = mutants.filter((mutant) => mutant.gives === gives);
    return { total: all.length, killed: all.filter((mutant) => !alive.has(mutant)).length };
  };
  const isChanged = ({ type, name }: { readonly type: string; readonly name: string }) =>
    diff.some((change) => change.what === 'relation' && change.type === type && change.relation === name);
  const weakening = count('more');
  const notNoticed = [...alive].map(({ name }) => name);
  const inChanges = [...alive].filter(({ relation }) => isChanged(relation));
  const low = `The tests notice ${percentOf(weakening).toFixed(1)} % of the mistakes that give more, and must notice ${minimumPercent} %.`;
  return {
    score: { weakening, strengthening: count('less'), minimumPercent, notNoticed },
    reasons: [
      ...inChanges.map(({ name }) =>
        reason('MISTAKE_NOT_NOTICED', `No test notices a mistake in what was changed: ${name}.`),
      ),
      ...(percentOf(weakening) < minimumPercent ? [reason('SCORE_TOO_LOW', low)] : []),
    ],
  };
}

async function notShown({ postern, scratch, worlds, old, draft, diff }: Judged): Promise<readonly GradeReason[]> {
  const variants = draftVariants(definitionsOf(old), definitionsOf(draft), diff);
  const alive = await survivorsAmong(postern, scratch, worlds, draft.model, variants, () => {});
  return alive.map(({ name }) => reason('CHANGE_NOT_SHOWN', `No test tells the draft from one without ${name}.`));
}

/** New permissions that no test both allows and denies. */
function notAsked({ worlds, diff }: Judged): readonly GradeReason[] {
  const added = diff.filter((change) => change.what === 'relation' && change.change === 'added');
  const cases = worlds.flatMap((world) => world.cases).filter((one) => one.kind === 'check');
  return added.flatMap((change) => {
    if (change.what !== 'relation' || !isPermissionName(change.relation)) return [];
    const asked = cases.filter(
      ({ relation, object }) => relation === change.relation && object.startsWith(`${change.type}:`),
    );
    const answers = new Set(asked.map(({ expected }) => expected));
    if (answers.has('allowed') && answers.has('denied')) return [];
    return [
      reason(
        'PERMISSION_NOT_ASKED',
        `No test says of ${quote(change.relation)} of ${quote(change.type)} both who has it and who does not.`,
      ),
    ];
  });
}

function definitionsOf({ document }: ParsedModel): UnlinkedModel {
  const definitions = readDefinitions(document, 'refused');
  if (definitions.ok) return definitions.value;
  throw new Error('There is no valid model to look at.');
}

function isOfInvariant({ world }: CaseResult): boolean {
  return isInvariantFile(world.split(' › ', 1)[0] ?? '');
}

function countOf(results: readonly CaseResult[]): PlayedCount {
  const failures = results.filter(({ passed }) => !passed);
  const told = failures
    .slice(0, mostFailures)
    .map(({ world, name, expected, actual }) => `${world} › ${name}: expected ${expected}, got ${actual}.`);
  return { asked: results.length, failed: failures.length, failures: told };
}

const mostFailures = 20;

function invalidDraft(problems: readonly string[]): DraftGrade {
  return gradeOf(
    { ...nothing, validates: { valid: false, problems } },
    problems.map((problem) => reason('INVALID_MODEL', problem)),
  );
}

function gradeOf(known: Known, found: readonly GradeReason[]): DraftGrade {
  const reasons = [...known.declarations.lost.map((lost) => reason('DECLARATION_LOST', lost)), ...found];
  return { verdict: reasons.length === 0 ? 'accepted' : 'refused', reasons, ...known };
}

function reason(code: GradeCode, message: string): GradeReason {
  return { code, message };
}
