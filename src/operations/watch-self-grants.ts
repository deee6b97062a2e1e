import { quote } from '../base/text-problem.ts';
import { findGuardedRoles } from '../model/guarded-role.ts';
import type { Model } from '../model/model.ts';
import { formatObjectRef } from '../model/object-ref.ts';
import { formatRelationship, type Relationship } from '../model/relationship.ts';
import { formatSubjectRef } from '../model/subject-ref.ts';
import type { WriteTransaction } from '../store/write-transaction.ts';
import type { Viewer } from './actor.ts';
import {
  findGained,
  type GuardedPlace,
  guardedPlacesOf,
  type HeldPlace,
  heldPlacesOf,
  placeKey,
} from './gained-roles.ts';
import type { InputError } from './refusal.ts';
import type { FieldOf, WriteWatch } from './write-watch.ts';

/**
 * Whether the actor gives a guarded role to itself: by naming itself, or by a detour on the same object, where a set, a
 * link or something that stood in the way makes it a holder.
 */
export function watchSelfGrants(transaction: WriteTransaction, actor: Viewer, fieldOf: FieldOf): WriteWatch {
  const selfGrants: Relationship[] = [];
  const seen = new Set<string>();
  const places: HeldPlace[] = [];
  return {
    see: async (operation, relationships) => {
      const model = await transaction.loadPresentModel();
      if (operation === 'write') selfGrants.push(...relationships.filter((one) => isSelfGrant(model, actor, one)));
      const guarded = relationships.flatMap((one) => guardedPlacesOf(model, actor, one));
      const touched = [...new Map(guarded.map((place) => [placeKey(place), place]))].filter(([key]) => !seen.has(key));
      for (const [key] of touched) seen.add(key);
      places.push(
        ...(await heldPlacesOf(
          transaction,
          actor,
          touched.map(([, place]) => place),
        )),
      );
    },
    findBroken: async () => {
      // Who is named need not hear besides that they would gain it.
      if (selfGrants.length > 0) return selfGrants.map((one) => selfGrantError(one, fieldOf(one.object, one)));
      const gained = await findGained(transaction, actor, places);
      return gained.map((place) => gainError(place, fieldOf(place.object, undefined)));
    },
  };
}

/** The same as both sides are told: the subject that acts, whoever acts for it, and every subject of its type. */
function isSelfGrant(model: Model, actor: Viewer, { object, relation, subject }: Relationship): boolean {
  const type = model.types.get(object.type);
  const roles = type === undefined ? [] : findGuardedRoles(model, type);
  if (!roles.some(({ givenBy }) => givenBy.has(relation))) return false;
  const { subject: self, delegate } = actor;
  if (subject.kind === 'wildcard') return self.kind !== 'wildcard' && self.object.type === subject.type;
  const text = formatSubjectRef(subject);
  if (text === formatSubjectRef(self) || text === delegate) return true;
  // The claim `act` names whoever acts without a type: every subject of that name may be the same person.
  return subject.kind === 'object' && subject.object.id === delegate;
}

function selfGrantError(relationship: Relationship, field: readonly string[]): InputError {
  const message = `Nobody gives the role ${quote(relationship.relation)} to themselves: ${quote(formatRelationship(relationship))}.`;
  return { code: 'SELF_GRANT', message, field };
}

function gainError({ object, role, subject }: GuardedPlace, field: readonly string[]): InputError {
  const message = `This would give the role ${quote(role)} on ${quote(formatObjectRef(object))} to ${quote(formatSubjectRef(subject))}, and nobody gives it to themselves.`;
  return { code: 'SELF_GRANT', message, field };
}
