import { type Check, checkInSnapshot, objectsOf } from '../engine/check.ts';
import type { Decision } from '../model/decision.ts';
import { findGuardedRoles } from '../model/guarded-role.ts';
import type { Model } from '../model/model.ts';
import { formatObjectRef, type ObjectRef } from '../model/object-ref.ts';
import type { Relationship } from '../model/relationship.ts';
import { formatSubjectRef, parseSubjectRef, type SubjectRef } from '../model/subject-ref.ts';
import type { WriteTransaction } from '../store/write-transaction.ts';
import type { Viewer } from './actor.ts';

/** A guarded role of an object that somebody might come to hold by what they write. */
export interface GuardedPlace {
  readonly object: ObjectRef;
  readonly role: string;
  readonly subject: SubjectRef;
}

/** How far a subject holds the role of a place. */
export interface HeldPlace {
  readonly place: GuardedPlace;
  readonly holding: Holding;
}

type Holding = Decision['kind'];

/** The roles that an actor, or whoever acts for it, may gain by what it writes, without being named in it. */
export function guardedPlacesOf(
  model: Model,
  actor: Viewer,
  { object, relation }: Relationship,
): readonly GuardedPlace[] {
  const type = model.types.get(object.type);
  const roles = type === undefined ? [] : findGuardedRoles(model, type);
  const touched = roles.filter(({ changedBy }) => changedBy.has(relation));
  return touched.flatMap(({ role }) => selvesOf(actor).map((subject) => ({ object, role, subject })));
}

/** The claim `act` is the name of a subject, or just a name: then nothing more is known of it. */
function selvesOf({ subject, delegate }: Viewer): readonly SubjectRef[] {
  const acting = delegate === undefined ? undefined : parseSubjectRef(delegate);
  return acting?.ok ? [subject, acting.value] : [subject];
}

/** What the subjects hold in the present state of the transaction, by the check itself. */
export async function heldPlacesOf(
  transaction: WriteTransaction,
  { context }: Viewer,
  places: readonly GuardedPlace[],
): Promise<readonly HeldPlace[]> {
  if (places.length === 0) return [];
  const checks = places.map(({ object, role, subject }): Check => ({ object, subject, relation: role, context }));
  const request = { checks, contextual: [] };
  const { decisions } = await checkInSnapshot(await transaction.openSnapshot(objectsOf(request)), request);
  return places.map((place, index) => {
    const decision = decisions[index];
    if (decision === undefined) throw new Error('A check was lost.');
    return { place, holding: decision.kind };
  });
}

/** The places whose role somebody is nearer to now; what cannot be decided is nearer than what is denied. */
export async function findGained(
  transaction: WriteTransaction,
  actor: Viewer,
  held: readonly HeldPlace[],
): Promise<readonly GuardedPlace[]> {
  const now = await heldPlacesOf(
    transaction,
    actor,
    held.map(({ place }) => place),
  );
  return held.flatMap(({ place, holding }, index) => {
    const after = now[index]?.holding;
    if (after === undefined) throw new Error('A check was lost.');
    return nearness.indexOf(after) > nearness.indexOf(holding) ? [place] : [];
  });
}

const nearness: readonly Holding[] = ['denied', 'undecided', 'allowed'];

/** Equal for two places that are one. */
export function placeKey({ object, role, subject }: GuardedPlace): string {
  return JSON.stringify([formatObjectRef(object), role, formatSubjectRef(subject)]);
}
