import { failed, ok, type Result } from '../../base/result.ts';
import { zip } from '../../base/zip.ts';
import type { NamedNode, NodeId, Snapshot } from '../../engine/ports.ts';
import { findContainedOfEach } from '../../engine/review/find-contained-objects.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { TrialChange } from '../../store/trial/trial-changes.ts';
import type { AuditedActor } from '../audited-actor.ts';
import type { Postern } from '../postern.ts';
import type { Refusal } from '../refusal.ts';
import { authorizeReview } from '../reviews/authorize-review.ts';

/** An object of a write, and what belongs to it. */
export interface PreviewedObject extends NamedNode {
  readonly contained: readonly NamedNode[];
}

/** The objects that a preview speaks of: a review by the same asker would show the same. */
export interface PreviewScope {
  readonly roots: readonly PreviewedObject[];
  /** All of them, and what belongs to them, each once. */
  readonly objects: readonly NamedNode[];
  /** Objects of the write of which nothing is said. */
  readonly notShown: readonly ObjectRef[];
  /** False where there is more than is looked at. */
  readonly isComplete: boolean;
  readonly shows: (node: NodeId) => boolean;
}

/** Objects of one write that are looked at. */
const mostRoots = 20;
/** Relationships that are followed to find what belongs to them. */
const maxContained = 5_000;

/**
 * The right is that of a review, on the state before the write: nobody sees more of an object by trying to write on it. The right on an
 * object is enough for what belongs to it then.
 */
export async function findPreviewScope(
  postern: Postern,
  audited: AuditedActor,
  snapshot: StoreSnapshot,
  after: Snapshot,
  changes: readonly TrialChange[],
): Promise<Result<PreviewScope, Refusal>> {
  const all = [...new Map(changes.map(({ relationship: { object } }) => [formatObjectRef(object), object])).values()];
  const [shown, notShown]: [ObjectRef[], ObjectRef[]] = [[], []];
  for (const object of all.slice(0, mostRoots)) {
    const entitled = await authorizeReview(snapshot, audited, object, postern.platform);
    if (!entitled.ok && entitled.problem.kind !== 'forbidden') return failed(entitled.problem);
    (entitled.ok ? shown : notShown).push(object);
  }
  const contained = await findContainedOfEach(snapshot, shown, maxContained);
  const roots: PreviewedObject[] = [];
  for (const { objects } of contained) {
    const [root, ...below] = zip(objects, await after.resolve(objects)).flatMap(([object, node]) =>
      node === undefined ? [] : [{ object, node }],
    );
    if (root !== undefined) roots.push({ ...root, contained: below });
  }
  const named = roots.flatMap((root) => [{ node: root.node, object: root.object }, ...root.contained]);
  const objects = [...new Map(named.map((one) => [one.node, one])).values()];
  const isComplete = all.length <= mostRoots && contained.every((one) => one.isComplete);
  const rootNodes = new Set(roots.map(({ node }) => node));
  return ok({ roots, objects, notShown, isComplete, shows: (node) => rootNodes.has(node) });
}
