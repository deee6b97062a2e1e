import { failed, ok, type Result } from '../../base/result.ts';
import { checkInSnapshot, objectsOf } from '../../engine/check/check.ts';
import { beforeAllSubjects, listSubjects, type SubjectPage } from '../../engine/lists/list-subjects.ts';
import type { Snapshot } from '../../engine/ports.ts';
import { type ConsistencyToken, tokenOf } from '../../model/consistency-token.ts';
import type { RelationName, TypeName } from '../../model/names.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { Context, Relationship } from '../../model/relationship.ts';
import { isSameSubject, type SubjectRef, setOf, wildcardOf } from '../../model/subject-ref.ts';
import { type Actor, actorSubject, formatAsker } from '../actor.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { authorizeRead, objectsToAuthorize } from '../authorize.ts';
import { noteOwnReads } from '../break-glass.ts';
import { cursorsOf, numberPlace } from '../cursors.ts';
import { noticeNeverHeld } from '../notice-never-held.ts';
import { noticeUnknownParameters } from '../notice-parameters.ts';
import { noticeUnnamed } from '../notice-unnamed.ts';
import type { PageRequest } from '../page-request.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';
import { recordOf } from '../relationship-record.ts';
import { authorizeQuestionAbout } from '../reviews/authorize-review.ts';
import { withFreshSnapshot } from '../with-fresh-snapshot.ts';
import { judgeContextOf, type QuestionContext } from './question-context.ts';
import { validateContextual } from './validate-contextual.ts';
import type { Wording } from './wording.ts';

export interface SubjectsWithAccessInput extends PageRequest {
  readonly object: ObjectRef;
  readonly permission: string;
  readonly subjectType: string;
  readonly subjectRelation: string | undefined;
  readonly context: Context;
  readonly contextual: readonly Relationship[];
  readonly wording?: Wording | undefined;
}

/** A page of subjects, with the cursor to go on after it. */
export interface SubjectsWithAccess extends Omit<SubjectPage, 'subjects' | 'last'> {
  readonly subjects: readonly {
    readonly subject: SubjectPage['subjects'][number]['subject'];
    readonly cursor: string;
  }[];
  readonly endCursor: string | undefined;
  readonly token: ConsistencyToken;
  /** See `Snapshot`. */
  readonly ageMs: number;
}

/**
 * The subjects that have a permission on an object, for actors with `can_check_any_subject` and for whoever reviews the object; only the
 * former may bring a context and relationships of their own.
 */
export async function listSubjectsWithAccess(
  postern: Postern,
  actor: Actor,
  input: SubjectsWithAccessInput,
): Promise<Result<SubjectsWithAccess, Refusal>> {
  const { store, platform } = postern;
  return readAs(postern, actor, { what: 'Listing subjects' }, async (audited) => {
    const { object, permission: name, subjectType, subjectRelation, context, contextual, wording } = input;
    const cursors = await cursorsOf(postern, askedOf(actor, input), numberPlace);
    const start = cursors.read(input);
    if (!start.ok) return start;
    const { place = beforeAllSubjects, consistency } = start.value;
    const named = [...objectsToAuthorize(actor, platform), object, ...objectsOf({ checks: [], contextual })];
    return withFreshSnapshot(postern, store.reader, named, { consistency }, async (snapshot) => {
      // With a context or relationships of one's own, many questions would read what is written with conditions.
      const isPlain = contextual.length === 0 && context.size === 0;
      const entitled = isPlain
        ? await authorizeQuestionAbout(snapshot, audited, object, platform)
        : await authorizeRead(snapshot, audited, 'can_check_any_subject', platform);
      if (!entitled.ok) return entitled;
      const { model } = snapshot.prepared;
      const permission = wording?.relationOf(model, object.type, name) ?? name;
      const judged = judgeContextOf({ model, actor, subject: undefined, sent: context, wording });
      if (!judged.ok) return judged;
      const valid = validateContextual(model, contextual, ['contextualRelationships']);
      if (!valid.ok) return valid;
      noticeUnknownParameters(postern, model, [context]);
      const filter = { object, relation: permission, type: subjectType, subjectRelation };
      const question = { ...filter, ...judged.value, contextual };
      const page = await listSubjects(snapshot, question, input.first, place);
      if (!page.ok) return failed({ kind: 'undecided', problem: page.problem });
      await noticeUnnamed(postern, snapshot, audited, [object]);
      noticeNeverHeld(postern, snapshot.prepared, { type: object.type, permission, subject: oneOf(input) });
      const { subjects, last, ...rest } = page.value;
      await noteOwn(snapshot, audited, { ...input, permission, ...judged.value }, subjects);
      const cursorOf = cursors.in(snapshot);
      return ok({
        ...rest,
        subjects: subjects.map(({ subject, node }) => ({ subject, cursor: cursorOf(node) })),
        endCursor: last === undefined ? undefined : cursorOf(last),
        token: tokenOf(snapshot),
        ageMs: snapshot.ageMs,
      });
    });
  });
}

/** What a cursor is good for. */
function askedOf(
  actor: Actor,
  { object, permission, subjectType, subjectRelation, context, contextual }: SubjectsWithAccessInput,
): readonly unknown[] {
  const of = [formatObjectRef(object), permission, subjectType, subjectRelation ?? null];
  return [formatAsker(actor), ...of, [...context], contextual.map(recordOf)];
}

/** A subject of the kind that is listed; which one makes no difference. */
function oneOf({ object, subjectType, subjectRelation }: SubjectsWithAccessInput): SubjectRef {
  const type = subjectType as TypeName;
  if (subjectRelation === undefined) return wildcardOf(type);
  return setOf({ ...object, type }, subjectRelation as RelationName);
}

/** Where the asker is among the subjects, whether by break-glass is asked of the check itself. */
async function noteOwn(
  snapshot: Snapshot,
  audited: AuditedActor,
  { permission, object, context, facts, contextual }: SubjectsWithAccessInput & QuestionContext,
  subjects: readonly { readonly subject: SubjectRef }[],
): Promise<void> {
  const own = actorSubject(audited.actor);
  if (own === undefined || !subjects.some(({ subject }) => isSameSubject(subject, own))) return;
  const checks = [{ subject: own, relation: permission, object, context, facts }];
  const { dependingOn } = await checkInSnapshot(snapshot, { checks, contextual });
  noteOwnReads(audited, checks, dependingOn);
}
