import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { RefusalsDocument } from '../ask/__generated__/operations.ts';
import { ask } from '../ask/ask.ts';
import { useCaller } from '../ask/session.ts';
import { homeWords } from '../words/home-words.ts';
import styles from './plain-list.module.css';
import { Problem } from './problem.tsx';
import { Time } from './time.tsx';

const dayMs = 24 * 60 * 60_000;

/** What was refused of late; only for whoever may read the whole audit log. */
export function RecentRefusals() {
  const { subject } = useCaller();
  const [from] = useState(() => new Date(Date.now() - dayMs).toISOString());
  const { data, error } = useQuery({
    queryKey: ['refusals', subject, from],
    queryFn: () => ask(RefusalsDocument, { from }),
  });
  const events = data?.accessAuditEvents;
  return (
    <section>
      <h2>{homeWords.refusals}</h2>
      {error !== null && <Problem error={error} />}
      {events?.edges.length === 0 && <p className="muted">{homeWords.noRefusals}</p>}
      <ul className={styles.list}>
        {events?.edges.map(({ node: { id, at, actor, action } }) => (
          <li key={id}>
            <code>{action}</code> <bdi>{actor}</bdi> <Time at={at} />
          </li>
        ))}
      </ul>
      {events?.pageInfo.hasNextPage === true && (
        <Link to="/audit" search={{ outcome: 'DENIED' }}>
          {homeWords.moreRefusals}
        </Link>
      )}
    </section>
  );
}
