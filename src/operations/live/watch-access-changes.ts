import { failed, ok, type Result } from '../../base/result.ts';
import { type FormerLink, findBelonging } from '../../engine/review/find-belonging.ts';
import type { ConsistencyToken } from '../../model/consistency-token.ts';
import { findType } from '../../model/model.ts';
import { formatObjectRef, isSameObject, type ObjectRef } from '../../model/object-ref.ts';
import type { Revision } from '../../store/revision-page.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { Actor } from '../actor.ts';
import { objectsToAuthorize } from '../authorize.ts';
import type { Postern } from '../postern.ts';
import { recordDenied } from '../record-denied.ts';
import type { Refusal } from '../refusal.ts';
import { authorizeReview } from '../reviews/authorize-review.ts';
import { findStartOfFeed, followRevisions, type RevisionEvent, type RevisionFeed } from './follow-revisions.ts';

export interface AccessChangesQuestion {
  readonly object: ObjectRef;
  /** What belongs to it, too. */
  readonly includeContained: boolean;
}

/** Where a watch starts: after the token's revision, or after the present one. For whom, see `authorizeReview`. */
export async function findStartOfAccessChanges(
  postern: Postern,
  actor: Actor,
  question: AccessChangesQuestion,
  after: ConsistencyToken | undefined,
): Promise<Result<ConsistencyToken, Refusal>> {
  const start = await findStartOfFeed(postern, actor, feedOf(postern, actor, question), after);
  if (!start.ok && start.problem.kind === 'forbidden') {
    const wanted = [{ object: formatObjectRef(question.object) }];
    await recordDenied(postern, actor, { action: 'reviewAccess', wanted, reason: undefined });
  }
  return start;
}

/**
 * What is written and deleted on an object, and on what belongs to it: see `followRevisions`. The right is that of a review, and what
 * a review of the same moment would show decides what is seen: changes on what belongs to the object when they are read, and on what
 * belonged to it until a link is taken away that is read with them. Where it cannot be decided whether something belongs, nothing is said of it.
 */
export function watchAccessChanges(
  postern: Postern,
  actor: Actor,
  question: AccessChangesQuestion,
  start: ConsistencyToken,
  signal: AbortSignal,
): AsyncGenerator<Result<RevisionEvent, Refusal>, void, undefined> {
  return followRevisions(postern, actor, feedOf(postern, actor, question), start, signal);
}

function feedOf({ platform }: Postern, actor: Actor, question: AccessChangesQuestion): RevisionFeed {
  const { object, includeContained } = question;
  return {
    what: 'Watching access',
    objects: [...objectsToAuthorize(actor, platform), object],
    entitle: async (snapshot, audited) => {
      const entitled = await authorizeReview(snapshot, audited, object, platform);
      if (!entitled.ok) return entitled;
      const type = findType(snapshot.prepared.model, object.type);
      return type.ok ? entitled : failed({ kind: 'undecided', problem: type.problem });
    },
    narrow: async (snapshot, revisions) => {
      if (revisions.length === 0) return ok(revisions);
      if (!includeContained) return ok(narrowed(revisions, (on) => isSameObject(on, object)));
      return narrowToContained(snapshot, object, revisions);
    },
  };
}

async function narrowToContained(
  snapshot: StoreSnapshot,
  container: ObjectRef,
  revisions: readonly Revision[],
): Promise<Result<readonly Revision[], Refusal>> {
  const objects = revisions.flatMap(({ changes }) => changes.map(({ relationship: { object } }) => object));
  const belonging = await findBelonging(snapshot, container, objects, linksTaken(revisions));
  if (!belonging.ok) return failed({ kind: 'undecided', problem: belonging.problem });
  return ok(narrowed(revisions, belonging.value));
}

/** Every relationship to an object that was taken away; whether it is one by which something belongs, the model says. */
function linksTaken(revisions: readonly Revision[]): readonly FormerLink[] {
  return revisions.flatMap(({ revision: until, changes }) =>
    changes.flatMap(({ operation, relationship: { object, relation, subject } }) =>
      operation === 'delete' && subject.kind === 'object' ? [{ object, relation, parent: subject.object, until }] : [],
    ),
  );
}

/** Where a model was activated, everything may be different: that is said to everybody. */
function narrowed(revisions: readonly Revision[], isSeen: (object: ObjectRef, revision: number) => boolean) {
  return revisions.flatMap((one): readonly Revision[] => {
    const changes = one.changes.filter(({ relationship: { object } }) => isSeen(object, one.revision));
    return changes.length === 0 && one.activatedModel === undefined ? [] : [{ ...one, changes }];
  });
}
