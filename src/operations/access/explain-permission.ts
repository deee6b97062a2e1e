import { ok, type Result } from '../../base/result.ts';
import { type Check, checkInSnapshot, decideInSnapshot, objectsOf } from '../../engine/check/check.ts';
import type { Goal } from '../../engine/check/goal.ts';
import type { NodeTable } from '../../engine/check/node-table.ts';
import { findMissingRoles } from '../../engine/explain/find-missing-roles.ts';
import type { Consistency } from '../../model/consistency.ts';
import { type ConsistencyToken, tokenOf } from '../../model/consistency-token.ts';
import type { Decision } from '../../model/decision.ts';
import { formatObjectRef, type ObjectRef, parseObjectRef } from '../../model/object-ref.ts';
import type { Context, Relationship } from '../../model/relationship.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { Actor } from '../actor.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { authorizeRead, objectsToAuthorize } from '../authorize.ts';
import { noteOwnReads } from '../break-glass.ts';
import { noticeUnknownParameters } from '../notice-parameters.ts';
import { noticeUnnamed } from '../notice-unnamed.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';
import { authorizeQuestionAbout } from '../reviews/authorize-review.ts';
import { withFreshSnapshot } from '../with-fresh-snapshot.ts';
import { explanationText, hideStep, type NamedStep } from './explanation.ts';
import { type ExplainedRelation, openExplanationView } from './explanation-view.ts';
import { nameSteps } from './name-steps.ts';
import { isAboutSelf, judgeContextOf, type QuestionContext } from './question-context.ts';
import { validateContextual } from './validate-contextual.ts';

export interface ExplainPermissionInput {
  readonly subject: SubjectRef;
  readonly permission: string;
  readonly object: ObjectRef;
  readonly context: Context;
  readonly contextual: readonly Relationship[];
  readonly consistency?: Consistency | undefined;
}

export interface PermissionExplanation {
  readonly decision: Decision;
  /** In the order of the text; those that the asker may not see say only that they are there. */
  readonly steps: readonly NamedStep[];
  /** For a denial: the roles any of which would be enough, of those that the asker may see. */
  readonly roles: readonly { readonly object: string; readonly role: string }[];
  readonly text: string;
  readonly token: ConsistencyToken;
}

type JudgedInput = ExplainPermissionInput & QuestionContext;

/** Roles that are tried, nearest to the question first; each is one more check. */
const maxRolesTried = 20;

/**
 * Why a subject has a permission, or why not: from the same evaluation that decides.
 *
 * Everybody may ask about themselves, whoever reviews the object about others on it, and actors with `can_check_any_subject` about
 * anybody; only the last may bring a context and relationships of their own. What of it is shown is the asker's `ExplanationView`; the rest is hidden, step by step.
 */
export async function explainPermission(
  postern: Postern,
  actor: Actor,
  input: ExplainPermissionInput,
): Promise<Result<PermissionExplanation, Refusal>> {
  const { store, platform } = postern;
  const check: Check = { ...input, relation: input.permission };
  const asked = objectsOf({ checks: [check], contextual: input.contextual });
  const named = [...objectsToAuthorize(actor, platform), ...asked];
  const options = { consistency: input.consistency, history: true };
  return readAs(postern, actor, { what: 'Explaining a permission' }, (audited) =>
    withFreshSnapshot(postern, store.reader, named, options, async (snapshot) => {
      // With a context or relationships of one's own, many questions would read what is written with conditions.
      const isPlain = input.contextual.length === 0 && input.context.size === 0;
      const isOwn = isAboutSelf(actor, input.subject) && isPlain;
      const entitled = isOwn ? ok(undefined) : await entitle(snapshot, audited, platform, { ...input, isPlain });
      if (!entitled.ok) return entitled;
      const { model } = snapshot.prepared;
      const judged = judgeContextOf({ model, actor, subject: input.subject, sent: input.context });
      if (!judged.ok) return judged;
      const valid = validateContextual(model, input.contextual, ['contextualRelationships']);
      if (!valid.ok) return valid;
      const others = isAboutSelf(actor, input.subject) ? [input.object] : [input.object, input.subject];
      noticeUnknownParameters(postern, model, [input.context]);
      const told = await noticeUnnamed(postern, snapshot, audited, others);
      const explained = await explain(snapshot, audited, platform, { ...input, ...judged.value });
      // Gateways drop notices, and leave the text as it is.
      return ok({ ...explained, text: [explained.text, ...told].join('\n'), token: tokenOf(snapshot) });
    }),
  );
}

async function entitle(
  snapshot: StoreSnapshot,
  audited: AuditedActor,
  platform: ObjectRef,
  { object, isPlain }: { readonly object: ObjectRef; readonly isPlain: boolean },
): Promise<Result<undefined, Refusal>> {
  if (isPlain) return authorizeQuestionAbout(snapshot, audited, object, platform);
  return authorizeRead(snapshot, audited, 'can_check_any_subject', platform);
}

async function explain(
  snapshot: StoreSnapshot,
  audited: AuditedActor,
  platform: ObjectRef,
  input: JudgedInput,
): Promise<Omit<PermissionExplanation, 'token'>> {
  const check: Check = { ...input, relation: input.permission };
  const explained = await decideInSnapshot(snapshot, check, input.contextual);
  noteOwnReads(audited, [check], explained.dependingOn);
  const { decision, goal } = explained;
  if (goal === undefined)
    return { decision, steps: [], roles: [], text: explanationText(input, decision, { steps: [], isWhole: true }, []) };
  const all = await nameSteps(snapshot, input.subject, goal, explained.nodes);
  const enough = decision.kind === 'denied' ? await findSufficientRoles(snapshot, input, goal, explained.nodes) : [];
  const named = [...all.flatMap(relationOf), ...enough.map(({ object, role }) => ({ object, relation: role }))];
  const view = await openExplanationView(snapshot, audited, platform, named, input.object);
  const shown = all.map((step) => (relationOf(step).every(view.shows) ? step : hideStep(step)));
  // Of what is hidden altogether, not even the shape is shown.
  const steps = shown.some((step) => relationOf(step).length > 0) ? shown : [];
  const roles = enough.filter(({ object, role }) => view.shows({ object, relation: role }));
  const shownRoles = roles.map(({ object, role }) => ({ object: formatObjectRef(object), role }));
  const text = explanationText(input, decision, { steps, isWhole: view.isWhole }, shownRoles);
  return { decision, steps, roles: shownRoles, text };
}

/** The relation that a step speaks of; steps without one name nothing. */
function relationOf({ object, relation }: NamedStep): readonly ExplainedRelation[] {
  const ref = object === null ? undefined : parseObjectRef(object);
  return ref?.ok && relation !== null ? [{ object: ref.value, relation }] : [];
}

/** The missing roles that would be enough, each asked of the check itself as if it were written. */
async function findSufficientRoles(
  snapshot: StoreSnapshot,
  { contextual, ...input }: JudgedInput,
  goal: Goal,
  nodes: NodeTable,
) {
  const check: Check = { ...input, relation: input.permission };
  const candidates = findMissingRoles(goal).slice(0, maxRolesTried);
  const names = await snapshot.readNames(candidates.map(({ node }) => node));
  const roles: { readonly object: ObjectRef; readonly role: string }[] = [];
  for (const { node, relation } of candidates) {
    const object = names.get(node) ?? nodes.ownObjectOf(node);
    if (object === undefined) continue;
    const grant = {
      object,
      relation: relation.name,
      subject: input.subject,
      condition: undefined,
      startsAt: undefined,
      expiresAt: undefined,
    };
    const { decisions } = await checkInSnapshot(snapshot, { checks: [check], contextual: [...contextual, grant] });
    if (decisions[0]?.kind === 'allowed') roles.push({ object, role: relation.name });
  }
  return roles;
}
