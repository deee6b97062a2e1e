import { useParams, useSearch } from '@tanstack/react-router';
import { SubjectHoldingsDocument } from '../ask/__generated__/operations.ts';
import { useHoldings, useRevocable } from '../ask/holdings.ts';
import { HoldingsTable } from '../parts/holdings-table.tsx';
import { MoreButton } from '../parts/more-button.tsx';
import { PageTools } from '../parts/page-tools.tsx';
import { PersonFrame } from '../parts/person-frame.tsx';
import { Problem } from '../parts/problem.tsx';
import { WithinForm } from '../parts/within-form.tsx';
import { shownCount } from '../words/ask-words.ts';
import { notReviewerOf, personWords } from '../words/person-words.ts';

/** What somebody holds, directly and through sets. */
export function PersonAccessPage() {
  const { subject } = useParams({ from: '/people/$subject' });
  const { within } = useSearch({ from: '/people/$subject' });
  const list = useHoldings(subject, within);
  const { holdings, last, error } = list;
  const revocable = useRevocable(holdings);
  return (
    <PersonFrame subject={subject} within={within}>
      <WithinForm key={within} to="/people/$subject" subject={subject} within={within} />
      {list.isNotForMe && (
        <p className="muted">{within === undefined ? personWords.sayWithin : notReviewerOf(within)}</p>
      )}
      {error !== null && <Problem error={error} again={() => void list.refetch()} />}
      {last !== undefined && (
        <>
          <p role="status" className="muted">
            {holdings.length === 0 ? personWords.nothing : shownCount(holdings.length, last.pageInfo.hasNextPage)}
          </p>
          {holdings.length > 0 && <HoldingsTable subject={subject} holdings={holdings} revocable={revocable} />}
          <MoreButton
            page={last.pageInfo}
            isCutShort={false}
            isLoading={list.isFetching}
            onMore={() => void list.fetchNextPage()}
          />
          {!last.isComplete && <p>{personWords.notComplete}</p>}
          <PageTools query={String(SubjectHoldingsDocument)} variables={list.variables} />
        </>
      )}
    </PersonFrame>
  );
}
