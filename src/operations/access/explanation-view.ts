import type { Snapshot } from '../../engine/ports.ts';
import { formatObjectRef, isSameObject, type ObjectRef } from '../../model/object-ref.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { authorizeRead, findGrantable } from '../authorize.ts';
import { authorizeOwnReview } from '../reviews/authorize-review.ts';

/** A relation of an object that an explanation would name. */
export interface ExplainedRelation {
  readonly object: ObjectRef;
  readonly relation: string;
}

/** What the asker may see of what an explanation says. */
export interface ExplanationView {
  /** Whether nothing is ever hidden from this asker. */
  readonly isWhole: boolean;
  readonly shows: (named: ExplainedRelation) => boolean;
}

/**
 * What an asker may see of an explanation: all of it with `can_read_relationships` on the platform object, and otherwise
 * what is about relations that the asker could grant, and what is about the object that is asked about if the asker reviews it: a
 * review shows the same. Who administers an object knows who is on it anyway.
 */
export async function openExplanationView(
  snapshot: Snapshot,
  audited: AuditedActor,
  platform: ObjectRef,
  named: readonly ExplainedRelation[],
  asked: ObjectRef | undefined,
): Promise<ExplanationView> {
  const reader = await authorizeRead(snapshot, audited, 'can_read_relationships', platform);
  if (reader.ok) return { isWhole: true, shows: () => true };
  const visible = new Map<string, Set<string>>();
  const { grantable } = await findGrantable(snapshot, audited, named);
  for (const { object, relation } of grantable) {
    const text = formatObjectRef(object);
    visible.set(text, (visible.get(text) ?? new Set()).add(relation));
  }
  const shows = ({ object, relation }: ExplainedRelation) =>
    visible.get(formatObjectRef(object))?.has(relation) ?? false;
  const isAsked = ({ object }: ExplainedRelation) => asked !== undefined && isSameObject(object, asked);
  // A right that shows nothing more is not used, and not noted.
  const isMore = asked !== undefined && named.some((one) => isAsked(one) && !shows(one));
  const isReviewed = isMore && (await authorizeOwnReview(snapshot, audited, asked)).ok;
  return { isWhole: false, shows: (one) => shows(one) || (isReviewed && isAsked(one)) };
}
