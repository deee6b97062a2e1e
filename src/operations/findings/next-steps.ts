import { followedBeyond } from '../../model/followed-beyond.ts';
import type { Model } from '../../model/model.ts';
import { emptyContext, formatRelationship, type Relationship } from '../../model/relationship.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import { findTakingRelations } from '../../model/taking-relations.ts';
import { validateRelationship } from '../../model/validate-relationship.ts';
import type { Trial } from '../../store/trial/trial.ts';
import type { Refusal } from '../refusal.ts';
import { constrainSelfGrants } from '../writes/constrain-self-grants.ts';
import type { ClimbStep, GrantRight } from './climb-step.ts';
import { relationsGrantedBy } from './escalations.ts';
import { givingRolesOf } from './giving-roles.ts';

/** The roles that the subject may give to itself with these rights, and does not have by being written for them. */
export async function nextSteps(
  model: Model,
  trial: Trial<Refusal>,
  subject: SubjectRef,
  rights: readonly GrantRight[],
  number: number,
): Promise<{ readonly steps: readonly ClimbStep[]; readonly leavesOut: boolean }> {
  const wanted = rights.flatMap((right) =>
    wantedBy(model, right, subject).map((relationship) => ({ number, relationship, right })),
  );
  const there = await trial.relationships.find(wanted.map(({ relationship }) => relationship));
  const known = new Set(there.map(formatRelationship));
  const missing = wanted.filter(({ relationship }) => !known.has(formatRelationship(relationship)));
  const allowed = await withoutProtected(trial, subject, missing);
  const steps = allowed.filter((step) => isOnlyGiving(model, step));
  return { steps, leavesOut: steps.length < allowed.length };
}

function isOnlyGiving(model: Model, { relationship: { object, relation } }: ClimbStep): boolean {
  const written = model.types.get(object.type)?.relations.get(relation);
  if (written === undefined || followedBeyond(model).has(written)) return false;
  return !findTakingRelations(model).has(written);
}

/** What a right lets its holder write that names the holder itself. */
function wantedBy(
  model: Model,
  { object: { object }, permission }: GrantRight,
  subject: SubjectRef,
): readonly Relationship[] {
  const roles = new Set(givingRolesOf(model, object.type).map(({ name }) => name));
  return relationsGrantedBy(model, permission)
    .filter((name) => roles.has(name))
    .map((relation) => ({ object, relation, subject, condition: undefined, startsAt: undefined, expiresAt: undefined }))
    .filter((one) => validateRelationship(model, one).ok);
}

/** Those that the model does not keep the subject from giving to itself. */
async function withoutProtected(
  trial: Trial<Refusal>,
  subject: SubjectRef,
  steps: readonly ClimbStep[],
): Promise<readonly ClimbStep[]> {
  if (steps.length === 0) return [];
  const actor = { kind: 'subject' as const, subject, context: emptyContext, requestId: undefined, delegate: undefined };
  const place = new Map(steps.map(({ relationship }, index) => [relationship, String(index)]));
  const constraint = constrainSelfGrants(trial, actor, (_object, relationship) => [
    (relationship && place.get(relationship)) ?? '',
  ]);
  await constraint.see('write', [...place.keys()]);
  const problem = await constraint.findProblem();
  // Where nobody can say whether it would be refused, it is not said that it could be done.
  if (problem !== undefined && problem.kind !== 'invalid') return [];
  const refused = new Set(problem?.errors.flatMap(({ field }) => field));
  return steps.filter((_, index) => !refused.has(String(index)));
}
