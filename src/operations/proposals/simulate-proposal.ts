import { ok, type Result } from '../../base/result.ts';
import type { Viewer } from '../actor.ts';
import { authorizeRead, objectsToAuthorize } from '../authorize.ts';
import { type Simulation, simulateChange } from '../findings/simulate-change.ts';
import type { ModelPreview } from '../models/preview-model-write.ts';
import { publishModel } from '../models/publish-model.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';
import { authorizeReview } from '../reviews/authorize-review.ts';
import { withFreshState } from '../with-fresh-snapshot.ts';
import { objectsOf } from './authorize-deciding.ts';
import { changeOf, type Proposal } from './proposal.ts';

/**
 * What a proposal of relationships would mean now; undefined for one that nobody can apply any more, and for whoever may not review its
 * objects: to have proposed something lets nobody see who has access.
 */
export async function simulateProposal(
  postern: Postern,
  viewer: Viewer,
  proposal: Proposal,
): Promise<Result<Simulation | undefined, Refusal>> {
  if (proposal.model !== null || !isOfInterest(proposal)) return ok(undefined);
  const entitled = await mayReview(postern, viewer, proposal);
  if (!entitled.ok) return entitled;
  if (!entitled.value) return ok(undefined);
  return simulateChange(postern, viewer, { change: changeOf(proposal), within: undefined });
}

/** What a proposed model would change now; undefined as above, and for whoever may not publish models. */
export async function previewProposedModel(
  postern: Postern,
  viewer: Viewer,
  proposal: Proposal,
): Promise<Result<ModelPreview | undefined, Refusal>> {
  const { model } = proposal;
  if (model === null || !isOfInterest(proposal)) return ok(undefined);
  const entitled = await mayPublish(postern, viewer);
  if (!entitled.ok) return entitled;
  if (!entitled.value) return ok(undefined);
  const input = { source: model.source, activate: model.activate, dryRun: true, reason: undefined };
  const tried = await publishModel(postern, viewer, input);
  return tried.ok ? ok(tried.value.outcome.preview) : tried;
}

function isOfInterest({ state }: Proposal): boolean {
  return state === 'open' || state === 'stale';
}

/** Asked first, as who looks at a proposal has not tried to review anything. */
function mayReview(postern: Postern, viewer: Viewer, proposal: Proposal): Promise<Result<boolean, Refusal>> {
  const { store, platform } = postern;
  const objects = objectsOf(proposal);
  return readAs(postern, viewer, { what: 'Simulating a proposal' }, (audited) =>
    withFreshState<boolean>(store, [...objectsToAuthorize(viewer, platform), ...objects], {}, async (snapshot) => {
      for (const object of objects) {
        const entitled = await authorizeReview(snapshot, audited, object, platform);
        if (!entitled.ok) return entitled.problem.kind === 'forbidden' ? ok(false) : entitled;
      }
      return ok(true);
    }),
  );
}

function mayPublish(postern: Postern, viewer: Viewer): Promise<Result<boolean, Refusal>> {
  const { store, platform } = postern;
  return readAs(postern, viewer, { what: 'Previewing a proposal' }, (audited) =>
    withFreshState<boolean>(store, objectsToAuthorize(viewer, platform), {}, async (snapshot) => {
      const entitled = await authorizeRead(snapshot, audited, 'can_publish_model', platform);
      return entitled.ok || entitled.problem.kind === 'forbidden' ? ok(entitled.ok) : entitled;
    }),
  );
}
