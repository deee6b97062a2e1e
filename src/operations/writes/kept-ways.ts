import { canonicalJson } from '../../base/canonical-json.ts';
import { ok, type Result } from '../../base/result.ts';
import { decideInSnapshot } from '../../engine/check/check.ts';
import type { TwoStates } from '../../engine/impact/compare-each.ts';
import { TooComplex } from '../../engine/meter.ts';
import type { SearchableSnapshot } from '../../engine/ports.ts';
import { formatObjectRef, type ObjectRef, parseObjectRef } from '../../model/object-ref.ts';
import { emptyContext } from '../../model/relationship.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import type { NamedStep } from '../access/explanation.ts';
import { type ExplainedRelation, openExplanationView } from '../access/explanation-view.ts';
import { nameSteps } from '../access/name-steps.ts';
import type { AuditedActor } from '../audited-actor.ts';
import type { Postern } from '../postern.ts';
import type { Refusal } from '../refusal.ts';
import type { GrantOutcome } from '../relationship-record.ts';
import type { ConcernedSubject } from './concerned-subjects.ts';
import type { PreviewScope } from './preview-scope.ts';

/** A way by which a subject has permissions on an object whether the write is done or not. */
export interface KeptWay {
  readonly subject: SubjectRef;
  readonly object: ObjectRef;
  readonly permissions: readonly string[];
  /** The relationships of it that the asker may see, the one on the object first. */
  readonly relationships: readonly GrantOutcome[];
  /** Whether that is all of it. */
  readonly isWhole: boolean;
  /** Whether the subject has it already before it is given something, or still after something is taken. */
  readonly isAfter: boolean;
}

export interface KeptWays {
  readonly ways: readonly KeptWay[];
  readonly isComplete: boolean;
}

/** Permissions whose reasons are looked for: each is an explanation. */
const mostExplained = 40;

/** Through what the subjects keep what they keep: where something is taken from them, as things are then; otherwise as they are now. */
export async function findKeptWays(
  postern: Postern,
  audited: AuditedActor,
  states: TwoStates,
  scope: PreviewScope,
  subjects: readonly ConcernedSubject[],
): Promise<Result<KeptWays, Refusal>> {
  const questions = subjects.flatMap(({ subject, object: { object }, isTaken, kept }) =>
    kept.map((permission): Question => ({ subject, object, permission, isAfter: isTaken })),
  );
  const found: FoundWay[] = [];
  for (const question of questions.slice(0, mostExplained)) {
    const steps = await explain(states[question.isAfter ? 'after' : 'before'], question);
    found.push({ ...question, steps: steps.filter(({ kind }) => kind === 'relationship') });
  }
  const shows = await openView(postern, audited, states.before, scope, found);
  const ways = Map.groupBy(
    found.map((one) => wayOf(one, shows)),
    ({ permissions: _, ...way }) => canonicalJson(textsOf(way)),
  );
  return ok({ ways: [...ways.values()].flatMap(merge), isComplete: questions.length <= mostExplained });
}

interface Question extends Pick<KeptWay, 'subject' | 'object' | 'isAfter'> {
  readonly permission: string;
}

interface FoundWay extends Question {
  readonly steps: readonly NamedStep[];
}

/** Nothing where it takes too many steps: that it is kept is known all the same. */
async function explain(
  snapshot: SearchableSnapshot,
  { subject, object, permission: relation }: Question,
): Promise<readonly NamedStep[]> {
  try {
    const { goal, nodes } = await decideInSnapshot(snapshot, { subject, object, relation, context: emptyContext }, []);
    return goal === undefined ? [] : await nameSteps(snapshot, subject, goal, nodes);
  } catch (error) {
    if (error instanceof TooComplex) return [];
    throw error;
  }
}

/** What is about the objects of the preview is shown as a review shows it; the rest is for those who could grant it. */
async function openView(
  { platform }: Postern,
  audited: AuditedActor,
  snapshot: SearchableSnapshot,
  { objects }: PreviewScope,
  found: readonly FoundWay[],
): Promise<(step: NamedStep) => boolean> {
  const named = found.flatMap(({ steps }) => steps.flatMap(relationOf));
  if (named.length === 0) return () => false;
  const view = await openExplanationView(snapshot, audited, platform, named, undefined);
  const reviewed = new Set(objects.map(({ object }) => formatObjectRef(object)));
  const shows = (one: ExplainedRelation) => reviewed.has(formatObjectRef(one.object)) || view.shows(one);
  return (step) => relationOf(step).every(shows);
}

function relationOf({ object, relation }: NamedStep): readonly ExplainedRelation[] {
  const ref = object === null ? undefined : parseObjectRef(object);
  return ref?.ok && relation !== null ? [{ object: ref.value, relation }] : [];
}

function wayOf(
  { subject, object, permission, isAfter, steps }: FoundWay,
  shows: (step: NamedStep) => boolean,
): KeptWay {
  const shown = steps.filter(shows);
  const relationships = shown.flatMap(({ relationship, createdAt, createdBy }): readonly GrantOutcome[] =>
    relationship === null || createdAt === null
      ? []
      : [{ relationship, createdAt: createdAt.toISOString(), createdBy }],
  );
  const isWhole = steps.length > 0 && relationships.length === steps.length;
  return { subject, object, permissions: [permission], relationships, isWhole, isAfter };
}

function textsOf({ subject, object, ...way }: Omit<KeptWay, 'permissions'>) {
  return { ...way, subject: formatSubjectRef(subject), object: formatObjectRef(object) };
}

function merge(ways: readonly KeptWay[]): readonly KeptWay[] {
  const [first] = ways;
  return first === undefined ? [] : [{ ...first, permissions: ways.flatMap(({ permissions }) => permissions) }];
}
