import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ObjectPeopleDocument } from '../ask/__generated__/operations.ts';
import { ask } from '../ask/ask.ts';
import { useObjectRights } from '../ask/rights.ts';
import { usePages } from '../ask/use-pages.ts';
import { MoreButton } from '../parts/more-button.tsx';
import { ObjectFrame } from '../parts/object-frame.tsx';
import { PageTools } from '../parts/page-tools.tsx';
import { PeopleTable } from '../parts/people-table.tsx';
import { Problem } from '../parts/problem.tsx';
import { Ref } from '../parts/ref.tsx';
import { shownCount } from '../words/ask-words.ts';
import { objectWords } from '../words/object-words.ts';

/** Who has which role on an object, and how. */
export function ObjectPeoplePage() {
  const { object } = useParams({ from: '/objects/$object' });
  const isContained = useSearch({ from: '/objects/$object' }).contained === 'yes';
  const navigate = useNavigate();
  const { isKnown, mayReview } = useObjectRights(object);
  const variables = { object, includeContained: isContained };
  const { pages, last, error, isFetching, fetchNextPage, refetch } = usePages({
    question: ['object-people', variables],
    // To be refused would be an event in the audit log.
    isEnabled: mayReview,
    read: async (after) => (await ask(ObjectPeopleDocument, { ...variables, after })).accessReview,
  });
  const entries = pages.flatMap(({ edges }) => edges.map(({ node }) => node));
  return (
    <ObjectFrame object={object}>
      {isKnown && !mayReview && <p className="muted">{objectWords.notReviewer}</p>}
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {mayReview && (
        <label>
          <input
            type="checkbox"
            checked={isContained}
            onChange={({ target }) =>
              void navigate({
                to: '/objects/$object',
                params: { object },
                search: { contained: target.checked ? 'yes' : undefined },
              })
            }
          />{' '}
          {objectWords.contained}
        </label>
      )}
      {last !== undefined && (
        <>
          <p role="status" className="muted">
            {entries.length === 0 ? objectWords.nobody : shownCount(entries.length, last.pageInfo.hasNextPage)}
          </p>
          {entries.length > 0 && <PeopleTable reviewed={object} entries={entries} />}
          <MoreButton
            page={last.pageInfo}
            isCutShort={last.isCutShort}
            isLoading={isFetching}
            onMore={() => void fetchNextPage()}
          />
          {!last.isComplete && <p>{objectWords.notComplete}</p>}
          {last.rightsComeFrom.length > 0 && (
            <p>
              {objectWords.comesFrom}{' '}
              {last.rightsComeFrom.map((one) => (
                <span key={one}>
                  <Ref value={one} />{' '}
                </span>
              ))}
            </p>
          )}
          <PageTools query={String(ObjectPeopleDocument)} variables={variables} />
        </>
      )}
    </ObjectFrame>
  );
}
