import { ok, type Result } from '../base/result.ts';
import { type Check, checkInSnapshot, decideInSnapshot } from '../engine/check.ts';
import { explainGoal, findMissingRoles } from '../engine/explain.ts';
import type { Goal } from '../engine/goal.ts';
import type { Decision } from '../model/decision.ts';
import { formatObjectRef, type ObjectRef } from '../model/object-ref.ts';
import type { Context } from '../model/relationship.ts';
import { formatSubjectRef, type SubjectRef } from '../model/subject-ref.ts';
import type { PostgresSnapshot } from '../store/postgres-snapshot.ts';
import type { Actor } from './actor.ts';
import { authorize, objectsToAuthorize } from './authorize.ts';
import { edgesOf, explanationText, type NamedStep, nameStep, nodesOf } from './explanation.ts';
import { orUnavailable } from './or-unavailable.ts';
import type { Postern } from './postern.ts';
import type { Refusal } from './refusal.ts';

export interface ExplainPermissionInput {
  readonly subject: SubjectRef;
  readonly permission: string;
  readonly object: ObjectRef;
  readonly context: Context;
}

export interface PermissionExplanation {
  readonly decision: Decision;
  /** Empty for an asker who may not read relationships. */
  readonly steps: readonly NamedStep[];
  /** For a denial: the roles any of which would be enough. */
  readonly roles: readonly { readonly object: string; readonly role: string }[];
  readonly text: string;
}

/** Roles that are tried, nearest to the question first; each is one more check. */
const maxRolesTried = 20;

/**
 * Why a subject has a permission, or why not: from the same evaluation that decides.
 *
 * Everybody may ask about themselves, and actors with `can_check_any_subject` about anybody. The relationships behind a
 * decision are shown to actors with `can_read_relationships`; to others, only the decision.
 */
export async function explainPermission(
  postern: Postern,
  actor: Actor,
  input: ExplainPermissionInput,
): Promise<Result<PermissionExplanation, Refusal>> {
  const { store, platform } = postern;
  const { subject, object } = input;
  const named = subject.kind === 'wildcard' ? [object] : [object, subject.object];
  return orUnavailable(postern, 'Explaining a permission', () =>
    store.reader.withSnapshot([...objectsToAuthorize(actor, platform), ...named], async (snapshot) => {
      if (!isOwn(actor, subject)) {
        const entitled = await authorize(snapshot, actor, 'can_check_any_subject', platform);
        if (!entitled.ok) return entitled;
      }
      const isReader = await authorize(snapshot, actor, 'can_read_relationships', platform);
      return ok(await explain(snapshot, input, isReader.ok));
    }),
  );
}

async function explain(
  snapshot: PostgresSnapshot,
  input: ExplainPermissionInput,
  isReader: boolean,
): Promise<PermissionExplanation> {
  const { subject, permission, object, context } = input;
  const check: Check = { subject, relation: permission, object, context };
  const { decision, goal } = await decideInSnapshot(snapshot, check, []);
  if (!isReader || goal === undefined) {
    const hidden = isReader ? '' : '\nWhat this rests on is shown to those with the permission can_read_relationships.';
    return { decision, steps: [], roles: [], text: `${explanationText(input, decision, [], [])}${hidden}` };
  }
  const steps = await nameSteps(snapshot, input, goal);
  const roles = decision.kind === 'denied' ? await findSufficientRoles(snapshot, check, goal) : [];
  return { decision, steps, roles, text: explanationText(input, decision, steps, roles) };
}

async function nameSteps(
  snapshot: PostgresSnapshot,
  { subject, object }: ExplainPermissionInput,
  goal: Goal,
): Promise<readonly NamedStep[]> {
  const steps = explainGoal(goal);
  const names = await snapshot.readNames(nodesOf(steps));
  const edges = edgesOf(steps);
  const origins = await snapshot.readOrigins(edges);
  const originByEdge = new Map(edges.map((edge, index) => [edge, origins[index]]));
  const naming = {
    subject,
    // An object without a name in the store is one that only the question names.
    nameOf: (node: number) =>
      names.get(node) ?? (node === goal.object || subject.kind === 'wildcard' ? object : subject.object),
    originOf: (edge: (typeof edges)[number]) => originByEdge.get(edge),
  };
  return steps.map((step) => nameStep(step, naming));
}

/** The missing roles that would be enough, each asked of the check itself as if it were written. */
async function findSufficientRoles(snapshot: PostgresSnapshot, check: Check, goal: Goal) {
  const candidates = findMissingRoles(goal).slice(0, maxRolesTried);
  const names = await snapshot.readNames(candidates.map(({ node }) => node));
  const roles: { readonly object: string; readonly role: string }[] = [];
  for (const { node, relation } of candidates) {
    const object = names.get(node) ?? (node === goal.object ? check.object : undefined);
    if (object === undefined) continue;
    const grant = {
      object,
      relation: relation.name,
      subject: check.subject,
      condition: undefined,
      expiresAt: undefined,
    };
    const { decisions } = await checkInSnapshot(snapshot, { checks: [check], contextual: [grant] });
    if (decisions[0]?.kind === 'allowed') roles.push({ object: formatObjectRef(object), role: relation.name });
  }
  return roles;
}

function isOwn(actor: Actor, subject: SubjectRef): boolean {
  return actor.kind === 'subject' && formatSubjectRef(actor.subject) === formatSubjectRef(subject);
}
