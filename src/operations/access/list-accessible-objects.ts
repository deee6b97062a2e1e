import { failed, ok, type Result } from '../../base/result.ts';
import { type ObjectPage, objectsOfQuestion } from '../../engine/lists/list-objects.ts';
import { type ConsistencyToken, tokenOf } from '../../model/consistency-token.ts';
import type { ObjectId } from '../../model/names.ts';
import { type Context, emptyContext, type Relationship } from '../../model/relationship.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import { type Actor, formatAsker, type Viewer } from '../actor.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { authorizeRead, objectsToAuthorize } from '../authorize.ts';
import { isBreakGlass } from '../break-glass.ts';
import { cursorsOf, idPlace } from '../cursors.ts';
import { listObjectsFor } from '../list-objects-for.ts';
import { noticeNeverHeld } from '../notice-never-held.ts';
import { noticeUnknownParameters } from '../notice-parameters.ts';
import { noticeUnnamed } from '../notice-unnamed.ts';
import type { PageRequest } from '../page-request.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';
import { recordOf } from '../relationship-record.ts';
import { withFreshSnapshot } from '../with-fresh-snapshot.ts';
import { isAboutSelf, judgeContextOf } from './question-context.ts';
import { validateContextual } from './validate-contextual.ts';
import type { Wording } from './wording.ts';

export interface AccessibleObjectsInput extends PageRequest {
  readonly subject: SubjectRef;
  readonly permission: string;
  readonly type: string;
  readonly context: Context;
  readonly contextual: readonly Relationship[];
  /** Only objects whose ids begin so. */
  readonly startsWith?: string | undefined;
  readonly wording?: Wording | undefined;
}

/** A page of objects, with cursors that only the same asker can use for the same question. */
export interface AccessibleObjects extends ObjectPage {
  readonly cursorOf: (id: ObjectId) => string;
  readonly token: ConsistencyToken;
  /** See `Snapshot`. */
  readonly ageMs: number;
}

/** The objects of a type that any subject has a permission on, for an actor with `can_check_any_subject`. */
export async function listAccessibleObjects(
  postern: Postern,
  actor: Actor,
  input: AccessibleObjectsInput,
): Promise<Result<AccessibleObjects, Refusal>> {
  const { platform } = postern;
  return list(postern, actor, input, async (snapshot, audited) => {
    const right = await authorizeRead(snapshot, audited, 'can_check_any_subject', platform);
    return right.ok ? ok(input.context) : right;
  });
}

/** The same, and about themselves for everybody: then nothing counts that they send. */
export async function listObjectsForAsker(
  postern: Postern,
  actor: Actor,
  input: AccessibleObjectsInput,
): Promise<Result<AccessibleObjects, Refusal>> {
  const { platform } = postern;
  const { subject, context } = input;
  return list(postern, actor, { ...input, contextual: [] }, async (snapshot, audited) => {
    const right = await authorizeRead(snapshot, audited, 'can_check_any_subject', platform);
    if (right.ok) return ok(context);
    return right.problem.kind === 'forbidden' && isAboutSelf(actor, subject) ? ok(emptyContext) : right;
  });
}

/** The objects of a type that the viewer has a permission on; everybody may ask that about themselves. */
export async function listViewerObjects(
  postern: Postern,
  viewer: Viewer,
  input: Omit<AccessibleObjectsInput, 'subject' | 'context' | 'contextual'>,
): Promise<Result<AccessibleObjects, Refusal>> {
  const own = { ...input, subject: viewer.subject, context: emptyContext, contextual: [] };
  return list(postern, viewer, own, async () => ok(emptyContext));
}

/** `entitle` says what counts of the context that is sent, for whoever may ask. */
async function list(
  postern: Postern,
  actor: Actor,
  input: AccessibleObjectsInput,
  entitle: (snapshot: StoreSnapshot, audited: AuditedActor) => Promise<Result<Context, Refusal>>,
): Promise<Result<AccessibleObjects, Refusal>> {
  const { store, platform } = postern;
  return readAs(postern, actor, { what: 'Listing objects' }, async (audited) => {
    const { subject, permission: name, type, context, contextual, startsWith = '', wording } = input;
    const isOwn = isAboutSelf(actor, subject);
    const question = { ...input, relation: name, ...(isOwn && { notes: isBreakGlass }) };
    const who = [formatAsker(actor), formatSubjectRef(subject)];
    const asked = [...who, name, type, [...context], contextual.map(recordOf), startsWith];
    const cursors = await cursorsOf(postern, asked, idPlace(type));
    const start = cursors.read(input);
    if (!start.ok) return start;
    const { place, consistency } = start.value;
    const objects = [...objectsToAuthorize(actor, platform), ...objectsOfQuestion(question)];
    return withFreshSnapshot(postern, store.reader, objects, { consistency }, async (snapshot) => {
      const entitled = await entitle(snapshot, audited);
      if (!entitled.ok) return entitled;
      const { model } = snapshot.prepared;
      const permission = wording?.relationOf(model, type, name) ?? name;
      const judged = judgeContextOf({ model, actor, subject, sent: entitled.value, wording });
      if (!judged.ok) return judged;
      const valid = validateContextual(model, contextual, ['contextualRelationships']);
      if (!valid.ok) return valid;
      noticeUnknownParameters(postern, model, [context]);
      const wanted = { ...question, relation: permission, ...judged.value };
      const page = await listObjectsFor(snapshot, actor, wanted, input.first, place);
      if (!page.ok) return failed({ kind: 'undecided', problem: page.problem });
      if (!isOwn) await noticeUnnamed(postern, snapshot, audited, [subject]);
      if (!isOwn) noticeNeverHeld(postern, snapshot.prepared, { type, permission, subject });
      for (const object of page.value.noted) audited.note({ object, permission });
      return ok({ ...page.value, cursorOf: cursors.in(snapshot), token: tokenOf(snapshot), ageMs: snapshot.ageMs });
    });
  });
}
