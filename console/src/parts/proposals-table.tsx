import { Link } from '@tanstack/react-router';
import type { ProposalLine } from '../ask/proposal-list.ts';
import { useCaller } from '../ask/session.ts';
import { proposalName } from '../words/proposal-name.ts';
import { moreChanges, proposalWords, stateNames } from '../words/proposal-words.ts';
import { ChangeLines } from './change-lines.tsx';
import styles from './people-table.module.css';
import { Ref } from './ref.tsx';
import { Time } from './time.tsx';

/** Proposals: those first on which somebody may decide. */
export function ProposalsTable({ proposals }: { readonly proposals: readonly ProposalLine[] }) {
  const open = proposals.filter(({ state }) => state === 'OPEN');
  const over = proposals.filter(({ state }) => state !== 'OPEN');
  return (
    <table className={styles.table}>
      <caption className="only-read">{proposalWords.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{proposalWords.proposal}</th>
          <th scope="col">{proposalWords.change}</th>
          <th scope="col">{proposalWords.why}</th>
          <th scope="col">{proposalWords.by}</th>
          <th scope="col">{proposalWords.state}</th>
        </tr>
      </thead>
      {open.length > 0 && <Group name={proposalWords.open} of={open} />}
      {over.length > 0 && <Group name={proposalWords.over} of={over} />}
    </table>
  );
}

function Group({ name, of }: { readonly name: string; readonly of: readonly ProposalLine[] }) {
  return (
    <tbody>
      <tr className={styles.group}>
        <th scope="rowgroup" colSpan={5}>
          {name} ({of.length})
        </th>
      </tr>
      {of.map((one) => (
        <Row key={one.id} proposal={one} />
      ))}
    </tbody>
  );
}

const mostShown = 3;

function Row({ proposal }: { readonly proposal: ProposalLine }) {
  const { subject: caller } = useCaller();
  const { id, state, deletes, writes, model, reason, proposer, expiresAt, endedAt } = proposal;
  const left = Math.max(0, deletes.length + writes.length - mostShown);
  const isMine = proposer === caller;
  return (
    <tr data-proposal={state}>
      <th scope="row">
        <Link to="/proposals/$id" params={{ id }}>
          {proposalName(id)}
        </Link>
        {state === 'OPEN' && (
          <span className={styles.ways}>{isMine ? proposalWords.yours : proposalWords.toDecide}</span>
        )}
      </th>
      <td data-label={proposalWords.change}>
        {model !== null && (model.activate ? proposalWords.activates : proposalWords.publishes)}
        {model === null && (
          <ChangeLines
            change={{
              deletes: deletes.slice(0, mostShown),
              writes: writes.slice(0, Math.max(0, mostShown - deletes.length)),
            }}
          />
        )}
        {left > 0 && <span className="muted">{moreChanges(left)}</span>}
      </td>
      <td data-label={proposalWords.why}>
        <bdi>{reason}</bdi>
      </td>
      <td data-label={proposalWords.by}>
        <Ref value={proposer} who={{}} />
      </td>
      <td data-label={proposalWords.state}>
        {stateNames[state]}
        <span className={styles.ways}>
          {state === 'OPEN' && proposalWords.until} <Time at={endedAt ?? expiresAt} />
        </span>
      </td>
    </tr>
  );
}
