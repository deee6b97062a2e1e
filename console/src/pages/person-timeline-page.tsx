import { useParams, useSearch } from '@tanstack/react-router';
import { comingOf } from '../ask/coming.ts';
import { useHoldings } from '../ask/holdings.ts';
import { useObjectRights, useRights } from '../ask/rights.ts';
import { AuditList } from '../parts/audit-list.tsx';
import { PersonFrame } from '../parts/person-frame.tsx';
import listStyles from '../parts/plain-list.module.css';
import { Problem } from '../parts/problem.tsx';
import { Ref } from '../parts/ref.tsx';
import { Time } from '../parts/time.tsx';
import { WithinForm } from '../parts/within-form.tsx';
import { objectWords } from '../words/object-words.ts';
import { comingNames, notReviewerOf, personWords } from '../words/person-words.ts';

/** What begins and ends for somebody, what was given to them and taken from them, and what they did. */
export function PersonTimelinePage() {
  const { subject } = useParams({ from: '/people/$subject/timeline' });
  const { within } = useSearch({ from: '/people/$subject/timeline' });
  const { holdings, last, error, isNotForMe } = useHoldings(subject, within);
  const { mayReadWholeAuditLog } = useRights();
  const rights = useObjectRights(within ?? '');
  const mayRead = mayReadWholeAuditLog || (within !== undefined && rights.mayReadAuditLog);
  const coming = comingOf(holdings, Date.now());
  return (
    <PersonFrame subject={subject} within={within}>
      <WithinForm key={within} to="/people/$subject/timeline" subject={subject} within={within} />
      {isNotForMe && <p className="muted">{within === undefined ? personWords.sayWithin : notReviewerOf(within)}</p>}
      {error !== null && <Problem error={error} />}
      {last !== undefined && (
        <>
          <h2>{personWords.coming}</h2>
          {coming.length === 0 && <p className="muted">{personWords.nothingComing}</p>}
          <ol className={listStyles.list}>
            {coming.map(({ at, kind, holding: { relationship } }) => (
              <li key={JSON.stringify([at, kind, relationship])}>
                <Time at={at} /> <strong>{comingNames[kind]}</strong>{' '}
                <span>
                  <code>{relationship.relation}</code> {objectWords.on.toLowerCase()}{' '}
                  <Ref value={relationship.object} />
                </span>
              </li>
            ))}
          </ol>
          {last.pageInfo.hasNextPage && <p className="muted">{personWords.onlyShown}</p>}
        </>
      )}
      <h2>{personWords.past}</h2>
      {!mayRead && <p className="muted">{personWords.notAuditor}</p>}
      <AuditList filter={{ involving: subject, ...(within !== undefined && { object: within }) }} mayRead={mayRead} />
    </PersonFrame>
  );
}
