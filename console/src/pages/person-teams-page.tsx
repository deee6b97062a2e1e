import { useParams, useSearch } from '@tanstack/react-router';
import { type Holding, useHoldings } from '../ask/holdings.ts';
import { objectOf } from '../ask/object-of.ts';
import { MoreButton } from '../parts/more-button.tsx';
import { PersonFrame } from '../parts/person-frame.tsx';
import listStyles from '../parts/plain-list.module.css';
import { Problem } from '../parts/problem.tsx';
import { Ref } from '../parts/ref.tsx';
import { WithinForm } from '../parts/within-form.tsx';
import { objectWords } from '../words/object-words.ts';
import { heldThroughWords, notReviewerOf, personWords } from '../words/person-words.ts';

/** The sets through which somebody holds something, each with the way into it. */
export function PersonTeamsPage() {
  const { subject } = useParams({ from: '/people/$subject/teams' });
  const { within } = useSearch({ from: '/people/$subject/teams' });
  const { holdings, last, error, isNotForMe, isFetching, fetchNextPage, refetch } = useHoldings(subject, within);
  const sets = Map.groupBy(
    holdings.filter(({ isThroughSet }) => isThroughSet),
    ({ relationship }) => relationship.subject,
  );
  return (
    <PersonFrame subject={subject} within={within}>
      <WithinForm key={within} to="/people/$subject/teams" subject={subject} within={within} />
      {isNotForMe && <p className="muted">{within === undefined ? personWords.sayWithin : notReviewerOf(within)}</p>}
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {last !== undefined && sets.size === 0 && <p className="muted">{personWords.noTeams}</p>}
      <ul className={listStyles.list}>
        {[...sets].map(([set, through]) => (
          <li key={set}>
            <Ref value={set} /> <WayIn set={set} holdings={holdings} />
            <span className="muted">{heldThroughWords(through.length)}</span>
          </li>
        ))}
      </ul>
      {last !== undefined && (
        <MoreButton
          page={last.pageInfo}
          isCutShort={false}
          isLoading={isFetching}
          onMore={() => void fetchNextPage()}
        />
      )}
    </PersonFrame>
  );
}

/** By what somebody is in a set, as far as it is among what they hold: by a role of its object, or through another set. */
function WayIn({ set, holdings }: { readonly set: string; readonly holdings: readonly Holding[] }) {
  const ways = holdings.filter(({ relationship }) => relationship.object === objectOf(set));
  return ways.map(({ isThroughSet, relationship: { relation, subject } }) => (
    <span key={JSON.stringify([relation, subject])}>
      {personWords.as} <code>{relation}</code>
      {isThroughSet && (
        <>
          {' '}
          {objectWords.through} <Ref value={subject} />
        </>
      )}
    </span>
  ));
}
