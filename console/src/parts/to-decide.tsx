import { Link } from '@tanstack/react-router';
import { useProposals } from '../ask/proposal-list.ts';
import { homeWords } from '../words/home-words.ts';
import { proposalName } from '../words/proposal-name.ts';
import styles from './plain-list.module.css';
import { Problem } from './problem.tsx';
import { Time } from './time.tsx';

/** What others have proposed and whoever looks could decide on. */
export function ToDecide() {
  const { proposals, last, error, refetch } = useProposals({ show: 'decide' }, 5);
  return (
    <section>
      <h2>{homeWords.toDecide}</h2>
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {last !== undefined && proposals.length === 0 && !last.pageInfo.hasNextPage && (
        <p className="muted">{homeWords.nothingToDecide}</p>
      )}
      <ul className={styles.list}>
        {proposals.map(({ id, reason, proposer, expiresAt }) => (
          <li key={id}>
            <Link to="/proposals/$id" params={{ id }}>
              {proposalName(id)}
            </Link>
            <bdi>{reason}</bdi>
            <span className="muted">
              {homeWords.by} <bdi>{proposer}</bdi>, {homeWords.until} <Time at={expiresAt} />
            </span>
          </li>
        ))}
      </ul>
      {last?.pageInfo.hasNextPage === true && (
        <Link to="/proposals" search={{ show: 'decide' }}>
          {homeWords.moreToDecide}
        </Link>
      )}
    </section>
  );
}
