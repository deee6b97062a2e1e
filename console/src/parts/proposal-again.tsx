import { useNavigate } from '@tanstack/react-router';
import { changeInput } from '../ask/access-change.ts';
import { type Proposal, useProposalSimulation } from '../ask/proposals.ts';
import { proposalWords } from '../words/proposal-words.ts';
import { ChangeLines } from './change-lines.tsx';
import { Dialog } from './dialog.tsx';
import { ProposeForm } from './propose-form.tsx';

interface ProposalAgainProps {
  readonly proposal: Proposal;
  readonly onClose: () => void;
}

/** The same change on the state as it is now: another proposal, with another digest. */
export function ProposalAgain({ proposal, onClose }: ProposalAgainProps) {
  const { id, state, reason, evidence } = proposal;
  const navigate = useNavigate();
  // Whoever was told what the old one would mean may ask what this one would.
  const { data } = useProposalSimulation(id, state === 'STALE');
  return (
    <Dialog title={proposalWords.proposeAgain} isDrawer onClose={onClose}>
      <ProposeForm
        key={String(data?.simulation != null)}
        change={changeInput(proposal)}
        evidence={evidence}
        maySimulate={data?.simulation != null}
        name={proposalWords.ask}
        firstReason={reason}
        onCancel={onClose}
        onProposed={(made) => void navigate({ to: '/proposals/$id', params: { id: made } })}
      >
        <p className="muted">{proposalWords.proposeAgainNote}</p>
        <ChangeLines change={proposal} />
      </ProposeForm>
    </Dialog>
  );
}
