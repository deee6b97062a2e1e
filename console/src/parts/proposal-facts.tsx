import type { Proposal } from '../ask/proposals.ts';
import { factSentence } from '../words/ask-words.ts';
import { proposalWords } from '../words/proposal-words.ts';
import { Ref } from './ref.tsx';
import styles from './relationship-facts.module.css';
import { Time } from './time.tsx';

/** Who proposed it, when, until when, on what state, and by what digest. */
export function ProposalFacts({ proposal }: { readonly proposal: Proposal }) {
  const { proposer, delegate, createdAt, expiresAt, digest, basedOn, preconditions } = proposal;
  return (
    <dl className={styles.facts}>
      <dt>{proposalWords.proposer}</dt>
      <dd>
        <Ref value={proposer} who={{}} />
        {delegate !== null && (
          <>
            {' '}
            {proposalWords.delegate} <bdi>{delegate}</bdi>
          </>
        )}
      </dd>
      <dt>{proposalWords.made}</dt>
      <dd>
        <Time at={createdAt} />
      </dd>
      <dt>{proposalWords.until}</dt>
      <dd>
        <Time at={expiresAt} />
      </dd>
      {preconditions.length > 0 && <dt>{proposalWords.preconditions}</dt>}
      {preconditions.map(({ exists, relationship: { object, relation, subject } }) => (
        <dd key={JSON.stringify([object, relation, subject, exists])}>
          <bdi>{factSentence(subject, relation, object)}</bdi> –{' '}
          {exists ? proposalWords.exists : proposalWords.existsNot}
        </dd>
      ))}
      <dt>{proposalWords.digest}</dt>
      <dd>
        <code>{digest}</code>
      </dd>
      <dt>{proposalWords.basedOn}</dt>
      <dd>
        <code>{basedOn}</code>
      </dd>
    </dl>
  );
}
