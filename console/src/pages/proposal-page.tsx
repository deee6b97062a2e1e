import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ProposalDocument } from '../ask/__generated__/operations.ts';
import { type Proposal, useProposal, useProposalSimulation, useProposedModelPreview } from '../ask/proposals.ts';
import { useObjectRights, useRights } from '../ask/rights.ts';
import { useCaller } from '../ask/session.ts';
import { ChangeLines } from '../parts/change-lines.tsx';
import { Page } from '../parts/page.tsx';
import { PageTools } from '../parts/page-tools.tsx';
import { Problem } from '../parts/problem.tsx';
import { ProposalAgain } from '../parts/proposal-again.tsx';
import { ProposalDecision, ProposalWithdrawal } from '../parts/proposal-decision.tsx';
import { ProposalFacts } from '../parts/proposal-facts.tsx';
import { ProposalMeaning, ProposedModelMeaning, ProposedModelText } from '../parts/proposal-meaning.tsx';
import { ProposalState } from '../parts/proposal-state.tsx';
import { proposalName } from '../words/proposal-name.ts';
import { proposalWords } from '../words/proposal-words.ts';
import styles from './proposal-page.module.css';

/** A change that somebody has proposed: what it is, what it would mean, and what can be decided about it. */
export function ProposalPage() {
  const { id } = useParams({ from: '/proposals/$id' });
  const { data: proposal, error, refetch } = useProposal(id);
  return (
    <Page title={proposalName(id)}>
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {proposal === null && <p className="muted">{proposalWords.isNull}</p>}
      {proposal != null && <Shown key={id} proposal={proposal} />}
      <PageTools query={String(ProposalDocument)} variables={{ id }} />
    </Page>
  );
}

function Shown({ proposal }: { readonly proposal: Proposal }) {
  const { id, state, model, reason, evidence } = proposal;
  const { again } = useSearch({ from: '/proposals/$id' });
  const navigate = useNavigate();
  const [isJustEnded, setIsJustEnded] = useState(false);
  const isOfInterest = state === 'OPEN' || state === 'STALE';
  return (
    <>
      <ProposalState proposal={proposal} isJustEnded={isJustEnded} />
      <h2>{proposalWords.change}</h2>
      {model === null && <ChangeLines change={proposal} />}
      {model !== null && (
        <>
          <p>{model.activate ? proposalWords.activates : proposalWords.publishes}</p>
          <ProposedModelText id={id} />
        </>
      )}
      <h2>{proposalWords.why}</h2>
      <p>
        <bdi>{reason}</bdi>
      </p>
      {evidence.length > 0 && (
        <>
          <h3>{proposalWords.evidence}</h3>
          <ul>
            {evidence.map((line) => (
              <li key={line}>
                <bdi>{line}</bdi>
              </li>
            ))}
          </ul>
          <p className="muted">{proposalWords.unchecked}</p>
        </>
      )}
      {isOfInterest && <Meaning proposal={proposal} />}
      {state === 'OPEN' && <Deciding proposal={proposal} onEnded={() => setIsJustEnded(true)} />}
      {state !== 'OPEN' && state !== 'APPLIED' && model === null && (
        <p>
          <Link to="/proposals/$id" params={{ id }} search={{ again: '1' }}>
            {proposalWords.proposeAgain}
          </Link>
        </p>
      )}
      <h2>{proposalWords.facts}</h2>
      <ProposalFacts proposal={proposal} />
      {again === '1' && state !== 'OPEN' && (
        <ProposalAgain proposal={proposal} onClose={() => void navigate({ to: '/proposals/$id', params: { id } })} />
      )}
    </>
  );
}

function Meaning({ proposal }: { readonly proposal: Proposal }) {
  const { id, model } = proposal;
  const { mayPublishModel } = useRights();
  const object = [...proposal.deletes, ...proposal.writes][0]?.object ?? '';
  const { mayReview } = useObjectRights(object);
  if (model !== null) return <ProposedModelMeaning id={id} mayPublish={mayPublishModel} />;
  return <ProposalMeaning proposal={proposal} mayReview={mayReview} />;
}

interface DecidingProps {
  readonly proposal: Proposal;
  readonly onEnded: () => void;
}

function Deciding({ proposal, onEnded }: DecidingProps) {
  const { id, model, proposer } = proposal;
  const { subject: caller } = useCaller();
  const { isKnown, mayPublishModel } = useRights();
  // The same questions as above, answered once.
  const simulated = useProposalSimulation(id, model === null);
  const previewed = useProposedModelPreview(id, model !== null && mayPublishModel);
  const isSeen = model === null ? simulated.isSuccess : previewed.isSuccess || (isKnown && !mayPublishModel);
  return (
    <section className={styles.form} aria-label={proposalWords.decide}>
      <h2>{proposalWords.decide}</h2>
      {proposer === caller ? (
        <ProposalWithdrawal proposal={proposal} onEnded={onEnded} />
      ) : (
        <ProposalDecision proposal={proposal} isSeen={isSeen} onEnded={onEnded} />
      )}
    </section>
  );
}
