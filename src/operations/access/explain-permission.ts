import { ok, type Result } from '../../base/result.ts';
import { type Check, objectsOf } from '../../engine/check/check.ts';
import type { Consistency } from '../../model/consistency.ts';
import { type ConsistencyToken, tokenOf } from '../../model/consistency-token.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Context, Relationship } from '../../model/relationship.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { Actor } from '../actor.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { authorizeRead, objectsToAuthorize } from '../authorize.ts';
import { noticeUnknownParameters } from '../notice-parameters.ts';
import { noticeUnnamed } from '../notice-unnamed.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';
import { authorizeQuestionAbout } from '../reviews/authorize-review.ts';
import { withFreshSnapshot } from '../with-fresh-snapshot.ts';
import { type ExplainedQuestion, explainQuestion } from './explain-question.ts';
import { isAboutSelf, judgeContextOf } from './question-context.ts';
import { validateContextual } from './validate-contextual.ts';

export interface ExplainPermissionInput {
  readonly subject: SubjectRef;
  readonly permission: string;
  readonly object: ObjectRef;
  readonly context: Context;
  readonly contextual: readonly Relationship[];
  readonly consistency?: Consistency | undefined;
}

export interface PermissionExplanation extends ExplainedQuestion {
  readonly token: ConsistencyToken;
}

/**
 * Why a subject has a permission, or why not: from the same evaluation that decides.
 *
 * Everybody may ask about themselves, whoever reviews the object about others on it, and actors with `can_check_any_subject` about
 * anybody; only the last may bring a context and relationships of their own. What of it is shown is the asker's `ExplanationView`; the rest is hidden, step by step.
 * To an agent, the one that it acts for is not that one alone: see `explainQuestion`.
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
      const explaining = { snapshot, platform, audited };
      const explained = await explainQuestion(explaining, { ...check, ...judged.value }, input.contextual);
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
