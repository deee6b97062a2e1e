import { type Check, checkInSnapshot, type ExplainedDecision } from '../../engine/check/check.ts';
import { findMissingRoles } from '../../engine/explain/find-missing-roles.ts';
import type { ContextualRelationships } from '../../engine/ports.ts';
import type { Decision } from '../../model/decision.ts';
import { formatObjectRef, type ObjectRef, parseObjectRef } from '../../model/object-ref.ts';
import type { Relationship } from '../../model/relationship.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { explanationText, hideStep, type NamedStep } from './explanation.ts';
import { type ExplainedRelation, openExplanationView } from './explanation-view.ts';
import { nameSteps } from './name-steps.ts';

export interface ExplainedCheck {
  readonly decision: Decision;
  /** In the order of the text; those that the asker may not see say only that they are there. */
  readonly steps: readonly NamedStep[];
  /** For a denial: the roles any of which would be enough, of those that the asker may see. */
  readonly roles: readonly { readonly object: string; readonly role: string }[];
  readonly text: string;
}

/** Who wants to hear why, and on which state. */
export interface Explaining {
  readonly snapshot: StoreSnapshot;
  readonly audited: AuditedActor;
  readonly platform: ObjectRef;
}

/** A check that was decided, with what it was made of. */
export interface DecidedCheck {
  readonly check: Check;
  readonly found: ExplainedDecision;
  readonly contextual: ContextualRelationships;
}

/** Roles that are tried, nearest to the question first; each is one more check. */
const maxRolesTried = 20;

/** Why one check was decided as it was, as far as the asker may see it. */
export async function explainCheck(
  { snapshot, audited, platform }: Explaining,
  decided: DecidedCheck,
): Promise<ExplainedCheck> {
  const { subject, relation: permission, object } = decided.check;
  const question = { subject, permission, object };
  const { decision, goal, nodes } = decided.found;
  if (goal === undefined)
    return {
      decision,
      steps: [],
      roles: [],
      text: explanationText(question, decision, { steps: [], isWhole: true }, []),
    };
  const all = await nameSteps(snapshot, subject, goal, nodes);
  const enough = decision.kind === 'denied' ? await findSufficientRoles(snapshot, decided) : [];
  const named = [...all.flatMap(relationOf), ...enough.map(({ object: on, role }) => ({ object: on, relation: role }))];
  const view = await openExplanationView(snapshot, audited, platform, named, object);
  const shown = all.map((step) => (relationOf(step).every(view.shows) ? step : hideStep(step)));
  // Of what is hidden altogether, not even the shape is shown.
  const steps = shown.some((step) => relationOf(step).length > 0) ? shown : [];
  const roles = enough
    .filter(({ object: on, role }) => view.shows({ object: on, relation: role }))
    .map(({ object: on, role }) => ({ object: formatObjectRef(on), role }));
  const text = explanationText(question, decision, { steps, isWhole: view.isWhole }, roles);
  return { decision, steps, roles, text };
}

/** The relation that a step speaks of; steps without one name nothing. */
function relationOf({ object, relation }: NamedStep): readonly ExplainedRelation[] {
  const ref = object === null ? undefined : parseObjectRef(object);
  return ref?.ok && relation !== null ? [{ object: ref.value, relation }] : [];
}

/** The missing roles that would be enough, each asked of the check itself as if it were written. */
async function findSufficientRoles(
  snapshot: StoreSnapshot,
  { check, contextual, found: { goal, nodes } }: DecidedCheck,
) {
  const candidates = goal === undefined ? [] : findMissingRoles(goal).slice(0, maxRolesTried);
  const names = await snapshot.readNames(candidates.map(({ node }) => node));
  const roles: { readonly object: ObjectRef; readonly role: string }[] = [];
  for (const { node, relation } of candidates) {
    const object = names.get(node) ?? nodes.ownObjectOf(node);
    if (object === undefined) continue;
    const grant: Relationship = {
      object,
      relation: relation.name,
      subject: check.subject,
      condition: undefined,
      startsAt: undefined,
      expiresAt: undefined,
    };
    const { decisions } = await checkInSnapshot(snapshot, { checks: [check], contextual: [...contextual, grant] });
    if (decisions[0]?.kind === 'allowed') roles.push({ object, role: relation.name });
  }
  return roles;
}
