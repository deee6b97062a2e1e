import { failed, ok, type Result } from '../../base/result.ts';
import type { Consistency } from '../../model/consistency.ts';
import type { Viewer } from '../actor.ts';
import { objectsToAuthorize } from '../authorize.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';
import { withFreshState } from '../with-fresh-snapshot.ts';
import { DecidingRights, objectsOf } from './authorize-deciding.ts';
import { isMadeBy, type Proposal, proposalOf } from './proposal.ts';

export interface ProposalQuestion {
  readonly id: number;
  readonly consistency?: Consistency | undefined;
}

/** A proposal, for whoever made it and whoever could decide on it; undefined for everybody else, as if there were none. */
export async function readProposal(
  postern: Postern,
  viewer: Viewer,
  { id, consistency }: ProposalQuestion,
): Promise<Result<Proposal | undefined, Refusal>> {
  const { store, platform } = postern;
  return readAs(postern, viewer, { what: 'Reading a proposal' }, (audited) =>
    withFreshState<Proposal | undefined>(
      store,
      objectsToAuthorize(viewer, platform),
      { consistency },
      async (snapshot, state) => {
        const stored = await state.readProposal(id);
        if (stored === undefined) return ok(undefined);
        const proposal = proposalOf(stored);
        if (isMadeBy(viewer, stored)) return ok(proposal);
        await snapshot.resolve(objectsOf(proposal));
        const entitled = await new DecidingRights(postern, audited, snapshot).mayDecide(proposal);
        if (entitled.ok) return ok(proposal);
        return entitled.problem.kind === 'forbidden' ? ok(undefined) : failed(entitled.problem);
      },
    ),
  );
}
