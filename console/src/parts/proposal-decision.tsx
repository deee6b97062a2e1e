import { Link, useRouterState } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { approveProposal, type Proposal, rejectProposal, withdrawProposal } from '../ask/proposals.ts';
import { useDraft } from '../ask/use-draft.ts';
import { useRefresh } from '../ask/use-refresh.ts';
import { useSending } from '../ask/use-write.ts';
import { proposalWords } from '../words/proposal-words.ts';
import { writeWords } from '../words/write-words.ts';
import { Answer } from './answer.tsx';
import { Problem } from './problem.tsx';
import { ReasonField } from './reason-field.tsx';
import { RefusedWrite } from './refused-write.tsx';
import styles from './write-form.module.css';

interface ProposalDecisionProps {
  readonly proposal: Proposal;
  /** Whether whoever decides has seen what it would mean, or knows that it is not theirs to see. */
  readonly isSeen: boolean;
  readonly onEnded: () => void;
}

/** Approving and rejecting, for whoever could make the change; who may not is told why before they press anything. */
export function ProposalDecision({ proposal, isSeen, onEnded }: ProposalDecisionProps) {
  const { id, digest, hindrance } = proposal;
  const [reason, setReason] = useDraft('reason');
  // It may have ended meanwhile, or be stale from now on.
  const refresh = useRefresh();
  const manner = { reason, onDone: onEnded, onRefused: () => void refresh().then(onEnded) };
  const approving = useSending({ write: approveProposal, input: { id, digest }, ...manner });
  const rejecting = useSending({ write: rejectProposal, input: { id }, ...manner });
  const isBusy = approving.isSending || rejecting.isSending;
  const mayReject = hindrance?.code !== 'DELEGATE_NOT_ALLOWED';
  return (
    <form
      className={styles.form}
      aria-busy={isBusy}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (hindrance === null && isSeen && !isBusy) approving.confirm();
      }}
    >
      {hindrance === null ? <p>{proposalWords.decideNote}</p> : <Hindrance hindrance={hindrance} />}
      {(hindrance === null || mayReject) && <ReasonField reason={reason} onChange={setReason} />}
      <Outcome sending={approving} />
      <Outcome sending={rejecting} />
      <div className={styles.buttons}>
        {hindrance === null && !isSeen && <span className="muted">{proposalWords.waiting}</span>}
        <button
          type="button"
          className="quiet"
          disabled={isBusy || !mayReject || approving.isUnknown}
          onClick={rejecting.confirm}
        >
          {rejecting.isUnknown ? proposalWords.again : proposalWords.reject}
        </button>
        <button type="submit" disabled={hindrance !== null || !isSeen || isBusy || rejecting.isUnknown}>
          {approving.isSending
            ? proposalWords.sending
            : approving.isUnknown
              ? proposalWords.again
              : proposalWords.approve}
        </button>
      </div>
    </form>
  );
}

/** Taking back what one has proposed. */
export function ProposalWithdrawal({ proposal: { id }, onEnded }: Omit<ProposalDecisionProps, 'isSeen'>) {
  const [reason, setReason] = useDraft('reason');
  const refresh = useRefresh();
  const onRefused = () => void refresh().then(onEnded);
  const sending = useSending({ write: withdrawProposal, input: { id }, reason, onDone: onEnded, onRefused });
  return (
    <form
      className={styles.form}
      aria-busy={sending.isSending}
      onSubmit={(event) => {
        event.preventDefault();
        if (!sending.isSending) sending.confirm();
      }}
    >
      <p>{proposalWords.withdrawNote}</p>
      <ReasonField reason={reason} onChange={setReason} />
      <Outcome sending={sending} />
      <div className={styles.buttons}>
        <button type="submit" className="quiet" disabled={sending.isSending}>
          {sending.isUnknown ? proposalWords.again : proposalWords.withdraw}
        </button>
      </div>
    </form>
  );
}

/** Why it was refused, or that nobody knows what became of it. */
function Outcome({ sending: { error, problems, isUnknown } }: { readonly sending: ReturnType<typeof useSending> }) {
  return (
    <>
      {problems?.map((problem) => (
        <RefusedWrite key={problem.message} problem={problem} />
      ))}
      {error !== null && <Problem error={error} />}
      {isUnknown && <p>{writeWords.unknown}</p>}
    </>
  );
}

/** Why somebody may not approve it, in one sentence, and what helps. */
function Hindrance({ hindrance: { code, message } }: { readonly hindrance: NonNullable<Proposal['hindrance']> }) {
  const href = useRouterState({ select: ({ location }) => location.publicHref });
  return (
    <div data-hindrance={code}>
      <Answer kind="hidden" name={proposalWords.notYou}>
        <p>
          <bdi>{message}</bdi>
        </p>
        {code === 'LOGIN_TOO_OLD' && (
          <Link to="/sign-in" search={{ to: href }}>
            {proposalWords.signInAgain}
          </Link>
        )}
      </Answer>
    </div>
  );
}
