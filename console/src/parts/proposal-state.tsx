import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Proposal } from '../ask/proposals.ts';
import { decisionsQuery, useObjectRights, useRights } from '../ask/rights.ts';
import { useCaller } from '../ask/session.ts';
import { proposalWords, staleWords, stateNames, stateSentences } from '../words/proposal-words.ts';
import noteStyles from './done-note.module.css';
import { Ref } from './ref.tsx';
import { Time } from './time.tsx';

interface ProposalStateProps {
  readonly proposal: Proposal;
  /** Whether it has just ended by whoever looks. */
  readonly isJustEnded: boolean;
}

/** What has become of it, in a sentence; for whoever may read it, the entry in the log. */
export function ProposalState({ proposal, isJustEnded }: ProposalStateProps) {
  const { state, expiresAt, endedAt, endedBy, endReason } = proposal;
  const note = useRef<HTMLElement>(null);
  useEffect(() => {
    // What was pressed is gone.
    if (isJustEnded && state !== 'OPEN') note.current?.focus();
  }, [isJustEnded, state]);
  return (
    <section ref={note} className={noteStyles.note} tabIndex={-1} role="status" data-state={state}>
      <h2>{stateNames[state]}</h2>
      <p>
        {stateSentences[state]}{' '}
        {state !== 'OPEN' && state !== 'EXPIRED' && endedBy !== null && <Ref value={endedBy} who={{}} />}{' '}
        {endedAt === null ? <Time at={expiresAt} /> : <Time at={endedAt} />}
        {endReason !== null && (
          <>
            : <bdi>{endReason}</bdi>
          </>
        )}
      </p>
      {state === 'STALE' && <p>{staleWords}</p>}
      <LogLink proposal={proposal} />
    </section>
  );
}

const actions: Readonly<Record<Proposal['state'], string | undefined>> = {
  OPEN: 'proposeChange',
  EXPIRED: 'proposeChange',
  APPLIED: 'applyProposal',
  REJECTED: 'rejectProposal',
  WITHDRAWN: 'withdrawProposal',
  STALE: 'staleProposal',
};

/** Only for those who may read it: to be refused would be recorded, and a log may keep from somebody what they did themselves. */
function LogLink({ proposal: { state, deletes, writes, proposer, endedBy } }: { readonly proposal: Proposal }) {
  const object = [...deletes, ...writes][0]?.object ?? '';
  const { subject: caller, platform } = useCaller();
  const { mayReadAuditLog } = useObjectRights(object);
  const { mayReadWholeAuditLog } = useRights();
  const isOwn = (endedBy ?? proposer) === caller;
  const place = mayReadWholeAuditLog ? platform : object;
  const checks = isOwn && place !== '' ? [{ permission: 'can_read_own_audit_log', object: place }] : [];
  const [own] = useQuery(decisionsQuery(caller, checks)).data ?? [];
  if (isOwn && own?.allowed !== true && own?.error?.code !== 'UNKNOWN_RELATION') return undefined;
  if (mayReadWholeAuditLog)
    return (
      <p>
        <Link to="/audit" search={{ action: actions[state], ...(object !== '' && { object }) }}>
          {proposalWords.logOf}
        </Link>
      </p>
    );
  if (object === '' || !mayReadAuditLog) return undefined;
  return (
    <p>
      <Link to="/objects/$object/history" params={{ object }}>
        {proposalWords.historyOf} {object}
      </Link>
    </p>
  );
}
