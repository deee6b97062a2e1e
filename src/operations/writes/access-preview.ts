import { failed, ok, type Result } from '../../base/result.ts';
import { type AccessDifferences, differencesAmong } from '../../engine/impact/access-differences.ts';
import { compareAccess } from '../../engine/impact/compare-access.ts';
import type { TwoStates } from '../../engine/impact/compare-each.ts';
import { compareSubjects, type SubjectComparison } from '../../engine/impact/compare-subjects.ts';
import { ImpactBudget } from '../../engine/impact/impact-budget.ts';
import { followedBeyond } from '../../model/followed-beyond.ts';
import type { Model, Relation } from '../../model/model.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { TrialChange } from '../../store/trial/trial-changes.ts';
import type { AuditedActor } from '../audited-actor.ts';
import type { Postern } from '../postern.ts';
import type { Refusal } from '../refusal.ts';
import { type ConcernedSubject, concernedSubjects, mostConcerned } from './concerned-subjects.ts';
import { describePreview } from './describe-preview.ts';
import { findKeptWays, type KeptWay } from './kept-ways.ts';
import { findPreviewScope, type PreviewScope } from './preview-scope.ts';

/**
 * What a write would mean, on its objects and on what belongs to them, as far as the asker may see who has access there: decided
 * before and after by the check, without any context but the time.
 */
export interface AccessPreview extends AccessDifferences {
  /** Those whom the write names, on the objects that it names them for. */
  readonly subjects: readonly ConcernedSubject[];
  /** What they have before and after it, and through what. */
  readonly remainsThrough: readonly KeptWay[];
  /** Objects of the write of which nothing is said: who has access to them is not the asker's to see. */
  readonly notShown: readonly ObjectRef[];
  /** False where not everything was compared: then counts are too low, and lists may lack something. */
  readonly isComplete: boolean;
  /** The same in sentences. */
  readonly text: string;
}

/** Most checks that are made for one preview. */
const maxPreviewChecks = 200_000;
/** Most time that is spent on one, and the part of a request's time that may go into it. */
const maxPreviewMs = 10_000;
const shareOfRequest = 0.5;

/** A write that was tried on a snapshot. */
export interface TriedWrite {
  readonly changes: readonly TrialChange[];
  readonly states: TwoStates;
}

export async function previewAccess(
  postern: Postern,
  audited: AuditedActor,
  snapshot: StoreSnapshot,
  { changes, states }: TriedWrite,
): Promise<Result<AccessPreview, Refusal>> {
  const scope = await findPreviewScope(postern, audited, snapshot, states.after, changes);
  if (!scope.ok) return scope;
  const deadline = performance.now() + Math.min(maxPreviewMs, postern.store.reader.timeoutMs * shareOfRequest);
  const budget = new ImpactBudget(maxPreviewChecks, () => performance.now() > deadline);
  const shown = changes.filter(({ edge }) => scope.value.shows(edge.object));
  const compared = await compareWrite(states, scope.value, shown, budget);
  const subjects = concernedSubjects(scope.value, shown, compared.ofSubjects.decisions);
  const ways = await findKeptWays(postern, audited, states, scope.value, subjects);
  if (!ways.ok) return failed(ways.problem);
  const { notShown } = scope.value;
  const isComplete = scope.value.isComplete && compared.isComplete && ways.value.isComplete && notShown.length === 0;
  const found = { ...compared.differences, subjects, remainsThrough: ways.value.ways, notShown, isComplete };
  return ok({ ...found, text: describePreview(found) });
}

interface ComparedWrite {
  readonly differences: AccessDifferences;
  readonly ofSubjects: SubjectComparison;
  readonly isComplete: boolean;
}

async function compareWrite(
  states: TwoStates,
  { objects }: PreviewScope,
  changes: readonly TrialChange[],
  budget: ImpactBudget,
): Promise<ComparedWrite> {
  const { model } = states.before.prepared;
  const written = new Set(changes.flatMap((change) => relationOf(model, change)));
  const named = [
    ...new Map(changes.map(({ relationship: { subject } }) => [formatSubjectRef(subject), subject])).values(),
  ];
  const isOfThemAlone = changes.every((change) => concernsItsSubjectAlone(model, change));
  const asked = isOfThemAlone ? named : named.slice(0, mostConcerned);
  const ofSubjects = await compareSubjects(states, asked, objects, written, budget);
  if (isOfThemAlone) {
    return { differences: differencesAmong(ofSubjects.decisions), ofSubjects, isComplete: ofSubjects.isComplete };
  }
  const { isComplete, ...differences } = await compareAccess(states, objects, written, budget);
  return { differences, ofSubjects, isComplete: isComplete && ofSubjects.isComplete && asked.length === named.length };
}

/** Undefined where the model does not know it any more: then it is ignored, whether it is there or not. */
function relationOf(model: Model, { relationship: { object, relation } }: TrialChange): readonly Relation[] {
  const found = model.types.get(object.type)?.relations.get(relation);
  return found === undefined ? [] : [found];
}

/** A decision sees a plain subject only where it is written itself, unless something is taken from it by `from`. */
function concernsItsSubjectAlone(model: Model, change: TrialChange): boolean {
  const isPlain = (subject: SubjectRef) => subject.kind === 'object';
  return relationOf(model, change).every(
    (relation) => isPlain(change.relationship.subject) && !followedBeyond(model).has(relation),
  );
}
