import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { findType, permissionsOf } from '../../model/model.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { Relationship } from '../../model/relationship.ts';
import { isSameSubject } from '../../model/subject-ref.ts';
import type { DecidingSnapshot } from '../../store/deciding-snapshot.ts';
import type { Viewer } from '../actor.ts';
import { decideRights, type Right } from '../ask-rights.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { authorizeRead, decideGrants } from '../authorize.ts';
import type { Postern } from '../postern.ts';
import type { Refusal } from '../refusal.ts';
import { authorizeOwnReview } from '../reviews/authorize-review.ts';

/** What a proposal names, and whether it may be about oneself. */
export interface ProposedParts {
  readonly changes: readonly Relationship[];
  /** They tell what is there, if only by what becomes of the proposal. */
  readonly preconditions: readonly Relationship[];
}

/**
 * Whether somebody may propose a change: whoever may see who has access to each object that it is about, or could make it. For oneself
 * it is enough to have some permission on the object, as whoever sees something may ask for more of it.
 *
 * Nobody is told by a refusal whether an object exists: of one that is not there nobody has a permission.
 */
export async function authorizeProposing(
  postern: Postern,
  audited: AuditedActor,
  viewer: Viewer,
  snapshot: DecidingSnapshot,
  { changes, preconditions }: ProposedParts,
): Promise<Result<undefined, Refusal>> {
  const reader = await authorizeRead(snapshot, audited, 'can_read_relationships', postern.platform);
  if (reader.ok) return reader;
  const rights = new Rights(snapshot, audited, viewer);
  const all = [...changes, ...preconditions];
  for (const [index, decision] of (await decideGrants(snapshot, audited, all)).entries()) {
    const one = all[index];
    if (one === undefined || decision.kind === 'allowed') continue;
    const isOwn = index < changes.length && isSameSubject(one.subject, viewer.subject);
    const entitled = await rights.mayPropose(one.object, isOwn);
    if (entitled.ok) continue;
    // What could not be decided must not look like a no.
    if (decision.kind === 'undecided') return failed({ kind: 'undecided', problem: decision.problem });
    return reader.problem.kind === 'undecided' ? reader : entitled;
  }
  return ok(undefined);
}

/** Rights on objects, each asked once. */
class Rights {
  readonly #snapshot: DecidingSnapshot;
  readonly #audited: AuditedActor;
  readonly #viewer: Viewer;
  readonly #known = new Map<string, Promise<Result<undefined, Refusal>>>();

  constructor(snapshot: DecidingSnapshot, audited: AuditedActor, viewer: Viewer) {
    this.#snapshot = snapshot;
    this.#audited = audited;
    this.#viewer = viewer;
  }

  async mayPropose(object: ObjectRef, isOwn: boolean): Promise<Result<undefined, Refusal>> {
    const review = () => authorizeOwnReview(this.#snapshot, this.#audited, object);
    const reviewed = await this.#once(['review', formatObjectRef(object)], review);
    if (reviewed.ok) return reviewed;
    const seen = isOwn
      ? await this.#once(['see', formatObjectRef(object)], () =>
          authorizeSeeing(this.#snapshot, this.#audited, this.#viewer, object),
        )
      : reviewed;
    if (seen.ok || seen.problem.kind === 'undecided') return seen;
    return reviewed.problem.kind === 'undecided' ? reviewed : failed({ kind: 'forbidden', message: notSeen(object) });
  }

  #once(key: readonly string[], ask: () => Promise<Result<undefined, Refusal>>) {
    const text = JSON.stringify(key);
    const known = this.#known.get(text) ?? ask();
    this.#known.set(text, known);
    return known;
  }
}

/** Whether somebody has any permission on an object. */
async function authorizeSeeing(
  snapshot: DecidingSnapshot,
  { note }: AuditedActor,
  viewer: Viewer,
  object: ObjectRef,
): Promise<Result<undefined, Refusal>> {
  const type = findType(snapshot.prepared.model, object.type);
  const rights = type.ok
    ? permissionsOf(type.value).map(({ name: permission }): Right => ({ permission, object }))
    : [];
  const { decisions, reads } = await decideRights(snapshot, viewer, rights);
  for (const read of reads) note(read);
  if (decisions.some(({ kind }) => kind === 'allowed')) return ok(undefined);
  const unknown = decisions.find(({ kind }) => kind === 'undecided');
  if (unknown?.kind === 'undecided') return failed({ kind: 'undecided', problem: unknown.problem });
  return failed({ kind: 'forbidden', message: notSeen(object) });
}

function notSeen(object: ObjectRef): string {
  const on = quote(formatObjectRef(object));
  return `To propose a change on ${on}, one has to see who has access to it; for oneself, it is enough to have a permission on it.`;
}
